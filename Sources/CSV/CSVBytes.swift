import Glibc

/// What the reader must know of bytes and libcsv does not tell.
enum CSVBytes {
  /// Whether all bytes are ASCII and none is NUL, so that no cell made of them needs a closer look.
  static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let high: UInt64 = 0x8080_8080_8080_8080
    let ones: UInt64 = 0x0101_0101_0101_0101
    var index = 0
    while index + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      guard (word | ((word &- ones) & ~word)) & high == 0 else { return false }
      index += 8
    }
    return bytes[index...].allSatisfy { $0 != 0 && $0 < 0x80 }
  }

  /// How many quotes and line breaks there are; CR LF is one line break.
  static func tally(_ bytes: UnsafeRawBufferPointer) -> (quotes: Int, lineBreaks: Int) {
    var quotes = 0
    var lineBreaks = 0
    var index = 0
    while index < bytes.count {
      if index + 8 <= bytes.count, !mayBreak(bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)) {
        index += 8
        continue
      }
      let byte = bytes[index]
      index += 1
      if byte == 0x22 { quotes += 1 }
      if byte == 0x0A || (byte == 0x0D && !(index < bytes.count && bytes[index] == 0x0A)) { lineBreaks += 1 }
    }
    return (quotes, lineBreaks)
  }

  /// Where the first LF stands from a place on, and how many quotes stand before it; all quotes where there is none.
  static func lineEnd(_ bytes: UnsafeRawBufferPointer, from start: Int) -> (end: Int?, quotes: Int) {
    guard let base = bytes.baseAddress else { return (nil, 0) }
    let found = memchr(base + start, 0x0A, bytes.count - start).map { UnsafeRawPointer($0) - base }
    var quotes = 0
    for index in start..<(found ?? bytes.count) where bytes[index] == 0x22 { quotes += 1 }
    return (found, quotes)
  }

  /// How many line breaks there are; CR LF is one.
  static func lineBreaks(_ bytes: UnsafeRawBufferPointer) -> Int {
    var count = 0
    var rest = bytes[...]
    while let place = rest.firstBreak {
      count += 1
      let isPair = rest[place] == 0x0D && place + 1 < rest.endIndex && rest[place + 1] == 0x0A
      rest = rest[(place + (isPair ? 2 : 1))...]
    }
    return count
  }

  /// Whether one of eight bytes is a quote, LF or CR: exclusive or makes it zero, and a zero byte borrows.
  private static func mayBreak(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = word ^ (ones &* 0x22)
    let lineFeed = word ^ (ones &* 0x0A)
    let carriageReturn = word ^ (ones &* 0x0D)
    let zero =
      ((quote &- ones) & ~quote) | ((lineFeed &- ones) & ~lineFeed) | ((carriageReturn &- ones) & ~carriageReturn)
    return zero & (ones &* 0x80) != 0
  }

  /// Why a cell cannot be accepted as text, nil when it can: NUL, a byte order mark unless `allowsMarks`, or bytes that
  /// are not UTF-8.
  static func problem(in bytes: UnsafeRawBufferPointer, allowsMarks: Bool = false) -> String? {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0 { return "the cell holds a NUL byte" }
      if byte < 0x80 {
        index += 1
        continue
      }
      let length = sequenceLength(bytes, at: index)
      guard length > 0 else {
        let hexadecimal = String(byte, radix: 16, uppercase: true)
        return "the text is not UTF-8 (byte 0x\(hexadecimal)); save the file as UTF-8"
      }
      if !allowsMarks, length == 3, byte == 0xEF, bytes[index + 1] == 0xBB, bytes[index + 2] == 0xBF {
        return "a byte order mark inside the file"
      }
      index += length
    }
    return nil
  }

  /// The length of the well-formed sequence at `index` (table 3-7 of the Unicode standard); 0 when there is none.
  private static func sequenceLength(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
    let (length, second) = shape(of: bytes[index])
    guard length > 0, index + length <= bytes.count, second.contains(bytes[index + 1]) else { return 0 }
    for offset in 2..<max(2, length) where bytes[index + offset] & 0xC0 != 0x80 { return 0 }
    return length
  }

  private static func shape(of lead: UInt8) -> (length: Int, second: ClosedRange<UInt8>) {
    switch lead {
    case 0xC2...0xDF: (2, 0x80...0xBF)
    case 0xE0: (3, 0xA0...0xBF)
    case 0xED: (3, 0x80...0x9F)
    case 0xE1...0xEF: (3, 0x80...0xBF)
    case 0xF0: (4, 0x90...0xBF)
    case 0xF1...0xF3: (4, 0x80...0xBF)
    case 0xF4: (4, 0x80...0x8F)
    case _: (0, 0...0)
    }
  }
}

extension Slice<UnsafeRawBufferPointer> {
  /// Where the first CR or LF stands; nil where there is none.
  fileprivate var firstBreak: Int? {
    let bytes = UnsafeRawBufferPointer(rebasing: self)
    guard let base = bytes.baseAddress else { return nil }
    let places = [Int32(0x0A), 0x0D].compactMap { byte in
      memchr(base, byte, bytes.count).map { startIndex + (UnsafeRawPointer($0) - base) }
    }
    return places.min()
  }
}
