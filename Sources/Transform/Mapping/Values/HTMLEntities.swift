/// Characters that HTML writes as `&name;` or `&#number;`.
enum HTMLEntities {
  /// The text with each known entity replaced by its character, once; what is no entity stays.
  static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(0x26) else { return text }
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let start = rest.firstIndex(of: "&") {
      result.append(contentsOf: rest[..<start])
      let name = rest[rest.index(after: start)...].prefix(longestName + 1)
      if let end = name.firstIndex(of: ";"), let character = character(String(name[..<end])) {
        result.append(character)
        rest = rest[rest.index(after: end)...]
      } else {
        result.append("&")
        rest = rest[rest.index(after: start)...]
      }
    }
    result.append(contentsOf: rest)
    return String(result)
  }

  private static let longestName = 10

  private static func character(_ name: String) -> Unicode.Scalar? {
    guard name.hasPrefix("#") else { return named[name] }
    let number = name.dropFirst()
    let digits = number.drop { $0 == "x" || $0 == "X" }
    let isHexadecimal = digits.count < number.count
    guard number.count - digits.count <= 1, digits.utf8.first.map({ $0 != 0x2B && $0 != 0x2D }) ?? false,
      let code = UInt32(digits, radix: isHexadecimal ? 16 : 10), code != 0
    else { return nil }
    return Unicode.Scalar(code)
  }

  private static let named: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "copy": "©", "reg": "®",
    "trade": "™", "euro": "€", "pound": "£", "yen": "¥", "cent": "¢", "sect": "§", "deg": "°", "middot": "·",
    "bull": "•", "hellip": "…", "ndash": "–", "mdash": "—", "lsquo": "‘", "rsquo": "’", "sbquo": "‚", "ldquo": "“",
    "rdquo": "”", "bdquo": "„", "laquo": "«", "raquo": "»", "times": "×", "auml": "ä", "ouml": "ö", "uuml": "ü",
    "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "aacute": "á", "eacute": "é", "iacute": "í", "oacute": "ó",
    "uacute": "ú", "agrave": "à", "egrave": "è", "ccedil": "ç", "ntilde": "ñ", "aring": "å", "oslash": "ø",
    "aelig": "æ", "Eacute": "É", "Aring": "Å", "Oslash": "Ø", "ecirc": "ê", "ocirc": "ô", "atilde": "ã",
  ]
}
