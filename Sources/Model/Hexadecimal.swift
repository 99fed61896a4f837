extension Sequence<UInt8> {
  /// The bytes as hexadecimal digits in lower case, two for each.
  package var hexadecimal: String {
    func digit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10 }
    let bytes = Array(self)
    return String(unsafeUninitializedCapacity: bytes.count * 2) { digits in
      for (place, byte) in bytes.enumerated() {
        digits[place * 2] = digit(byte >> 4)
        digits[place * 2 + 1] = digit(byte & 15)
      }
      return bytes.count * 2
    }
  }
}
