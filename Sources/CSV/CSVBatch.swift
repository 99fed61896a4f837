/// The rows of one block, and how far the file has been understood.
///
/// libcsv calls back with a cell's content but not with its place. The place follows from what is known: a cell begins
/// where the one before it ended; its first byte tells whether it is quoted; a quoted cell is longer in the file than
/// its content by two quotes and by one for each quote inside; and only a quoted cell can hold line breaks.
struct CSVBatch {
  private(set) var bytes: [UInt8] = []
  private(set) var cells: [CSVCellSpan] = []
  private(set) var rows: [CSVRowSpan] = []
  /// The first mistake; nothing after it is looked at.
  private(set) var failure: CSVError?

  /// The block that libcsv is reading, and where it lies in the file.
  private var block = UnsafeRawBufferPointer(start: nil, count: 0)
  private var blockOffset = 0
  private var blockNeedsInspection = false
  /// Whether the open cell has bytes of a block that needs inspection.
  private var cellNeedsInspection = false

  /// Where the open cell begins in the file, in bytes.
  private(set) var position = 0
  /// Whether the open cell is quoted, once a block that is gone held its first byte.
  private var openCellIsQuoted: Bool?
  private var line = 1
  private var followsCarriageReturn = false

  private var firstOpenCell = 0
  private var openRowLine = 1
  private var width: Int?
  private let options: CSVOptions

  private static let quote: UInt8 = 0x22
  private static let rowLimit = 1 << 28

  init(options: CSVOptions) {
    self.options = options
  }

  // MARK: Blocks

  /// Takes a block into view and forgets the rows handed out; the cells of an unfinished row stay.
  mutating func open(_ block: UnsafeRawBufferPointer, at offset: Int) {
    dropRows()
    self.block = block
    blockOffset = offset
    blockNeedsInspection = !CSVBytes.isPlain(block)
    cellNeedsInspection = cellNeedsInspection || blockNeedsInspection
  }

  /// Lets go of the block's memory, remembering the one byte of it that is still needed.
  mutating func closeBlock() {
    if openCellIsQuoted == nil, position < blockOffset + block.count {
      openCellIsQuoted = block[position - blockOffset] == Self.quote
    }
    blockOffset += block.count
    block = UnsafeRawBufferPointer(start: nil, count: 0)
    blockNeedsInspection = false
  }

  /// Passes over bytes that hold no cell: a byte order mark.
  mutating func skip(_ count: Int) {
    position += count
  }

  /// Passes over a row that was not parsed: so many bytes and line breaks, and its line end, nil at the end of the file.
  mutating func pass(_ count: Int, lineBreaks: Int, terminator: UInt8?) {
    position += count + (terminator == nil ? 0 : 1)
    line += lineBreaks + (terminator == nil ? 0 : 1)
    followsCarriageReturn = terminator == 0x0D
  }

  /// Passes over a comment line that ends with `terminator`, nil at the end of the file.
  mutating func skipComment(_ count: Int, terminator: UInt8?) {
    position += count
    followsCarriageReturn = false
    if terminator != nil { line += 1 }
  }

  private mutating func dropRows() {
    let open = cells.count - firstOpenCell
    let kept = open == 0 ? bytes.count : Int(cells[firstOpenCell].start)
    let carried = cells[firstOpenCell...].map { cell in
      CSVCellSpan(start: cell.start - UInt32(kept), count: cell.count, position: cell.position)
    }
    let carriedBytes = Array(bytes[kept...])
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: carriedBytes)
    cells.removeAll(keepingCapacity: true)
    cells.append(contentsOf: carried)
    rows.removeAll(keepingCapacity: true)
    firstOpenCell = 0
  }

  // MARK: What libcsv reports

  /// A cell ended.
  mutating func endCell(_ content: UnsafeRawBufferPointer) {
    guard failure == nil else { return }
    if cells.count == firstOpenCell { openRowLine = line }
    guard content.count <= options.cellLimit else { return fail(tooLong) }
    guard cells.count - firstOpenCell < options.columnLimit else {
      return fail("more than \(options.columnLimit) cells in one row")
    }
    guard bytes.count + content.count < Self.rowLimit else { return fail("the row is too long") }
    if cellNeedsInspection, let problem = CSVBytes.problem(in: content, allowsMarks: options.allowsInnerMarks) {
      return fail(problem, .encoding)
    }
    cells.append(
      CSVCellSpan(start: UInt32(bytes.count), count: UInt32(content.count), position: position))
    bytes.append(contentsOf: content.bindMemory(to: UInt8.self))
    advance(over: content)
  }

  /// A row ended with this byte, or with -1 at the end of the file; or a line was empty.
  mutating func endRow(_ terminator: Int32) {
    guard failure == nil else { return }
    let count = cells.count - firstOpenCell
    if count > 0 {
      rows.append(CSVRowSpan(firstCell: firstOpenCell, cellCount: count, line: openRowLine))
      checkWidth(count)
      firstOpenCell = cells.count
    } else {
      position += 1
    }
    if !(terminator == 0x0A && followsCarriageReturn && count == 0) { line += 1 }
    followsCarriageReturn = terminator == 0x0D
  }

  /// Notes that libcsv stopped at a stray quote.
  mutating func failAtQuote() {
    guard failure == nil else { return }
    fail("a quote in the wrong place: a cell with quotes must be quoted as a whole and its quotes doubled")
  }

  /// Notes that the file ended inside a quoted cell.
  mutating func failAtEnd() {
    guard failure == nil else { return }
    fail("the quote that opens this cell is never closed")
  }

  /// Notes that the cell being read has outgrown the limit.
  mutating func failTooLong() {
    guard failure == nil else { return }
    fail(tooLong)
  }

  /// Notes an error of the file as a whole.
  mutating func fail(_ error: CSVError) {
    guard failure == nil else { return }
    failure = error
  }

  private var tooLong: String { "the cell is longer than \(options.cellLimit) bytes" }

  private mutating func fail(_ message: String, _ kind: CSVError.Kind = .syntax) {
    let count = cells.count - firstOpenCell
    failure = CSVError(line: count == 0 ? line : openRowLine, column: count + 1, kind: kind, message: message)
  }

  private mutating func advance(over content: UnsafeRawBufferPointer) {
    var length = content.count
    if openCellIsQuoted ?? isQuote(at: position) {
      let tally = CSVBytes.tally(content)
      length += 2 + tally.quotes
      line += tally.lineBreaks
    }
    position += length + 1
    openCellIsQuoted = nil
    followsCarriageReturn = false
    cellNeedsInspection = blockNeedsInspection
  }

  private func isQuote(at position: Int) -> Bool {
    let index = position - blockOffset
    return index >= 0 && index < block.count && block[index] == Self.quote
  }

  private mutating func checkWidth(_ count: Int) {
    guard options.evenRows else { return }
    guard let width else {
      self.width = count
      return
    }
    guard count != width else { return }
    rows.removeLast()
    let message = "the row has \(count) cells, the first row has \(width)"
    failure = CSVError(line: openRowLine, column: min(count, width) + 1, message: message)
  }
}
