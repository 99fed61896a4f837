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
    case .number(let text): CSVText.isFaithfulNumber(text) ? text : CSVText.shown(text)
    case .empty: ""
    }
  }
}
