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

  private mutating func consumeString(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var at = start
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
        isDone = depth == 0
        return at
      }
    }
    return at
  }

  private mutating func finish(_ at: Int) -> Int {
    isDone = true
    return at
  }
}
