package import Model

/// The two ways in which text gets into a query: as a literal, escaped, or as a name of strict form.
package enum SOQL {
  /// A string literal, quotes included.
  package static func literal(_ text: String) -> String {
    var result = "'"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "'": result += "\\'"
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{8}": result += "\\b"
      case "\u{c}": result += "\\f"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "'"
  }

  /// A string literal; `null` for no text.
  package static func literal(orNull text: String?) -> String { text.map(literal) ?? "null" }

  /// The condition that a field has one of some texts, in parts of so many texts that each part fits into an address.
  package static func conditions(_ field: String, isOneOf texts: [String]) throws(Failure) -> [String] {
    var conditions: [String] = []
    for start in stride(from: 0, to: texts.count, by: textsAtOnce) {
      let literals = texts[start..<min(start + textsAtOnce, texts.count)].map(literal).joined(separator: ",")
      conditions.append([try identifier(field), "IN", "(" + literals + ")"].joined(separator: " "))
    }
    return conditions
  }

  /// The condition that all of some conditions hold.
  package static func all(of conditions: [String]) -> String {
    conditions.map { "(" + $0 + ")" }.joined(separator: " AND ")
  }

  private static let textsAtOnce = 60

  /// A field or object name, such as `Account.BillingCountry`; a failure for any other text.
  package static func identifier(_ text: String) throws(Failure) -> String {
    guard text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy(isName) else {
      throw Failure(.requestRefused, "\"\(text.prefix(80))\" is no name of a Salesforce field or object")
    }
    return text
  }

  /// Whether a text has the form of a record's id: 15 or 18 letters and digits.
  static func isID(_ text: String) -> Bool {
    let bytes = text.utf8
    return (bytes.count == 15 || bytes.count == 18) && bytes.allSatisfy { $0.isLetter || $0.isDigit }
  }

  /// Several such names with commas between them, each once; a failure for any other text.
  package static func identifiers(_ texts: [String]) throws(Failure) -> String {
    var names: [String] = []
    for text in texts where !names.contains(text) { names.append(try identifier(text)) }
    return names.joined(separator: ", ")
  }

  /// A letter, then letters, digits and underscores; compared byte by byte, since a plan asks for thousands of names.
  private static func isName(_ part: Substring.UTF8View) -> Bool {
    guard let first = part.first, first.isLetter else { return false }
    return part.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
  }

  /// The same for a caller on the wire.
  static func name(_ text: String) throws(ServiceError) -> String {
    do {
      return try identifier(text)
    } catch {
      throw ServiceError(.salesforce, error)
    }
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self)
  }

  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
