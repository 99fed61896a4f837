import Foundation

/// Text in the form in which two sides are compared.
enum PlainText {
  /// The text without blanks at its ends, with LF as line break and composed characters (Unicode NFC).
  ///
  /// Partner Center escapes some characters as HTML does (`&amp;`); there they are put back, once.
  static func canonical(_ raw: String, unescapingEntities: Bool) -> String {
    guard !isCanonical(raw, unescapingEntities: unescapingEntities) else { return raw }
    let unescaped = unescapingEntities ? HTMLEntities.unescaped(raw) : raw
    let scalars = unifiedLineBreaks(unescaped)
    return trimmed(scalars).precomposedStringWithCanonicalMapping
  }

  /// The text without white space at its ends.
  static func trimmed(_ text: String) -> String {
    guard let first = text.utf8.first, let last = text.utf8.last else { return text }
    if isInk(first), isInk(last) { return text }
    let scalars = text.unicodeScalars
    guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let end = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[start...end])
  }

  /// Whether plain inspection of the bytes shows that nothing is to be done, as for most texts.
  private static func isCanonical(_ text: String, unescapingEntities: Bool) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last else { return true }
    guard isInk(first), isInk(last) else { return false }
    return text.utf8.allSatisfy { byte in
      byte < 0x80 && byte != 0x0D && !(unescapingEntities && byte == 0x26)
    }
  }

  private static func isInk(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }

  private static func unifiedLineBreaks(_ text: String) -> String {
    guard text.utf8.contains(0x0D) else { return text }
    var result = String.UnicodeScalarView()
    var followsReturn = false
    for scalar in text.unicodeScalars {
      if scalar == "\r" {
        result.append("\n")
      } else if scalar != "\n" || !followsReturn {
        result.append(scalar)
      }
      followsReturn = scalar == "\r"
    }
    return String(result)
  }
}
