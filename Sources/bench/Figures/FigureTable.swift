import Foundation

/// The table that the bench prints.
struct FigureTable {
  private var rows: [[String]]

  /// A table with these headings.
  init(_ headings: [String]) { rows = [headings] }

  /// Adds a row.
  mutating func add(_ cells: [String]) { rows.append(cells) }

  /// The rows, aligned.
  var text: String { aligned.map { $0.joined(separator: "  ") }.joined(separator: "\n") }

  /// The rows as a table of Markdown, figures on the right.
  var markdown: String {
    guard let headings = rows.first else { return "" }
    let rule = headings.indices.map { $0 == 0 ? "---" : "--:" }
    return ([headings, rule] + rows.dropFirst()).map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
  }

  private var aligned: [[String]] {
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).enumerated().map { index, cell in
        let pad = String(repeating: " ", count: cell.1 - cell.0.count)
        return index == 0 ? cell.0 + pad : pad + cell.0
      }
    }
  }
}
