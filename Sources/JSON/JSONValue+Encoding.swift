import Model

extension JSONValue {
  /// What an `Encodable` type encodes of itself, in a fraction of the time that Foundation takes; members stand by name.
  ///
  /// Dates, data and addresses have no form of their own here; the value is the one that `decoded(as:)` reads.
  package init(encoding value: some Encodable) throws {
    let slot = ValueSlot()
    try value.encode(to: ValueEncoder(slot: slot))
    self = slot.value
  }

  /// The document in its shortest form: no white space, and escapes only where JSON demands them, or where the bare
  /// character would do something to a terminal or turn the writing round.
  ///
  /// A number whose text is no JSON number is written as a string, so that the result is always a document.
  package func encoded() -> [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return bytes
  }

  /// The same as text.
  package var text: String { String(decoding: encoded(), as: UTF8.self) }

  private func append(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .number(let text):
      if Self.isNumber(text) { bytes += text.utf8 } else { Self.append(text, to: &bytes) }
    case .string(let text): Self.append(text, to: &bytes)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        element.append(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.append(member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.append(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    if text.utf8.allSatisfy(isPlain) {
      bytes += text.utf8
    } else {
      for scalar in text.unicodeScalars {
        if scalar.value >= 0x7F && HarmlessText.acts(scalar) {
          escape(scalar.value, to: &bytes)
        } else {
          for byte in String(scalar).utf8 { append(byte, to: &bytes) }
        }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Whether a byte is a character of its own that needs no escape, as most are.
  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""): bytes += #"\""#.utf8
    case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
    case UInt8(ascii: "\n"): bytes += #"\n"#.utf8
    case UInt8(ascii: "\r"): bytes += #"\r"#.utf8
    case UInt8(ascii: "\t"): bytes += #"\t"#.utf8
    case 0..<0x20: escape(UInt32(byte), to: &bytes)
    default: bytes.append(byte)
    }
  }

  private static func escape(_ value: UInt32, to bytes: inout [UInt8]) {
    let digits = String(value, radix: 16)
    bytes += (#"\u"# + String(repeating: "0", count: 4 - digits.count) + digits).utf8
  }

  /// Whether a text is a number as JSON writes one: `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?`.
  private static func isNumber(_ text: String) -> Bool {
    var rest = text.utf8[...]
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let startsWithZero = rest.first == UInt8(ascii: "0")
    let whole = takeDigits(from: &rest)
    guard whole == 1 || whole > 1 && !startsWithZero else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      guard takeDigits(from: &rest) > 0 else { return false }
    }
    guard let mark = rest.popFirst() else { return true }
    guard mark | 0x20 == UInt8(ascii: "e") else { return false }
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    return takeDigits(from: &rest) > 0 && rest.isEmpty
  }

  /// Steps over digits, and gives how many there were.
  private static func takeDigits(from text: inout Substring.UTF8View) -> Int {
    let digits = text.prefix { (0x30...0x39).contains($0) }.count
    text.removeFirst(digits)
    return digits
  }
}
