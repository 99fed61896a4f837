import Foundation

/// Text in the form in which two sides are compared.
enum PlainText {
  /// The text without blanks at its ends, with LF as line break and composed characters (Unicode NFC).
  ///
  /// Partner Center escapes some characters as HTML does (`&amp;`); there they are put back, once.
  static func canonical(_ raw: String, unescapingEntities: Bool) -> String {
    guard !isCanonical(raw, unescapingEntities: unescapingEntities) else { return raw }
    let unescaped = unescapingEntities ? HTMLEntities.unescaped(raw) : raw
    let text = trimmed(unifiedLineBreaks(unescaped))
    return text.utf8.allSatisfy { $0 < firstCombining } ? text : text.precomposedStringWithCanonicalMapping
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
    var text = text
    return text.withUTF8 { bytes in
      guard let first = bytes.first, let last = bytes.last else { return true }
      let endsInLetter = last >= 0x80 && bytes.count > 1 && isLetter(bytes[bytes.count - 2])
      guard isInk(first) || isLetter(first), isInk(last) || endsInLetter else { return false }
      return bytes.allSatisfy { byte in
        byte < firstCombining && byte != 0x0D && !(unescapingEntities && byte == 0x26)
      }
    }
  }

  /// The first byte of the characters from U+0300 on: below them nothing combines, so that a text is composed as it is.
  private static let firstCombining: UInt8 = 0xCC

  /// Whether a byte begins a character from U+00C0 to U+02FF, none of which is white space.
  private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0xC3 && byte < firstCombining }

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
