/// One cell to be written.
package enum CSVCell: Hashable, Sendable {
  /// Text from outside, which is shown and made harmless for spreadsheets.
  case text(String)
  /// A number in plain decimal text that a spreadsheet gives back unchanged; anything else is treated as `text`.
  case number(String)
  /// Nothing.
  case empty

  /// What is written for it, before quoting.
  package var content: String {
    switch self {
    case .text(let text): CSVText.shown(text)
    case .number(let text): Self.isNumber(text) ? text : CSVText.shown(text)
    case .empty: ""
    }
  }

  /// Whether the text is an optional minus, digits, and at most one point between digits, and no more than a double holds.
  private static func isNumber(_ text: String) -> Bool {
    let digits = text.utf8.first == 0x2D ? text.utf8.dropFirst() : text.utf8[...]
    let parts = digits.split(separator: 0x2E, maxSplits: 2, omittingEmptySubsequences: false)
    let magnitude = text.hasPrefix("-") ? String(text.dropFirst()) : text
    return parts.count <= 2 && CSVText.guarded(magnitude) == magnitude
      && parts.allSatisfy { part in
        !part.isEmpty && part.allSatisfy { (0x30...0x39).contains($0) }
      }
  }
}
