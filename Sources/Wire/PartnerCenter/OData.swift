import Model

/// The two ways in which text gets into a filter of Partner Center: as a literal, escaped, or as an id of strict form.
enum OData {
  /// A text literal, quotes included.
  static func literal(_ text: String) -> String { "'" + text.doubling("'") + "'" }

  /// Whether a text is an id that may stand without quotes.
  static func isGUID(_ text: String) -> Bool {
    text.wholeMatch(of: /[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}/) != nil
  }

  /// An id without quotes; any other text as a literal.
  static func bare(_ text: String) -> String { isGUID(text) ? text : literal(text) }
}
