/// Identifiers in the form of GUIDs, made from numbers so that a seed always gives the same ones.
enum GUID {
  static func make(seed: UInt64, stream: UInt64) -> String {
    var random = SplitMix64(seed: seed, stream: stream)
    return make(&random)
  }

  static func make(_ random: inout SplitMix64) -> String {
    var bytes = [UInt8](repeating: 0, count: 36)
    write(random.next(), random.next(), to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let digits = Array("0123456789abcdef".utf8)

  /// Writes 32 hexadecimal digits and four hyphens, marked as version 4.
  private static func write(_ high: UInt64, _ low: UInt64, to bytes: inout [UInt8]) {
    var position = 0
    for index in 0..<32 {
      if index == 8 || index == 12 || index == 16 || index == 20 {
        bytes[position] = UInt8(ascii: "-")
        position += 1
      }
      let word = index < 16 ? high : low
      var nibble = Int(word >> (60 - UInt64(index % 16) * 4) & 15)
      if index == 12 { nibble = 4 }
      if index == 16 { nibble = nibble & 3 | 8 }
      bytes[position] = digits[nibble]
      position += 1
    }
  }
}
