/// CSV as a person sees it, read by a second and much simpler hand than the program's: the witness of the mutations.
///
/// Cells with quotes may hold commas, quotes and line breaks; a line that begins with `#` outside of quotes is a comment.
enum PlainCSV {
  /// The rows of a text, each with its cells; comments and empty lines are left out.
  static func rows(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = ""
    var isQuoted = false
    var wasQuoted = false
    var isComment = false
    let scalars = Array(
      text.unicodeScalars.first == "\u{FEFF}" ? text.unicodeScalars.dropFirst() : text.unicodeScalars[...])
    func isEnd(_ scalar: Unicode.Scalar) -> Bool { scalar == "\n" || scalar == "\r" }
    func endRow() {
      if !isComment, !(row.isEmpty && cell.isEmpty && !wasQuoted) { rows.append(row + [cell]) }
      (row, cell, wasQuoted, isComment) = ([], "", false, false)
    }
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      if isQuoted {
        if scalar == "\"" {
          if index + 1 < scalars.count, scalars[index + 1] == "\"" {
            cell.unicodeScalars.append(scalar)
            index += 1
          } else {
            isQuoted = false
          }
        } else {
          cell.unicodeScalars.append(scalar)
        }
      } else if isEnd(scalar) {
        endRow()
      } else if isComment {
        // To the end of the line.
      } else if scalar == "#", row.isEmpty, cell.isEmpty, !wasQuoted {
        isComment = true
      } else if scalar == "\"", cell.allSatisfy(\.isWhitespace) {
        (isQuoted, wasQuoted, cell) = (true, true, "")
      } else if scalar == "," {
        row.append(cell)
        cell = ""
      } else {
        cell.unicodeScalars.append(scalar)
      }
      index += 1
    }
    endRow()
    return rows
  }

  /// The rows below the header as cells by title, both without blanks at their ends and in lower case.
  static func records(_ text: String) -> [[String: String]] {
    let rows = rows(text).map { $0.map { $0.trimmed.lowercased() } }
    guard let titles = rows.first else { return [] }
    return rows.dropFirst().filter { $0.contains { !$0.isEmpty } }.map { row in
      Dictionary(zip(titles, row + Array(repeating: "", count: max(0, titles.count - row.count)))) { first, _ in first }
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
