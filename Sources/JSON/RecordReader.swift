/// Reads the records of a list one by one in bounded memory.
///
/// A list is an array of objects, a page (an object whose member `value` or `records` is such an array), or one object
/// a line. A text that ends early or is no such list is an error that names the byte, never a shorter list. The reader
/// looks at brackets and separators; what is inside a record is checked by whoever reads it, as `RecordProjector` does.
package final class RecordReader {
  /// The other members of a page: all of them once `next()` has returned nil, before that those ahead of the list.
  package private(set) var envelope: [JSONMember] = []
  /// The name of the member that holds a page's records, as it was spelt; nil for the other two forms.
  package private(set) var listName: String?
  /// Where the last record began, in bytes from the beginning of the text.
  package private(set) var recordOffset = 0

  private enum State {
    case start
    case array(first: Bool)
    case page(first: Bool)
    case lines
    case end
  }

  private let window: ByteWindow
  private let isPage: Bool
  private var state = State.start
  /// What the window stands at, once the next record was looked for.
  private var ahead = Ahead.unknown
  private var failure: JSONError?

  private enum Ahead {
    case unknown
    /// The beginning of a record.
    case record
    /// The end of a record that has been read: the first of one object a line.
    case behind(UnsafeRawBufferPointer)
    /// The end of the list.
    case end
  }

  /// A reader of a file in any of the three forms.
  ///
  /// Blocks of `block` bytes are read; one record may take `limit` bytes.
  package init(path: String, block: Int = 1 << 20, limit: Int = 64 << 20) throws(JSONError) {
    window = try ByteWindow(path: path, block: block, limit: limit)
    isPage = false
  }

  /// A reader of text in memory in any of the three forms.
  package init(_ bytes: [UInt8], limit: Int = 64 << 20) {
    window = ByteWindow(bytes, limit: limit)
    isPage = false
  }

  /// A reader of one page in memory; an object without `value` or `records`, or anything else, is an error.
  package init(page bytes: [UInt8], limit: Int = 64 << 20) {
    window = ByteWindow(bytes, limit: limit)
    isPage = true
  }

  /// The next record's bytes, which live until the next call; nil behind the last record of a list that is complete.
  ///
  /// An error is final: every later call throws it again.
  package func next() throws(JSONError) -> UnsafeRawBufferPointer? {
    try keepingFailure { () throws(JSONError) in
      defer { ahead = .unknown }
      switch try lookedAhead() {
      case .record: return try window.value()
      case .behind(let record): return record
      case .end, .unknown: return nil
      }
    }
  }

  /// Steps over the next record if the bytes from its beginning on, so many, are known; false when they are not, or when
  /// there are not so many.
  ///
  /// Only a whole record may be known.
  package func pass(_ count: Int, if isKnown: (UnsafeRawBufferPointer) -> Bool) throws(JSONError) -> Bool {
    try keepingFailure { () throws(JSONError) in
      guard case .record = try lookedAhead(), let bytes = try window.bytes(count), isKnown(bytes) else { return false }
      window.advance(count)
      ahead = .unknown
      return true
    }
  }

  private func keepingFailure<Result>(_ body: () throws(JSONError) -> Result) throws(JSONError) -> Result {
    if let failure { throw failure }
    do {
      return try body()
    } catch {
      failure = error
      throw error
    }
  }

  private func lookedAhead() throws(JSONError) -> Ahead {
    if case .unknown = ahead { ahead = try step() }
    return ahead
  }

  /// The next record's texts at the projector's paths; false behind the last record.
  ///
  /// Errors name the byte of the text.
  package func next(with projector: RecordProjector, into texts: inout [String]) throws(JSONError) -> Bool {
    guard let record = try next() else { return false }
    do {
      try projector.project(record, into: &texts)
    } catch {
      throw error.shifted(by: recordOffset)
    }
    return true
  }

  private func step() throws(JSONError) -> Ahead {
    switch state {
    case .start: return try start()
    case .array(let first): return try element(first: first, isPage: false)
    case .page(let first): return try element(first: first, isPage: true)
    case .lines: return try line()
    case .end: return .end
    }
  }

  private func start() throws(JSONError) -> Ahead {
    try skipByteOrderMark()
    try window.skipSpace()
    guard let byte = try window.peek() else { throw JSONError(.empty, at: window.offset) }
    switch byte {
    case UInt8(ascii: "[") where !isPage:
      window.advance()
      return try element(first: true, isPage: false)
    case UInt8(ascii: "{"):
      return try page()
    default:
      throw JSONError(.notRecords, at: window.offset)
    }
  }

  private func skipByteOrderMark() throws(JSONError) {
    guard try window.peek() == 0xEF else { return }
    for expected: UInt8 in [0xEF, 0xBB, 0xBF] {
      guard try window.peek() == expected else { throw JSONError(.notRecords, at: window.offset) }
      window.advance()
    }
  }

  // MARK: Elements of an array

  private func element(first: Bool, isPage: Bool) throws(JSONError) -> Ahead {
    try window.skipSpace()
    guard let byte = try window.peek() else { throw JSONError(.truncated, at: window.offset) }
    if byte == UInt8(ascii: "]") {
      window.advance()
      return try isPage ? members(afterList: true) : end()
    }
    if !first {
      guard byte == UInt8(ascii: ",") else { throw JSONError(.badSyntax, at: window.offset) }
      window.advance()
      try window.skipSpace()
    }
    state = isPage ? .page(first: false) : .array(first: false)
    return try record()
  }

  private func record() throws(JSONError) -> Ahead {
    guard let byte = try window.peek() else { throw JSONError(.truncated, at: window.offset) }
    guard byte == UInt8(ascii: "{") else { throw JSONError(.notRecords, at: window.offset) }
    recordOffset = window.offset
    return .record
  }

  private func end() throws(JSONError) -> Ahead {
    try window.skipSpace()
    guard try window.peek() == nil else { throw JSONError(.trailingText, at: window.offset) }
    state = .end
    return .end
  }

  // MARK: Members of a page

  /// Reads an object that may turn out to be the first of one record a line; until then its bytes are kept.
  private func page() throws(JSONError) -> Ahead {
    recordOffset = window.offset
    window.hold()
    window.advance()
    return try members(afterList: false)
  }

  /// An object has ended without a list in it.
  private func loneObject() throws(JSONError) -> Ahead {
    guard !isPage else { throw JSONError(.notRecords, at: recordOffset) }
    envelope = []
    state = .lines
    return .behind(window.release())
  }

  /// Reads members up to the list's first record, or behind the list up to the end.
  private func members(afterList: Bool) throws(JSONError) -> Ahead {
    var needsComma = afterList
    while true {
      try window.skipSpace()
      guard let byte = try window.peek() else { throw JSONError(.truncated, at: window.offset) }
      if byte == UInt8(ascii: "}") {
        window.advance()
        return try afterList ? end() : loneObject()
      }
      if needsComma {
        guard byte == UInt8(ascii: ",") else { throw JSONError(.badSyntax, at: window.offset) }
        window.advance()
        try window.skipSpace()
      }
      needsComma = true
      let name = try memberName()
      if Self.isList(name), try window.peek() == UInt8(ascii: "[") {
        guard !afterList else { throw JSONError(.duplicateName(name), at: window.offset) }
        window.advance()
        window.release()
        listName = name
        return try element(first: true, isPage: true)
      }
      try keep(name)
    }
  }

  /// Reads a name and its colon and stops in front of the value.
  private func memberName() throws(JSONError) -> String {
    guard let byte = try window.peek() else { throw JSONError(.truncated, at: window.offset) }
    guard byte == UInt8(ascii: "\"") else { throw JSONError(.badSyntax, at: window.offset) }
    let name = try parsed().stringValue ?? ""
    try window.skipSpace()
    guard let colon = try window.peek() else { throw JSONError(.truncated, at: window.offset) }
    guard colon == UInt8(ascii: ":") else { throw JSONError(.badSyntax, at: window.offset) }
    window.advance()
    try window.skipSpace()
    return name
  }

  private func keep(_ name: String) throws(JSONError) {
    let offset = window.offset
    guard !envelope.contains(where: { $0.name == name }) else { throw JSONError(.duplicateName(name), at: offset) }
    envelope.append(JSONMember(name, try parsed()))
  }

  private func parsed() throws(JSONError) -> JSONValue {
    let offset = window.offset
    let bytes = try window.value()
    do {
      return try JSONValue(parsing: bytes)
    } catch {
      throw error.shifted(by: offset)
    }
  }

  private static func isList(_ name: String) -> Bool {
    switch name.lowercased() {
    case "value", "records": true
    default: false
    }
  }

  // MARK: One object a line

  private func line() throws(JSONError) -> Ahead {
    let isSeparated = try window.skipSpace()
    guard try window.peek() != nil else { return try end() }
    guard isSeparated else { throw JSONError(.trailingText, at: window.offset) }
    return try record()
  }
}
