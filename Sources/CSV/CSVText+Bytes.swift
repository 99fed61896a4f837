extension CSVText {
  /// Whether a text that begins with an ASCII letter or digit is plainly the same in a report: all its bytes can be copied.
  ///
  /// It may say no of a harmless text, which is then looked at character by character. It says yes only of printable ASCII
  /// without quote and delimiter, without blank at its edge, not too long for a cell; behind a digit only when a letter
  /// other than E is among it, so that no spreadsheet takes it for a number, a day or an hour, or when it is a number or a
  /// day that every spreadsheet gives back as it is.
  static func isPlainlyHarmless(_ text: UnsafeRawBufferPointer, delimiter: UInt8) -> Bool {
    guard let first = text.first, let last = text.last, text.count <= longest, last != 0x20 else { return false }
    let isDigit = (0x30...0x39).contains(first)
    if isDigit, text.count == 1 { return true }
    guard isDigit || (0x61...0x7A).contains(first | 0x20) else { return false }
    var found = Octet.Marks()
    var index = 0
    while index + 8 < text.count {
      found.note(Octet(text.loadUnaligned(fromByteOffset: index, as: UInt64.self)), delimiter: delimiter)
      index += 8
    }
    found.note(Octet(endOf: text), delimiter: delimiter)
    return !found.isSpecial && (!isDigit || found.hasLetter || isNumber(text) || isDay(text))
  }

  /// Whether a text is a decimal number of at most fifteen digits, without sign and without a zero in front.
  private static func isNumber(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.count <= 16, let first = text.first, let last = text.last, isDigit(first), isDigit(last) else {
      return false
    }
    var points = 0
    for byte in text where !isDigit(byte) {
      guard byte == 0x2E else { return false }
      points += 1
    }
    return points <= 1 && text.count - points <= 15 && (first != 0x30 || text[1] == 0x2E)
  }

  /// Whether a text is a day as `2026-12-31`, whose form is the same everywhere.
  private static func isDay(_ text: UnsafeRawBufferPointer) -> Bool {
    text.count == 10
      && text.indices.allSatisfy { $0 == 4 || $0 == 7 ? text[$0] == 0x2D : isDigit(text[$0]) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

/// Eight bytes of a text, looked at together; what is found of a byte stands in its highest bit.
private struct Octet {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private let word: UInt64

  init(_ word: UInt64) { self.word = word }

  /// The last eight bytes of a text; those of a shorter one more than once, or with zeros, which tell nothing.
  init(endOf text: UnsafeRawBufferPointer) {
    func load<Bytes: FixedWidthInteger & UnsignedInteger>(_ type: Bytes.Type, at index: Int) -> UInt64 {
      UInt64(text.loadUnaligned(fromByteOffset: index, as: type))
    }
    let count = text.count
    word =
      switch count {
      case 8...: load(UInt64.self, at: count - 8)
      case 4...: load(UInt32.self, at: 0) | load(UInt32.self, at: count - 4) << 32
      case 2...: load(UInt16.self, at: 0) | load(UInt16.self, at: count - 2) << 16 | Self.ones << 32 &* 0x30
      case _: load(UInt8.self, at: 0) | Self.ones << 8 &* 0x30
      }
  }

  /// What was found in a text so far.
  struct Marks {
    private static let high: UInt64 = 0x8080_8080_8080_8080
    private var special: UInt64 = 0
    private var letters: UInt64 = 0

    /// Whether a byte needs a closer look.
    var isSpecial: Bool { special & Self.high != 0 }
    /// Whether there is a letter other than E.
    var hasLetter: Bool { letters & Self.high != 0 }

    @inline(__always) mutating func note(_ octet: Octet, delimiter: UInt8) {
      special |= octet.word | octet.below(0x20) | octet.equal(0x7F) | octet.equal(0x22) | octet.equal(delimiter)
      letters |= octet.letters
    }
  }

  /// Bytes less than a limit of at most 0x80; where there is one, bytes above it may be marked too.
  @inline(__always) private func below(_ limit: UInt8) -> UInt64 { (word &- Self.ones &* UInt64(limit)) & ~word }

  /// Bytes equal to another; where there is one, bytes above it may be marked too.
  @inline(__always) private func equal(_ byte: UInt8) -> UInt64 { Octet(word ^ (Self.ones &* UInt64(byte))).below(1) }

  /// Bytes from 0x40 on, letters but for a few signs, without `E` and `e`; right only where all bytes are ASCII.
  private var letters: UInt64 {
    let difference = (word | (Self.ones &* 0x20)) ^ (Self.ones &* 0x65)
    return (word << 1) & (difference &+ (Self.ones &* 0x7F))
  }
}
