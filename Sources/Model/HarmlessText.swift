/// Text from outside as a person may see it: nothing in it moves a cursor, turns the writing round or fills a page.
///
/// What reports, pages and messages show of a service's texts goes through here; what is written to a service never does.
package enum HarmlessText {
  /// The text with every character that does something instead of showing something as U+FFFD: controls but tab and line
  /// breaks, and those that override the direction of writing.
  ///
  /// Marks that a script needs (U+200E, U+200F, joiners) stay.
  package static func plain(_ text: String) -> String {
    // Most texts are plain ASCII, which bytes tell faster than characters.
    guard !text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }), text.unicodeScalars.contains(where: acts) else {
      return text
    }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { acts($0) ? "\u{FFFD}" : $0 }))
  }

  /// The plain text, cut behind so many UTF-16 units, with a remark on how long it is.
  package static func plain(_ text: String, limit: Int) -> String {
    guard text.utf8.count > limit, text.utf16.count > limit else { return plain(text) }
    let units = text.utf16
    // A character that begins within the limit stays whole: half of it would be no text.
    let end = units.index(units.startIndex, offsetBy: limit)
    let cut = text.unicodeScalars[..<(end.samePosition(in: text.unicodeScalars) ?? units.index(before: end))]
    return plain(String(cut)) + "… (\(units.count) characters in all)"
  }

  /// Whether a character does something instead of showing something.
  package static func acts(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: false
    case 0x00..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
