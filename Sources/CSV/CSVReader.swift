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
  /// What was read of the file and not handed to libcsv yet, behind what was.
  private var block: [UInt8] = []
  private var parsed = 0
  /// Where the block lies in the file.
  private var offset = 0
  private var isAtEnd = false
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
      fill()
    }
  }

  /// The next row, parsed from no more bytes than its own, which `see` is shown without the line end; nil at the end of
  /// the file.
  ///
  /// Nothing is shown of a row that is longer than a cell may be, or that ends with CR alone.
  package mutating func next(seeing see: (UnsafeRawBufferPointer) -> Void) throws(CSVError) -> CSVRow? {
    guard !options.comments else { return try next() }
    while nextRow == batch.pointee.rows.count, batch.pointee.failure == nil, !isFinished {
      let count = isBetweenRows ? rowExtent() : load(1)
      let first = parsed
      hand(count)
      guard count > 0 else {
        finish()
        break
      }
      if batch.pointee.rows.count == 1, isBetweenRows {
        block.withUnsafeBytes {
          see(Self.withoutLineEnd(UnsafeRawBufferPointer(rebasing: $0[first..<(first + count)])))
        }
      }
    }
    return try next()
  }

  /// Steps over the next row if it has so many bytes, without its line end, and they are known; false when not.
  package mutating func pass(_ count: Int, if isKnown: (UnsafeRawBufferPointer) -> Bool) throws(CSVError) -> Bool {
    if let failure = batch.pointee.failure, nextRow == batch.pointee.rows.count { throw failure }
    guard isStarted, !options.comments, nextRow == batch.pointee.rows.count, isBetweenRows else { return false }
    while load(1) > 0, Self.isLineEnd(block[parsed]) { hand(1) }
    let available = load(count + 1)
    guard available >= count, count > 0 else { return false }
    let end = available > count ? block[parsed + count] : nil
    guard end.map(Self.isLineEnd) ?? true else { return false }
    let lines = block.withUnsafeBytes { bytes in
      let row = UnsafeRawBufferPointer(rebasing: bytes[parsed..<(parsed + count)])
      return isKnown(row) ? CSVBytes.lineBreaks(row) : nil
    }
    guard let lines else { return false }
    batch.pointee.pass(count, lineBreaks: lines, terminator: end)
    parsed += count + (end == nil ? 0 : 1)
    return true
  }

  // MARK: Blocks

  private mutating func fill() {
    guard !options.comments else { return readWhole() }
    let count = load(1)
    hand(count)
    if count == 0 { finish() }
  }

  private mutating func readWhole() {
    do throws(CSVError) {
      try source.readAll(into: &block, limit: Self.editedFileLimit)
    } catch {
      return batch.pointee.fail(error)
    }
    hand(block.count)
    finish()
  }

  /// Reads until so many bytes are there that were not handed over, or the file ends; how many there are.
  private mutating func load(_ count: Int) -> Int {
    while block.count - parsed < count, !isAtEnd, batch.pointee.failure == nil {
      block.removeFirst(parsed)
      offset += parsed
      parsed = 0
      do throws(CSVError) {
        isAtEnd = try !source.append(to: &block, size: max(Self.smallestBlock, options.blockSize))
      } catch {
        batch.pointee.fail(error)
      }
    }
    return block.count - parsed
  }

  /// Hands the next bytes to libcsv; the rows before them must have been handed out.
  private mutating func hand(_ count: Int) {
    nextRow = 0
    block.withUnsafeBytes { bytes in
      let part = UnsafeRawBufferPointer(rebasing: bytes[parsed..<(parsed + count)])
      batch.pointee.open(part, at: offset + parsed)
      var rest = part[...]
      if !isStarted { rest = rest.dropFirst(mark(in: part)) }
      if options.comments { parseLines(rest) } else { parse(rest) }
      batch.pointee.closeBlock()
    }
    isStarted = true
    parsed += count
  }

  // MARK: Rows

  /// Whether libcsv waits for the first byte of a row.
  private var isBetweenRows: Bool { parser.pointee.pstate == 0 }

  /// How many bytes make up the next row with its line end, as far as its quotes tell; all that is there of a row that has
  /// no end in sight.
  private mutating func rowExtent() -> Int {
    var scanned = 0
    var quotes = 0
    var available = load(1)
    while true {
      let (end, count) = block.withUnsafeBytes { bytes in
        CSVBytes.lineEnd(UnsafeRawBufferPointer(rebasing: bytes[parsed...]), from: scanned)
      }
      quotes += count
      if let end {
        if quotes.isMultiple(of: 2) { return end + 1 }
        scanned = end + 1
        continue
      }
      scanned = available
      guard available <= options.cellLimit else { return available }
      let more = load(available + 1)
      guard more > available else { return available }
      available = more
    }
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private static func withoutLineEnd(_ row: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var count = row.count
    while count > 0, isLineEnd(row[count - 1]) { count -= 1 }
    return UnsafeRawBufferPointer(rebasing: row[..<count])
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
