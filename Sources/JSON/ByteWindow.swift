/// A moving window over a text: everything from a mark on stays in memory, and more is read when it is needed.
final class ByteWindow {
  /// The position of the next byte, counted from the beginning of the text.
  var offset: Int { base + position }

  private let source: ByteSource
  private let block: Int
  private let limit: Int
  private var storage: UnsafeMutableRawPointer
  private var capacity: Int
  /// The text's byte at which `storage` begins.
  private var base = 0
  private var position = 0
  private var filled = 0
  /// The beginning of the value being read, which has to stay; nil when all before `position` may go.
  private var mark: Int?
  /// The beginning of what `hold` keeps.
  private var held: Int?

  /// A window over bytes in memory, which are copied.
  init(_ bytes: [UInt8], limit: Int) {
    source = .memory
    block = 0
    self.limit = limit
    capacity = max(bytes.count, 1)
    storage = .allocate(byteCount: capacity, alignment: 16)
    bytes.withUnsafeBytes { raw in
      if let start = raw.baseAddress { storage.copyMemory(from: start, byteCount: raw.count) }
    }
    filled = bytes.count
  }

  /// A window over a file, read `block` bytes at a time; one value may take `limit` bytes.
  init(path: String, block: Int, limit: Int) throws(JSONError) {
    source = try .open(path: path)
    self.block = max(block, 1)
    self.limit = limit
    capacity = self.block
    storage = .allocate(byteCount: capacity, alignment: 16)
  }

  deinit {
    storage.deallocate()
    source.close()
  }

  /// The next byte, which stays; nil at the end of the text.
  func peek() throws(JSONError) -> UInt8? {
    if position == filled {
      guard try refill() else { return nil }
    }
    return storage.load(fromByteOffset: position, as: UInt8.self)
  }

  /// Steps over bytes that `peek` or `bytes` has shown.
  func advance(_ count: Int = 1) {
    position += count
  }

  /// The next bytes, which stay, so many; nil when the text has fewer, or more of them than a value may take.
  ///
  /// They live until the next call.
  func bytes(_ count: Int) throws(JSONError) -> UnsafeRawBufferPointer? {
    guard count <= limit else { return nil }
    while filled - position < count {
      guard try refill() else { return nil }
    }
    return UnsafeRawBufferPointer(start: storage + position, count: count)
  }

  /// Steps over white space; whether a line break was among it.
  @discardableResult
  func skipSpace() throws(JSONError) -> Bool {
    var lines = false
    while let byte = try peek() {
      switch byte {
      case UInt8(ascii: "\n"): lines = true
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
      default: return lines
      }
      advance()
    }
    return lines
  }

  /// Keeps everything from here on until `release`.
  func hold() {
    held = position
  }

  /// Ends `hold` and returns what was kept; it lives until the next call.
  @discardableResult
  func release() -> UnsafeRawBufferPointer {
    let start = held ?? position
    held = nil
    return UnsafeRawBufferPointer(start: storage + start, count: position - start)
  }

  /// The extent of the value that begins here, found by its quotes and brackets alone; it lives until the next call.
  func value() throws(JSONError) -> UnsafeRawBufferPointer {
    mark = position
    defer { mark = nil }
    var scan = ValueScan()
    while true {
      let bytes = UnsafeRawBufferPointer(start: storage + position, count: filled - position)
      let used = scan.consume(bytes)
      position += used
      if scan.isDone { break }
      guard try refill() else {
        guard scan.endsWithText else { throw JSONError(.truncated, at: offset) }
        break
      }
    }
    let start = mark ?? position
    guard position - start <= limit else { throw JSONError(.tooLarge(limit), at: base + start) }
    return UnsafeRawBufferPointer(start: storage + start, count: position - start)
  }

  /// Reads another block behind what has to stay; false at the end of the text.
  private func refill() throws(JSONError) -> Bool {
    let keep = held ?? mark ?? position
    guard filled - keep <= limit else { throw JSONError(.tooLarge(limit), at: base + keep) }
    guard block > 0 else { return false }
    storage.copyMemory(from: storage + keep, byteCount: filled - keep)
    base += keep
    position -= keep
    filled -= keep
    mark = mark.map { $0 - keep }
    held = held.map { $0 - keep }
    if capacity - filled < block { grow() }
    let got = try source.read(into: storage + filled, count: block, at: base + filled)
    filled += got
    return got > 0
  }

  private func grow() {
    let larger = max(capacity * 2, filled + block)
    let new = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
    new.copyMemory(from: storage, byteCount: filled)
    storage.deallocate()
    storage = new
    capacity = larger
  }
}
