import Model

/// One cell of a mapping file: its text without blanks at the ends, and its place.
struct MappingCell: Hashable, Sendable {
  let text: String
  let file: String
  let line: Int
  let column: Int

  /// Whether there is no text.
  var isEmpty: Bool { text.isEmpty }

  /// A mistake at this cell.
  func mistake(_ code: Code, _ message: String) -> MappingDiagnostic {
    MappingDiagnostic(file: file, line: line, column: column, code: code, message: message)
  }
}
