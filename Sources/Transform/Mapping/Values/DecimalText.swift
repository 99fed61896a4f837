/// Decimal numbers as text, so that money never passes through binary floating point.
enum DecimalText {
  /// Plain notation without exponent, leading and trailing zeros: `9.12260031E8` is `912260031`, `1000.0` is `1000`.
  ///
  /// Nil when the text is no number, or needs more than 400 digits to be written out.
  static func canonical(_ text: String) -> String? {
    if let plain = plain(text) { return plain }
    guard let parts = Parts(text.utf8) else { return nil }
    guard let first = parts.digits.firstIndex(where: { $0 != 0x30 }),
      let last = parts.digits.lastIndex(where: { $0 != 0x30 })
    else { return "0" }
    let digits = parts.digits[first...last]
    let point = parts.point - first
    guard abs(point) + digits.count <= longest else { return nil }
    return (parts.isNegative ? "-" : "") + plain(Array(digits), point: point)
  }

  private static let longest = 400

  /// A whole number, or one with nothing but a zero behind its point, as both services write most of them; nil for all others.
  private static func plain(_ text: String) -> String? {
    let bytes = text.utf8
    guard let first = bytes.first, first >= 0x31, first <= 0x39, bytes.count <= 15 else { return nil }
    let whole = bytes.prefix { $0 >= 0x30 && $0 <= 0x39 }
    if whole.count == bytes.count { return text }
    guard bytes.count == whole.count + 2, bytes.last == 0x30, bytes[whole.endIndex] == 0x2E else { return nil }
    return String(text[..<whole.endIndex])
  }

  /// Digits with the point after the first `point` of them.
  private static func plain(_ digits: [UInt8], point: Int) -> String {
    let zeros = { (count: Int) in [UInt8](repeating: 0x30, count: count) }
    let bytes: [UInt8]
    if point <= 0 {
      bytes = [0x30, 0x2E] + zeros(-point) + digits
    } else if point >= digits.count {
      bytes = digits + zeros(point - digits.count)
    } else {
      bytes = digits[..<point] + [0x2E] + digits[point...]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Sign, all digits, and where the point stands among them once the exponent is applied.
  private struct Parts {
    var isNegative = false
    var digits: [UInt8] = []
    var point = 0

    init?(_ text: String.UTF8View) {
      var rest = text[...]
      isNegative = rest.first == 0x2D
      if rest.first == 0x2D || rest.first == 0x2B { rest = rest.dropFirst() }
      let whole = rest.prefix(while: Self.isDigit)
      rest = rest.dropFirst(whole.count)
      digits += whole
      point = whole.count
      if rest.first == 0x2E {
        let fraction = rest.dropFirst().prefix(while: Self.isDigit)
        rest = rest.dropFirst(fraction.count + 1)
        digits += fraction
      }
      guard !digits.isEmpty, let exponent = Self.exponent(rest) else { return nil }
      point += exponent
    }

    /// 0 for nothing, the number after `e`; nil for anything else.
    private static func exponent(_ text: Substring.UTF8View) -> Int? {
      guard let first = text.first else { return 0 }
      guard first == 0x65 || first == 0x45 else { return nil }
      let number = text.dropFirst()
      guard number.count <= 5 else { return nil }
      return Int(String(decoding: number, as: UTF8.self))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  }
}
