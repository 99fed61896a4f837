import Foundation

/// A text taken apart for its replacement: characters, words and e-mail addresses.
enum MaskedText {
  /// A character, as it is spelt.
  struct Unit {
    /// Its letter or digit; nil for what stays as it is.
    let letter: Alphabet.Letter?
    let scalar: Unicode.Scalar
    /// How the text has it: itself, or as an HTML entity.
    let spelling: String
    var isEntity: Bool { spelling.utf8.count > 1 && spelling.hasPrefix("&") }
  }

  /// The characters of a text; an HTML entity is one.
  static func units(of text: String) -> [Unit] {
    var units: [Unit] = []
    let scalars = Array(text.unicodeScalars)
    units.reserveCapacity(scalars.count)
    var index = 0
    while index < scalars.count {
      if scalars[index] == "&", let (scalar, length) = entity(scalars, at: index) {
        let spelling = String(String.UnicodeScalarView(scalars[index..<index + length]))
        units.append(Unit(letter: scalar.flatMap(Alphabet.letter), scalar: scalar ?? "&", spelling: spelling))
        index += length
      } else {
        let scalar = scalars[index]
        units.append(Unit(letter: Alphabet.letter(scalar), scalar: scalar, spelling: String(Character(scalar))))
        index += 1
      }
    }
    return units
  }

  /// The runs of letters and digits, but for those in `excluded`.
  static func words(in units: [Unit], without excluded: [Range<Int>]) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start: Int?
    let isExcluded = Set(excluded.flatMap { $0 })
    for index in 0...units.count {
      let isPart = index < units.count && units[index].letter != nil && !isExcluded.contains(index)
      if isPart, start == nil { start = index }
      if !isPart, let first = start {
        words.append(first..<index)
        start = nil
      }
    }
    return words
  }

  /// Of each e-mail address in a text the part behind the last point.
  static func lastLabelsOfAddresses(in units: [Unit]) -> [Range<Int>] {
    units.indices.filter { units[$0].scalar == "@" && !units[$0].isEntity }.compactMap { at in
      guard at > 0, isPartOfAddress(units[at - 1]) else { return nil }
      var end = at + 1
      while end < units.count, isPartOfAddress(units[end]) { end += 1 }
      while end > at + 1, units[end - 1].letter == nil { end -= 1 }
      guard let point = units[at..<end].lastIndex(where: { $0.scalar == "." }), point > at + 1, end - point > 2 else {
        return nil
      }
      return point + 1..<end
    }
  }

  private static func isPartOfAddress(_ unit: Unit) -> Bool {
    guard !unit.isEntity else { return false }
    return unit.letter != nil || ".-_+%".unicodeScalars.contains(unit.scalar)
  }

  /// The character of an entity, nil for one that is no letter, and the entity's length; nil where none begins.
  private static func entity(_ scalars: [Unicode.Scalar], at start: Int) -> (Unicode.Scalar?, Int)? {
    guard let end = scalars[start...].prefix(12).firstIndex(of: ";") else { return nil }
    let name = String(String.UnicodeScalarView(scalars[start + 1..<end]))
    let length = end - start + 1
    if let letter = letters[name] { return (letter, length) }
    guard name.hasPrefix("#") else { return inert.contains(name) ? (nil, length) : nil }
    let digits = name.dropFirst()
    let isHexadecimal = digits.first == "x" || digits.first == "X"
    guard let code = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits),
      let scalar = Unicode.Scalar(code)
    else { return nil }
    return (scalar, length)
  }

  private static let letters: [String: Unicode.Scalar] = [
    "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "aacute": "á",
    "eacute": "é", "iacute": "í", "oacute": "ó", "uacute": "ú", "agrave": "à", "egrave": "è", "ccedil": "ç",
    "ntilde": "ñ", "aring": "å", "oslash": "ø", "aelig": "æ", "Eacute": "É", "Aring": "Å", "Oslash": "Ø",
    "ecirc": "ê", "ocirc": "ô", "atilde": "ã",
  ]

  /// Entities that stand for no letter; any other name is taken for a word, which is safe.
  private static let inert: Set<String> = [
    "amp", "lt", "gt", "quot", "apos", "nbsp", "copy", "reg", "trade", "euro", "pound", "yen", "cent", "sect", "deg",
    "middot", "bull", "hellip", "ndash", "mdash", "lsquo", "rsquo", "sbquo", "ldquo", "rdquo", "bdquo", "laquo",
    "raquo", "times",
  ]
}
