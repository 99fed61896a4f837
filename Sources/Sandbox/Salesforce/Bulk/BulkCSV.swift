/// CSV that does not keep to the rules of ingest jobs, in the words of the job's error.
struct BulkCSVError: Error {
  let message: String
}

/// Reads the records of an upload, as strictly as the service does.
struct BulkCSV {
  private let bytes: [UInt8]
  private let separator: UInt8
  private let format: BulkFormat
  private var position = 0
  private var row = 0

  init(_ bytes: [UInt8], _ format: BulkFormat) {
    self.bytes = bytes
    self.format = format
    separator = format.separator.utf8.first ?? UInt8(ascii: ",")
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The next record; nil at the end.
  ///
  /// Empty lines are passed over.
  mutating func next() throws -> [String]? {
    while position < bytes.count, try takeLineEnd() {}
    guard position < bytes.count else { return nil }
    row += 1
    var values: [String] = []
    var length = 0
    while true {
      let value = try value()
      length += value.utf8.count
      values.append(value)
      if length > 400_000 || values.count > 5000 { throw broken("the record is too long") }
      if position >= bytes.count { return values }
      if bytes[position] == separator {
        position += 1
      } else if try takeLineEnd() {
        return values
      } else {
        throw broken("a quoted value must end with its quote")
      }
    }
  }

  private mutating func value() throws -> String {
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return try plain() }
    position += 1
    var text: [UInt8] = []
    var start = position
    while position < bytes.count {
      guard bytes[position] == UInt8(ascii: "\"") else {
        position += 1
        continue
      }
      text.append(contentsOf: bytes[start..<position])
      position += 1
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
        return String(decoding: text, as: UTF8.self)
      }
      start = position
      position += 1
    }
    throw broken("a quote is not closed")
  }

  private mutating func plain() throws -> String {
    let start = position
    while position < bytes.count, bytes[position] != separator, bytes[position] != 10, bytes[position] != 13 {
      if bytes[position] == UInt8(ascii: "\"") { throw broken("a quote stands inside a value without quotes") }
      position += 1
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// Takes the end of a line.
  ///
  /// - Throws: when it is not the one that the job has declared.
  private mutating func takeLineEnd() throws -> Bool {
    let isReturn = bytes[position] == 13
    guard isReturn || bytes[position] == 10 else { return false }
    let isBoth = isReturn && position + 1 < bytes.count && bytes[position + 1] == 10
    guard format.lineEnding == "CRLF" ? isBoth : !isReturn else {
      throw BulkCSVError(
        message: "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is "
          + format.lineEnding)
    }
    position += isBoth ? 2 : 1
    return true
  }

  private func broken(_ message: String) -> BulkCSVError {
    BulkCSVError(message: "ClientInputError : Failed to parse CSV in row \(row): \(message)")
  }
}
