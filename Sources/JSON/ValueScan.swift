import Glibc

/// Finds where a JSON value ends, across blocks, by quotes and brackets alone.
///
/// Whoever reads the value checks the rest.
struct ValueScan {
  /// Whether the value's last byte has been consumed, or for a number or word the byte behind it has been seen.
  private(set) var isDone = false

  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  private var isWord = false

  /// Whether the value is complete if the text ends here: true of a number or word only.
  var endsWithText: Bool { isWord }

  /// Takes in the next bytes and tells how many belong to the value; all of them unless it is done.
  mutating func consume(_ bytes: UnsafeRawBufferPointer) -> Int {
    var at = 0
    let count = bytes.count
    while at < count {
      if isInString {
        at = consumeString(bytes, from: at)
        if isDone { return at }
        continue
      }
      let byte = bytes[at]
      switch byte {
      case UInt8(ascii: "\""):
        if isWord { return finish(at) }
        isInString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if isWord { return finish(at) }
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard depth > 0 else { return finish(at) }
        depth -= 1
        if depth == 0 { return finish(at + 1) }
      case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"),
        UInt8(ascii: "\r"):
        if depth == 0 { return finish(at) }
      default:
        if depth == 0 { isWord = true }
      }
      at += 1
    }
    return at
  }

  /// Goes to the end of a string.
  ///
  /// Strings are most of a record, so that the search is left to `memchr`.
  private mutating func consumeString(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    guard let base = bytes.baseAddress else { return start }
    var at = start
    if isEscaped {
      isEscaped = false
      at += 1
    }
    while at < bytes.count {
      guard let found = memchr(base + at, Int32(UInt8(ascii: "\"")), bytes.count - at) else {
        isEscaped = !Self.backslashes(bytes, from: at, before: bytes.count).isMultiple(of: 2)
        return bytes.count
      }
      let quote = UnsafeRawPointer(found) - base
      let isContent = !Self.backslashes(bytes, from: at, before: quote).isMultiple(of: 2)
      at = quote + 1
      if isContent { continue }
      isInString = false
      isDone = depth == 0
      return at
    }
    return at
  }

  /// How many backslashes stand directly in front of `end`, none of them before `start`.
  private static func backslashes(_ bytes: UnsafeRawBufferPointer, from start: Int, before end: Int) -> Int {
    var at = end
    while at > start, bytes[at - 1] == UInt8(ascii: "\\") { at -= 1 }
    return end - at
  }

  private mutating func finish(_ at: Int) -> Int {
    isDone = true
    return at
  }
}
