import CSV
import Model

/// The rows of one mapping file, after everything that concerns form alone was checked.
struct MappingTable {
  /// A row: its cells by the name of their column.
  struct Row {
    private let cells: [String: MappingCell]
    /// The line, from 1.
    let line: Int

    init(cells: [String: MappingCell], line: Int) {
      self.cells = cells
      self.line = line
    }

    /// The cell of a column; an empty one at the start of the row when the file has no such column.
    subscript(column: Column) -> MappingCell {
      cells[column.name] ?? MappingCell(text: "", file: column.file, line: line, column: 1)
    }
  }

  /// A column that a file may have.
  struct Column {
    let name: String
    let file: String
    let isOptional: Bool

    init(_ name: String, of file: String, isOptional: Bool = false) {
      self.name = name
      self.file = file
      self.isOptional = isOptional
    }
  }

  private(set) var rows: [Row] = []
  private(set) var mistakes: [MappingDiagnostic] = []
  private let file: String
  private let columns: [Column]
  /// The column of each cell; nil for an unknown one.
  private var header: [Column?] = []

  /// Reads a file's bytes; the header names the columns in any order and case.
  init(file: String, bytes: [UInt8], columns: [Column]) {
    self.file = file
    self.columns = columns
    var reader = CSVReader(bytes: bytes, options: .edited)
    do throws(CSVError) {
      guard let first = try reader.next() else {
        mistakes.append(mistake(line: 1, .mappingSyntax, "the file has no header row"))
        return
      }
      readHeader(first)
      while let row = try reader.next() { read(row) }
    } catch {
      mistakes.append(diagnostic(of: error))
    }
  }

  private mutating func readHeader(_ row: CSVRow) {
    let names = columns.map(\.name)
    for index in 0..<row.count {
      let text = PlainText.trimmed(row.text(index))
      let column = columns.first { $0.name == text.lowercased() }
      let cell = MappingCell(text: text, file: file, line: row.line, column: index + 1)
      if column == nil {
        mistakes.append(
          cell.mistake(.mappingUnknownColumn, "unknown column \"\(text)\"" + Spelling.advice(for: text, among: names)))
      } else if header.contains(where: { $0?.name == column?.name }) {
        mistakes.append(cell.mistake(.mappingDuplicate, "the column \"\(text)\" stands twice"))
      }
      header.append(column)
    }
    for column in columns where !column.isOptional && !header.contains(where: { $0?.name == column.name }) {
      mistakes.append(mistake(line: row.line, .mappingMissingColumn, "the column \"\(column.name)\" is missing"))
    }
  }

  private mutating func read(_ row: CSVRow) {
    guard !row.isBlank else { return }
    let extra = (header.count..<max(header.count, row.count)).first { !row.isEmpty($0) }
    if row.count < header.count || extra != nil {
      let place = MappingCell(text: "", file: file, line: row.line, column: (extra ?? row.count) + 1)
      let message = "the row has \(row.count) cells, the header has \(header.count)"
      mistakes.append(place.mistake(.mappingSyntax, message))
      return
    }
    var cells: [String: MappingCell] = [:]
    for (index, column) in header.enumerated() {
      guard let column, cells[column.name] == nil else { continue }
      let text = PlainText.trimmed(row.text(index))
      cells[column.name] = MappingCell(text: text, file: file, line: row.line, column: index + 1)
    }
    rows.append(Row(cells: cells, line: row.line))
  }

  private func mistake(line: Int, _ code: Code, _ message: String) -> MappingDiagnostic {
    MappingDiagnostic(file: file, line: line, column: 1, code: code, message: message)
  }

  private func diagnostic(of error: CSVError) -> MappingDiagnostic {
    let code: Code =
      switch error.kind {
      case .syntax: .mappingSyntax
      case .encoding: .mappingEncoding
      case .file: .mappingMissingFile
      }
    return MappingDiagnostic(
      file: file, line: max(1, error.line), column: max(1, error.column), code: code, message: error.message)
  }
}
