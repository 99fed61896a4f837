/// Why a CSV text cannot be read or written, and where.
package struct CSVError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The physical line where the row starts, from 1; 0 when the file as a whole is meant.
  package let line: Int
  /// The cell within the row, from 1; 0 when the row or the file as a whole is meant.
  package let column: Int
  /// What kind of mistake it is.
  package let kind: Kind
  /// One sentence without place and without a final stop.
  package let message: String

  /// What can be wrong with a CSV text.
  package enum Kind: Hashable, Sendable {
    /// A quote in the wrong place, an uneven row, or a limit that was crossed.
    case syntax
    /// NUL, a byte order mark inside the file, or bytes that are not UTF-8.
    case encoding
    /// The file cannot be opened, read or written.
    case file
  }

  /// An error at a place.
  package init(line: Int, column: Int, kind: Kind = .syntax, message: String) {
    self.line = line
    self.column = column
    self.kind = kind
    self.message = message
  }

  /// An error of the file as a whole: it cannot be opened, read or written.
  package init(file message: String) {
    self.init(line: 0, column: 0, kind: .file, message: message)
  }

  /// `12:3: message`; without a place for an error of the whole file.
  package var description: String {
    line == 0 ? message : "\(line):\(column): \(message)"
  }
}
