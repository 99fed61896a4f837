import CCSV

/// Reads CSV (RFC 4180, UTF-8) row by row with libcsv in strict mode.
///
/// Rows end with LF, CR LF or CR; empty lines are passed over; blanks belong to their cell. A stray or unclosed quote,
/// NUL, a byte order mark inside the file, bytes that are not UTF-8, an oversized cell or row: all are errors with their
/// place. Rows before the mistake are handed out first. After an error every further call throws it again.
///
/// The reader holds one block of the file and the rows of that block, never more.
package struct CSVReader: ~Copyable {
  private let source: CSVSource
  private var block: [UInt8] = []
  private var offset = 0
  private var nextRow = 0
  private var isStarted = false
  private var isFinished = false
  private let options: CSVOptions
  private let parser: UnsafeMutablePointer<csv_parser>
  private let batch: UnsafeMutablePointer<CSVBatch>

  /// A block holds at least a byte order mark, in bytes.
  private static let smallestBlock = 4
  /// The greatest size of a file with comment lines, in bytes: it is read whole.
  private static let editedFileLimit = 1 << 26

  /// A reader of a file; throws when it cannot be opened.
  package init(path: String, options: CSVOptions = CSVOptions()) throws(CSVError) {
    self.init(source: try CSVSource(path: path), options: options)
  }

  /// A reader of bytes in memory.
  package init(bytes: [UInt8], options: CSVOptions = CSVOptions()) {
    self.init(source: CSVSource(bytes), options: options)
  }

  private init(source: CSVSource, options: CSVOptions) {
    self.source = source
    self.options = options
    parser = .allocate(capacity: 1)
    batch = .allocate(capacity: 1)
    batch.initialize(to: CSVBatch(options: options))
    csv_init(parser, UInt8(CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL))
    csv_set_delim(parser, options.delimiter)
    csv_set_space_func(parser) { _ in 0 }
  }

  deinit {
    csv_free(parser)
    parser.deallocate()
    batch.deinitialize(count: 1)
    batch.deallocate()
  }

  /// The next row; nil at the end of the file.
  package mutating func next() throws(CSVError) -> CSVRow? {
    while true {
      if nextRow < batch.pointee.rows.count {
        let span = batch.pointee.rows[nextRow]
        nextRow += 1
        return CSVRow(buffer: batch.pointee.bytes, cells: batch.pointee.cells, span: span)
      }
      if let failure = batch.pointee.failure { throw failure }
      guard !isFinished else { return nil }
      nextRow = 0
      fill()
    }
  }

  // MARK: Blocks

  private mutating func fill() {
    do throws(CSVError) {
      if options.comments {
        try source.readAll(into: &block, limit: Self.editedFileLimit)
      } else {
        try source.read(into: &block, size: max(Self.smallestBlock, options.blockSize))
      }
    } catch {
      return batch.pointee.fail(error)
    }
    block.withUnsafeBytes { bytes in
      batch.pointee.open(bytes, at: offset)
      var rest = bytes[...]
      if !isStarted { rest = rest.dropFirst(mark(in: bytes)) }
      if options.comments { parseLines(rest) } else { parse(rest) }
      batch.pointee.closeBlock()
    }
    isStarted = true
    offset += block.count
    if block.isEmpty || options.comments { finish() }
  }

  /// The length of the byte order mark at the start of the file; UTF-16 is refused by name.
  private func mark(in bytes: UnsafeRawBufferPointer) -> Int {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      batch.pointee.fail(
        CSVError(line: 1, column: 1, kind: .encoding, message: "the file is UTF-16; save it as UTF-8"))
    }
    guard bytes.starts(with: [0xEF, 0xBB, 0xBF]) else { return 0 }
    batch.pointee.skip(3)
    return 3
  }

  /// Hands bytes to libcsv.
  ///
  /// In strict mode it tells of a stray quote only by taking fewer bytes than it was given.
  private func parse(_ bytes: Slice<UnsafeRawBufferPointer>) {
    let bytes = UnsafeRawBufferPointer(rebasing: bytes)
    guard !bytes.isEmpty, batch.pointee.failure == nil else { return }
    let consumed = csv_parse(parser, bytes.baseAddress, bytes.count, Self.cellEnded, Self.rowEnded, batch)
    if consumed < bytes.count { return batch.pointee.failAtQuote() }
    if parser.pointee.entry_pos > options.cellLimit { batch.pointee.failTooLong() }
  }

  /// Hands over line by line, so that a comment can be told from a line of a quoted cell.
  private func parseLines(_ bytes: Slice<UnsafeRawBufferPointer>) {
    var rest = bytes
    while let first = rest.first, batch.pointee.failure == nil {
      let line = Self.firstLine(of: rest)
      if first == 0x23, parser.pointee.quoted == 0 {
        let last = line.last ?? 0
        batch.pointee.skipComment(line.count, terminator: last == 0x0A || last == 0x0D ? last : nil)
      } else {
        parse(line)
      }
      rest = rest[line.endIndex...]
    }
  }

  /// Up to and with the next LF, CR LF or CR.
  private static func firstLine(of bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
    guard let end = bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return bytes }
    let isPair = bytes[end] == 0x0D && end + 1 < bytes.endIndex && bytes[end + 1] == 0x0A
    return bytes[..<(end + (isPair ? 2 : 1))]
  }

  private mutating func finish() {
    isFinished = true
    guard batch.pointee.failure == nil else { return }
    if csv_fini(parser, Self.cellEnded, Self.rowEnded, batch) != 0 { batch.pointee.failAtEnd() }
  }

  // MARK: Callbacks

  private static let cellEnded: @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
    content, count, batch in
    batch?.assumingMemoryBound(to: CSVBatch.self).pointee
      .endCell(UnsafeRawBufferPointer(start: content, count: count))
  }

  private static let rowEnded: @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void = { terminator, batch in
    batch?.assumingMemoryBound(to: CSVBatch.self).pointee.endRow(terminator)
  }
}
