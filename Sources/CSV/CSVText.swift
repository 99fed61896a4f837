import Model

/// Text made harmless for spreadsheets, which run a cell as a formula when it begins in a certain way, and turn digits
/// into another number, a day or an hour: `00123`, `1234E5`, twenty digits, `3/4`, `12:30`.
///
/// Such a text gets an apostrophe in front. So does a text that consists of apostrophes followed by such a text: only
/// then can the apostrophe be taken off again without doubt, and `unguarded(guarded(text)) == text` holds for every
/// text.
package enum CSVText {
  /// The most UTF-16 units of a cell: beyond 32,767 a spreadsheet cuts it off by itself.
  package static let longest = 32_000

  /// The text as a report shows it: without characters that do something, not longer than a cell, and guarded.
  package static func shown(_ text: String) -> String {
    guarded(HarmlessText.plain(text, limit: longest))
  }

  /// The text with an apostrophe in front where a spreadsheet would run it, or make another number of it.
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
    if let first = scalars.first, ("0"..."9").contains(first) {
      return isUnfaithfulNumber(scalars) || isDayOrHour(scalars)
    }
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

  /// Whether the text is a decimal number, a minus allowed, that a spreadsheet gives back unchanged.
  static func isFaithfulNumber(_ text: String) -> Bool {
    let magnitude = text.hasPrefix("-") ? text.dropFirst() : text[...]
    return isDecimal(magnitude.unicodeScalars) && !isUnfaithfulNumber(magnitude.unicodeScalars)
  }

  /// Whether a spreadsheet would read the text as a number, and would not give it back: one with a zero in front, an
  /// exponent, or more digits than a double holds.
  private static func isUnfaithfulNumber(_ scalars: Substring.UnicodeScalarView) -> Bool {
    let parts = scalars.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    guard parts.count <= 2, let number = parts.first, isDecimal(number) else { return false }
    guard parts.count == 1 else {
      let exponent = parts[1].first == "+" || parts[1].first == "-" ? parts[1].dropFirst() : parts[1]
      return isDigits(exponent)
    }
    let digits = number.filter { $0 != "." }.drop { $0 == "0" }
    let hasZeroInFront = number.first == "0" && number.count > 1 && number.dropFirst().first != "."
    return hasZeroInFront || digits.count > 15
  }

  /// Whether a spreadsheet would read the text as a day, an hour or, by its country, a decimal number.
  ///
  /// That is two or three groups of digits. A day like `2026-12-31` stays: its form is the same everywhere.
  private static func isDayOrHour(_ scalars: Substring.UnicodeScalarView) -> Bool {
    let groups = scalars.split(omittingEmptySubsequences: false) { ["/", ":", "-", ".", ","].contains($0) }
    guard (2...3).contains(groups.count), groups.allSatisfy({ isDigits($0) && $0.count <= 4 }) else { return false }
    let parts = scalars.filter { !("0"..."9").contains($0) }
    guard parts.count == 2 else { return parts.first != "." }
    return !(parts.allSatisfy { $0 == "-" } && groups.map(\.count) == [4, 2, 2])
  }

  private static func isDigits(_ scalars: Substring.UnicodeScalarView) -> Bool {
    !scalars.isEmpty && scalars.allSatisfy { ("0"..."9").contains($0) }
  }

  /// Whether a text is digits with at most one point among them.
  private static func isDecimal(_ scalars: Substring.UnicodeScalarView) -> Bool {
    let parts = scalars.split(maxSplits: 2, omittingEmptySubsequences: false) { $0 == "." }
    return parts.count <= 2 && parts.allSatisfy(isDigits)
  }
}
