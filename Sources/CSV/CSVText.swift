/// Text made harmless for spreadsheets, which run a cell as a formula when it begins in a certain way.
///
/// A text that would run gets an apostrophe in front. So does a text that consists of apostrophes followed by such a
/// text: only then can the apostrophe be taken off again without doubt, and `unguarded(guarded(text)) == text` holds for
/// every text.
package enum CSVText {
  /// The text with an apostrophe in front where a spreadsheet would run it.
  package static func guarded(_ text: String) -> String {
    needsGuard(text) ? "'" + text : text
  }

  /// The text as it was before `guarded`.
  package static func unguarded(_ text: String) -> String {
    guard text.unicodeScalars.first == "'" else { return text }
    let rest = String(text.unicodeScalars.dropFirst())
    return needsGuard(rest) ? rest : text
  }

  private static func needsGuard(_ text: String) -> Bool {
    let scalars = text.unicodeScalars.drop { $0 == "'" }
    for scalar in scalars {
      switch scalar {
      case "=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}", "\t", "\r", "\n", "\0": return true
      case "\u{FEFF}", "\u{200B}"..."\u{200F}", "\u{2060}": continue
      case let other where other.properties.isWhitespace: continue
      case _: return false
      }
    }
    return false
  }
}
