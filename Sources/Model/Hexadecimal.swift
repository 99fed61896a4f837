extension Sequence<UInt8> {
  /// The bytes as hexadecimal digits in lower case, two for each.
  package var hexadecimal: String {
    func digit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10 }
    let digits = reduce(into: [UInt8]()) { digits, byte in
      digits.append(digit(byte >> 4))
      digits.append(digit(byte & 15))
    }
    return String(decoding: digits, as: UTF8.self)
  }
}
