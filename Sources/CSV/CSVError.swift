/// Why a CSV text cannot be read or written, and where.
package struct CSVError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The physical line where the row starts, from 1; 0 when the file as a whole is meant.
  package let line: Int
  /// The cell within the row, from 1; 0 when the row or the file as a whole is meant.
  package let column: Int
  /// One sentence without place and without a final stop.
  package let message: String

  /// An error at a place.
  package init(line: Int, column: Int, message: String) {
    self.line = line
    self.column = column
    self.message = message
  }

  /// An error of the file as a whole: it cannot be opened, read or written.
  package init(file message: String) {
    self.init(line: 0, column: 0, message: message)
  }

  /// `12:3: message`; without a place for an error of the whole file.
  package var description: String {
    line == 0 ? message : "\(line):\(column): \(message)"
  }
}
