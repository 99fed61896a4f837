import Glibc

/// Writes CSV (RFC 4180, UTF-8, rows end with LF) into memory, to a descriptor, or to a file that appears only when it
/// is complete.
///
/// A cell is quoted when it holds the delimiter, a quote, a line break or a blank at its edge, when it begins with `#`
/// or a byte order mark, and when it is the only cell of its row and empty: what is written is read back exactly.
/// NUL, which the reader refuses, is written as U+FFFD.
package struct CSVWriter: ~Copyable {
  private enum Target {
    case memory
    case descriptor(Int32)
  }

  private var buffer: [UInt8] = []
  private let target: Target
  private var file: AtomicFile?
  private let delimiter: UInt8

  private static let flushSize = 1 << 20

  /// A writer into memory; `bytes` holds what was written.
  package init(delimiter: UInt8 = 0x2C) {
    target = .memory
    file = nil
    self.delimiter = delimiter
  }

  /// A writer to an open descriptor, which stays open.
  package init(descriptor: Int32, delimiter: UInt8 = 0x2C) {
    target = .descriptor(descriptor)
    file = nil
    self.delimiter = delimiter
  }

  /// A writer of a file that replaces `path` in `finish()` as a whole: temporary file, fsync, rename.
  ///
  /// Without `finish()` the old file stays as it was. `mode` holds the permission bits.
  package init(replacing path: String, mode: UInt32 = 0o644, delimiter: UInt8 = 0x2C) throws(CSVError) {
    let file = try AtomicFile(path: path, mode: mode)
    target = .descriptor(file.descriptor)
    self.file = consume file
    self.delimiter = delimiter
  }

  /// What is written and not yet flushed; in memory, all of it.
  package var bytes: [UInt8] { buffer }

  /// Writes a byte order mark, by which spreadsheets recognise UTF-8; at the start only.
  package mutating func writeByteOrderMark() {
    buffer += [0xEF, 0xBB, 0xBF]
  }

  /// Writes a row of cells.
  package mutating func write(_ cells: [CSVCell]) throws(CSVError) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { buffer.append(delimiter) }
      append(cell, isOnly: cells.count == 1)
    }
    try endRow()
  }

  /// Writes a row of texts as they are, without making them harmless: headers and the tool's own words.
  package mutating func write(contents: [String]) throws(CSVError) {
    for (index, content) in contents.enumerated() {
      if index > 0 { buffer.append(delimiter) }
      append(content, isOnly: contents.count == 1)
    }
    try endRow()
  }

  /// Writes a row of so many texts from outside, given as UTF-8, as if each were a `CSVCell.text`.
  ///
  /// Most are plainly harmless, which bytes tell faster than characters: they are copied, and no text is made of them.
  package mutating func write(
    _ count: Int, texts text: (Int) -> UnsafeRawBufferPointer
  ) throws(CSVError) {
    for index in 0..<count {
      if index > 0 { buffer.append(delimiter) }
      let bytes = text(index)
      if CSVText.isPlainlyHarmless(bytes, delimiter: delimiter) {
        buffer.append(contentsOf: bytes)
      } else if count == 1 || !bytes.isEmpty {
        append(CSVText.shown(String(decoding: bytes, as: UTF8.self)), isOnly: count == 1)
      }
    }
    try endRow()
  }

  /// Flushes, and lets the file take its place; call it once, at the end.
  package mutating func finish() throws(CSVError) {
    try flush()
    try file?.commit()
  }

  /// Hands what was written to the descriptor; does nothing in memory.
  package mutating func flush() throws(CSVError) {
    switch target {
    case .memory: return
    case .descriptor(let descriptor):
      try AtomicFile.write(buffer, to: descriptor)
      buffer.removeAll(keepingCapacity: true)
    }
  }

  private mutating func endRow() throws(CSVError) {
    buffer.append(0x0A)
    if buffer.count >= Self.flushSize { try flush() }
  }

  /// A text that is plainly harmless is its own content, as a number too.
  private mutating func append(_ cell: CSVCell, isOnly: Bool) {
    switch cell {
    case .text(let text), .number(let text):
      let isHarmless = text.utf8.withContiguousStorageIfAvailable { bytes in
        CSVText.isPlainlyHarmless(UnsafeRawBufferPointer(bytes), delimiter: delimiter)
      }
      if isHarmless == true { return buffer.append(contentsOf: text.utf8) }
    case .empty: break
    }
    append(cell.content, isOnly: isOnly)
  }

  private mutating func append(_ content: String, isOnly: Bool) {
    let bytes = content.utf8
    guard Self.needsQuotes(bytes, delimiter: delimiter) || (isOnly && bytes.isEmpty) else {
      return buffer.append(contentsOf: bytes)
    }
    buffer.append(0x22)
    for byte in bytes {
      if byte == 0x22 {
        buffer += [0x22, 0x22]
      } else if byte == 0 {
        buffer += [0xEF, 0xBF, 0xBD]
      } else {
        buffer.append(byte)
      }
    }
    buffer.append(0x22)
  }

  private static func needsQuotes(_ bytes: String.UTF8View, delimiter: UInt8) -> Bool {
    guard let first = bytes.first, let last = bytes.last else { return false }
    if [0x20, 0x09, 0x23, 0xEF].contains(first) || last == 0x20 || last == 0x09 { return true }
    return bytes.contains { byte in
      byte == delimiter || byte == 0x22 || byte == 0x0A || byte == 0x0D || byte == 0
    }
  }
}
