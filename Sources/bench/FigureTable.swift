import Foundation

/// The table that the bench prints.
struct FigureTable {
  private var rows: [[String]]

  /// A table with these headings.
  init(_ headings: [String]) { rows = [headings] }

  /// Adds a row.
  mutating func add(_ cells: [String]) { rows.append(cells) }

  /// Adds a measured process.
  mutating func add(_ title: String, _ run: Measured, extra: String) {
    rows.append([
      title, String(format: "%.2f", run.wall), String(format: "%.2f", run.cpu), String(format: "%.0f", run.memory),
      extra,
    ])
  }

  /// The rows, aligned.
  var text: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).enumerated().map { index, cell in
        let pad = String(repeating: " ", count: cell.1 - cell.0.count)
        return index == 0 ? cell.0 + pad : pad + cell.0
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
