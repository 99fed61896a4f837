/// The pieces of a SOQL statement.
enum SoqlToken: Sendable, Equatable {
  /// A name, a path, or a keyword.
  case word(String)
  case text(String)
  /// A number, a day or a moment.
  case bare(String)
  case mark(String)
}

/// Cuts a SOQL statement into tokens.
struct SoqlLexer {
  private let characters: [Unicode.Scalar]
  private var position = 0

  private init(_ statement: String) { characters = Array(statement.unicodeScalars) }

  /// - Throws: a `Refusal` `MALFORMED_QUERY` for a character or an escape that SOQL does not know.
  static func tokens(_ statement: String) throws -> [SoqlToken] {
    var lexer = SoqlLexer(statement)
    var tokens: [SoqlToken] = []
    while let token = try lexer.next() { tokens.append(token) }
    return tokens
  }

  private mutating func next() throws -> SoqlToken? {
    while position < characters.count, characters[position].properties.isWhitespace { position += 1 }
    guard position < characters.count else { return nil }
    let first = characters[position]
    if first == "'" { return .text(try text()) }
    if first.isLetter || first == "_" {
      return .word(run { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." })
    }
    if first.isNumber || first == "-" || first == "+" {
      return .bare(run { $0.isLetter || $0.isNumber || "-+:.".unicodeScalars.contains($0) })
    }
    position += 1
    if position < characters.count, ["!=", "<=", ">=", "<>"].contains(Self.string(characters[position - 1...position]))
    {
      position += 1
      let mark = Self.string(characters[position - 2..<position])
      return .mark(mark == "<>" ? "!=" : mark)
    }
    guard "(),=<>:".unicodeScalars.contains(first) else { throw SoqlParser.malformed("unexpected token: '\(first)'") }
    return .mark(String(first))
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(scalars.count)
    for scalar in scalars {
      if scalar.isASCII { bytes.append(UInt8(scalar.value)) } else { bytes += String(scalar).utf8 }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func run(while belongs: (Unicode.Scalar) -> Bool) -> String {
    let start = position
    while position < characters.count, belongs(characters[position]) { position += 1 }
    return Self.string(characters[start..<position])
  }

  private mutating func text() throws -> String {
    position += 1
    var text = ""
    while position < characters.count {
      let character = characters[position]
      position += 1
      if character == "'" { return text }
      text += character == "\\" ? try escaped() : String(character)
    }
    throw SoqlParser.malformed("unterminated string literal")
  }

  /// What an escape stands for; `\_` and `\%` keep their backslash for LIKE.
  private mutating func escaped() throws -> String {
    guard position < characters.count else { throw SoqlParser.malformed("unterminated string literal") }
    let character = characters[position]
    position += 1
    switch character {
    case "n", "N": return "\n"
    case "r", "R": return "\r"
    case "t", "T": return "\t"
    case "b", "B": return "\u{8}"
    case "f", "F": return "\u{c}"
    case "'", "\"", "\\": return String(character)
    case "_", "%": return "\\" + String(character)
    case "u", "U":
      guard position + 4 <= characters.count,
        let code = UInt32(Self.string(characters[position..<position + 4]), radix: 16),
        let scalar = Unicode.Scalar(code)
      else { throw SoqlParser.malformed("illegal character sequence '\\u' in string literal") }
      position += 4
      return String(Character(scalar))
    default:
      throw SoqlParser.malformed("Illegal character sequence '\\\(character)' in string literal")
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isLetter: Bool {
    isASCII ? ("a"..."z").contains(self) || ("A"..."Z").contains(self) : properties.isAlphabetic
  }

  fileprivate var isNumber: Bool { isASCII ? ("0"..."9").contains(self) : properties.numericType != nil }
}
