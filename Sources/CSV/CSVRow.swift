/// One row: slices of a shared buffer, from which a text is made only on demand.
///
/// A row is a value. Whoever keeps one past the next call of `CSVReader.next()` keeps its buffer alive as well, which
/// costs memory but is safe.
package struct CSVRow: Sendable {
  private let buffer: [UInt8]
  private let cells: [CSVCellSpan]
  private let first: Int

  /// The number of cells.
  package let count: Int
  /// The physical line where the row starts, from 1.
  package let line: Int

  init(buffer: [UInt8], cells: [CSVCellSpan], span: CSVRowSpan) {
    self.buffer = buffer
    self.cells = cells
    first = span.firstCell
    count = span.cellCount
    line = span.line
  }

  /// The text of a cell, from 0; empty when the row has no such cell.
  package func text(_ index: Int) -> String {
    String(decoding: bytes(index), as: UTF8.self)
  }

  /// The bytes of a cell without its quotes; empty when the row has no such cell.
  package func bytes(_ index: Int) -> ArraySlice<UInt8> {
    guard index >= 0, index < count else { return [] }
    let cell = cells[first + index]
    return buffer[Int(cell.start)..<Int(cell.start + cell.count)]
  }

  /// Whether a cell is empty or missing.
  package func isEmpty(_ index: Int) -> Bool {
    guard index >= 0, index < count else { return true }
    return cells[first + index].count == 0
  }

  /// Whether all cells are empty, as in a line of nothing but commas.
  package var isBlank: Bool {
    (0..<count).allSatisfy(isEmpty)
  }

  /// Where a cell begins in the file, in bytes from 0; nil when the row has no such cell.
  package func position(_ index: Int) -> Int? {
    guard index >= 0, index < count else { return nil }
    return cells[first + index].position
  }

  /// The texts of all cells.
  package var texts: [String] {
    (0..<count).map(text)
  }

  /// An error at a cell of this row, from 0.
  package func error(at index: Int, _ message: String) -> CSVError {
    CSVError(line: line, column: index + 1, message: message)
  }
}

/// Where a cell's content lies in the buffer, and where the cell begins in the file.
struct CSVCellSpan: Sendable {
  let start: UInt32
  let count: UInt32
  let position: Int
}

/// Which cells make up a row.
struct CSVRowSpan: Sendable {
  let firstCell: Int
  let cellCount: Int
  let line: Int
}
