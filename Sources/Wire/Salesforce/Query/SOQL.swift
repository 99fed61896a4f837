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

  /// A field or object name, such as `Account.BillingCountry`; a failure for any other text.
  package static func identifier(_ text: String) throws(Failure) -> String {
    guard text.wholeMatch(of: /[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*/) != nil else {
      throw Failure(.requestRefused, "\"\(text.prefix(80))\" is no name of a Salesforce field or object")
    }
    return text
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
