import Foundation

/// Countries by code and by all their names: `values/countries.csv`.
package struct CountryTable: Hashable, Sendable {
  /// The rows in the order of the file: code of two letters and name.
  let names: [ValueMap.Pair]
  private let codeByName: [String: String]

  /// A table of these rows.
  init(_ names: [ValueMap.Pair]) {
    self.names = names
    codeByName = Dictionary(
      names.map { (Self.folded($0.salesforce), $0.partnerCenter.uppercased()) }, uniquingKeysWith: { first, _ in first }
    )
  }

  /// The code of two letters for a code of two or three letters or a name; nil when the table has none.
  ///
  /// Case, accents and punctuation make no difference.
  package func code(of text: String) -> String? {
    let upper = text.uppercased()
    if CountryCodes.twoLetters.contains(upper) { return upper }
    return codeByName[Self.folded(text)] ?? CountryCodes.byThreeLetters[upper]
  }

  /// Letters and digits in lower case without accents, words parted by one blank.
  static func folded(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var isApart = false
    for scalar in text.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars {
      let category = scalar.properties.generalCategory
      if category == .nonspacingMark { continue }
      if scalar.properties.isAlphabetic || category == .decimalNumber {
        if isApart, !result.isEmpty { result.append(" ") }
        result.append(scalar)
        isApart = false
      } else {
        isApart = true
      }
    }
    return String(result)
  }
}
