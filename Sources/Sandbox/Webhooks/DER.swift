/// Writes the little of ASN.1's distinguished encoding rules that a certificate needs.
enum DER {
  static func sequence(_ parts: [UInt8]...) -> [UInt8] { tagged(0x30, parts.flatMap { $0 }) }

  static func set(_ parts: [UInt8]...) -> [UInt8] { tagged(0x31, parts.flatMap { $0 }) }

  /// A context-specific, constructed element `[n]`.
  static func context(_ number: UInt8, _ content: [UInt8]) -> [UInt8] { tagged(0xA0 | number, content) }

  /// A whole number of at least 0, most significant byte first.
  static func integer(_ bytes: [UInt8]) -> [UInt8] {
    let trimmed = Array(bytes.drop { $0 == 0 })
    // A first bit that is set would make it negative.
    let isPadded = trimmed.isEmpty || trimmed[0] & 0x80 != 0
    return tagged(0x02, (isPadded ? [0] : []) + trimmed)
  }

  static func boolean(_ value: Bool) -> [UInt8] { tagged(0x01, [value ? 0xFF : 0x00]) }

  static func octets(_ content: [UInt8]) -> [UInt8] { tagged(0x04, content) }

  /// A string of bits, of which the last so many are not used.
  static func bits(_ content: [UInt8], unused: UInt8 = 0) -> [UInt8] { tagged(0x03, [unused] + content) }

  static func text(_ value: String) -> [UInt8] { tagged(0x0C, Array(value.utf8)) }

  static let null: [UInt8] = [0x05, 0x00]

  /// A moment up to the year 2049, as certificates have to write it.
  static func time(_ stamp: Stamp) -> [UInt8] {
    let digits = (stamp.day + stamp.time).filter(\.isNumber).dropFirst(2)
    return tagged(0x17, Array("\(digits)Z".utf8))
  }

  /// An object identifier: its first two numbers share a byte, the others are written in base 128.
  static func identifier(_ numbers: Int...) -> [UInt8] {
    var content = [UInt8(numbers[0] * 40 + numbers[1])]
    for number in numbers.dropFirst(2) {
      var digits = [UInt8(number & 0x7F)]
      var rest = number >> 7
      while rest > 0 {
        digits.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
        rest >>= 7
      }
      content += digits
    }
    return tagged(0x06, content)
  }

  private static func tagged(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    if content.count < 128 { return [tag, UInt8(content.count)] + content }
    var length: [UInt8] = []
    var rest = content.count
    while rest > 0 {
      length.insert(UInt8(rest & 0xFF), at: 0)
      rest >>= 8
    }
    return [tag, 0x80 | UInt8(length.count)] + length + content
  }
}
