import Model

/// Reads the files of `values/`.
enum ValuesFile {
  /// The file whose codes may have several names.
  static let countries = "countries.csv"

  /// The rows of a file, with all mistakes.
  static func read(_ bytes: [UInt8], file: String) -> (pairs: [ValueMap.Pair], mistakes: [MappingDiagnostic]) {
    let name = "mappings/values/" + file
    let left = MappingTable.Column("partner_center", of: name)
    let right = MappingTable.Column("salesforce", of: name)
    let table = MappingTable(file: name, bytes: bytes, columns: [left, right])
    let isCountries = file == countries
    var mistakes = table.mistakes
    var seenRight: [String: Int] = [:]
    for row in table.rows {
      if isCountries {
        checkCountry(row[left], row[right], &mistakes)
      }
      check(row[right], &seenRight, &mistakes)
    }
    let pairs = table.rows.map { ValueMap.Pair(partnerCenter: $0[left].text, salesforce: $0[right].text) }
    return (pairs, mistakes)
  }

  /// A value may stand once on its side; no value may stand several times.
  private static func check(_ cell: MappingCell, _ seen: inout [String: Int], _ mistakes: inout [MappingDiagnostic]) {
    guard !cell.isEmpty else { return }
    if let line = seen[cell.text.lowercased()] {
      mistakes.append(cell.mistake(.mappingDuplicate, "\"\(cell.text)\" stands in line \(line) already"))
    } else {
      seen[cell.text.lowercased()] = cell.line
    }
  }

  private static func checkCountry(_ code: MappingCell, _ name: MappingCell, _ mistakes: inout [MappingDiagnostic]) {
    if !CountryCodes.twoLetters.contains(code.text.uppercased()) {
      mistakes.append(code.mistake(.mappingUnknownWord, "\"\(code.text)\" is not a two-letter code of ISO 3166-1"))
    }
    if name.isEmpty { mistakes.append(name.mistake(.mappingUnknownWord, "the name is missing")) }
  }
}
