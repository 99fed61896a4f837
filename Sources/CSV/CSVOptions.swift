/// How a CSV text is read.
package struct CSVOptions: Sendable {
  /// The byte between two cells.
  package var delimiter: UInt8 = 0x2C
  /// Whether a line whose first character is `#` is passed over.
  ///
  /// Such a file is read whole: meant for small files.
  package var comments = false
  /// Whether every row must have as many cells as the first one.
  package var evenRows = false
  /// Whether a byte order mark inside the file is text like any other.
  ///
  /// In a file it tells of two files put together. A service hands out whatever people pasted into its fields.
  package var allowsInnerMarks = false
  /// The greatest number of bytes in one cell.
  package var cellLimit = 1 << 20
  /// The greatest number of cells in one row.
  package var columnLimit = 4096
  /// How many bytes are read at a time.
  package var blockSize = 1 << 20

  /// The options for an exported file: comma, no comments, rows of any width.
  package init() {}

  /// The options for a file that people edit: with comment lines.
  package static var edited: CSVOptions {
    var options = CSVOptions()
    options.comments = true
    return options
  }

  /// The options for a table: every row as wide as the header.
  package static var table: CSVOptions {
    var options = CSVOptions()
    options.evenRows = true
    return options
  }
}
