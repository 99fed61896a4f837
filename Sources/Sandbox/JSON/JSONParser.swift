import Foundation

/// Text that is not JSON, with the byte at which reading stopped.
struct JSONParseError: Error {
  let offset: Int
}

/// Reads one JSON text, strictly by RFC 8259 but for lone surrogates, which become the replacement character.
struct JSONParser {
  private let bytes: [UInt8]
  private var position = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  static func parse(_ data: Data) throws(JSONParseError) -> JSONValue { try parse([UInt8](data)) }

  static func parse(_ text: String) throws(JSONParseError) -> JSONValue { try parse([UInt8](text.utf8)) }

  private static func parse(_ bytes: [UInt8]) throws(JSONParseError) -> JSONValue {
    var parser = JSONParser(bytes)
    let value = try parser.value(depth: 0)
    parser.skipBlanks()
    guard parser.position == bytes.count else { throw parser.failure }
    return value
  }

  private var failure: JSONParseError { JSONParseError(offset: position) }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = current, byte == 32 || byte == 10 || byte == 13 || byte == 9 { position += 1 }
  }

  private mutating func value(depth: Int) throws(JSONParseError) -> JSONValue {
    skipBlanks()
    guard depth < 200, let byte = current else { throw failure }
    switch byte {
    case UInt8(ascii: "{"): return .object(try members(depth: depth + 1))
    case UInt8(ascii: "["): return .array(try elements(depth: depth + 1))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .number(try number())
    }
  }

  private mutating func word(_ text: String, _ value: JSONValue) throws(JSONParseError) -> JSONValue {
    guard bytes[position...].starts(with: text.utf8) else { throw failure }
    position += text.utf8.count
    return value
  }

  private mutating func members(depth: Int) throws(JSONParseError) -> JSONObject {
    var object = JSONObject()
    position += 1
    skipBlanks()
    if try taken("}") { return object }
    while true {
      skipBlanks()
      guard current == UInt8(ascii: "\"") else { throw failure }
      let key = try string()
      skipBlanks()
      guard try taken(":") else { throw failure }
      object[key] = try value(depth: depth)
      skipBlanks()
      if try taken("}") { return object }
      guard try taken(",") else { throw failure }
    }
  }

  private mutating func elements(depth: Int) throws(JSONParseError) -> [JSONValue] {
    var items: [JSONValue] = []
    position += 1
    skipBlanks()
    if try taken("]") { return items }
    while true {
      items.append(try value(depth: depth))
      skipBlanks()
      if try taken("]") { return items }
      guard try taken(",") else { throw failure }
    }
  }

  private mutating func taken(_ mark: Unicode.Scalar) throws(JSONParseError) -> Bool {
    guard let byte = current else { throw failure }
    guard byte == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }

  private mutating func number() throws(JSONParseError) -> String {
    let start = position
    if current == UInt8(ascii: "-") { position += 1 }
    let whole = position
    try digits()
    guard bytes[whole] != UInt8(ascii: "0") || position == whole + 1 else { throw failure }
    if current == UInt8(ascii: ".") {
      position += 1
      try digits()
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      try digits()
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func digits() throws(JSONParseError) {
    let start = position
    while let byte = current, byte >= 48, byte <= 57 { position += 1 }
    if position == start { throw failure }
  }

  private mutating func string() throws(JSONParseError) -> String {
    position += 1
    var text: [UInt8] = []
    var start = position
    while let byte = current {
      if byte == UInt8(ascii: "\"") {
        text.append(contentsOf: bytes[start..<position])
        position += 1
        return String(decoding: text, as: UTF8.self)
      }
      if byte == UInt8(ascii: "\\") {
        text.append(contentsOf: bytes[start..<position])
        position += 1
        text.append(contentsOf: String(try escaped()).utf8)
        start = position
      } else if byte < 32 {
        throw failure
      } else {
        position += 1
      }
    }
    throw failure
  }

  private mutating func escaped() throws(JSONParseError) -> Character {
    guard let byte = current else { throw failure }
    position += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Character(Unicode.Scalar(byte))
    case UInt8(ascii: "u"): return Character(try unicode())
    default: throw failure
    }
  }

  private mutating func unicode() throws(JSONParseError) -> Unicode.Scalar {
    let first = try fourHexDigits()
    guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
    guard bytes[position...].starts(with: "\\u".utf8) else { return "\u{FFFD}" }
    position += 2
    let second = try fourHexDigits()
    guard (0xDC00..<0xE000).contains(second) else { return "\u{FFFD}" }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
  }

  private mutating func fourHexDigits() throws(JSONParseError) -> UInt32 {
    guard position + 4 <= bytes.count,
      let code = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
    else { throw failure }
    position += 4
    return code
  }
}
