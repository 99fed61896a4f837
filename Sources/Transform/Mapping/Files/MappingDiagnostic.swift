package import Model

/// One mistake in a mapping file, with its place.
package struct MappingDiagnostic: Error, Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The file as a person names it: `mappings/fields.csv`.
  package let file: String
  /// The physical line where the row starts, from 1.
  package let line: Int
  /// The cell within the row, from 1.
  package let column: Int
  /// The kind of mistake.
  package let code: Code
  /// One sentence, with a suggestion where there is one.
  package let message: String

  /// Whether it says what may go wrong rather than what does.
  package var isWarning: Bool { code.rawValue.hasPrefix("N") }

  /// The line that is printed.
  ///
  /// `mappings/fields.csv:12:4: unknown direction "allways"; did you mean "always"?`
  package var description: String { "\(file):\(line):\(column): \(message)" }

  package static func < (left: MappingDiagnostic, right: MappingDiagnostic) -> Bool {
    (left.file, left.line, left.column, left.message) < (right.file, right.line, right.column, right.message)
  }
}

/// All mistakes of all mapping files, sorted by file, line and cell.
package struct MappingMistakes: Error, Sendable, CustomStringConvertible {
  /// At least one.
  package let diagnostics: [MappingDiagnostic]

  init(_ diagnostics: [MappingDiagnostic]) {
    self.diagnostics = Set(diagnostics).sorted()
  }

  /// One line for each mistake.
  package var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
