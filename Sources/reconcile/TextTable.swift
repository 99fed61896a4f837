import Foundation

/// A table of text that fits the terminal: columns as wide as their cells, the widest ones cut when it must be.
struct TextTable {
  /// The widest column where no terminal sets a limit.
  static let widest = 44
  /// The most characters of a cell that are looked at.
  private static let longest = 2_000

  private let header: [String]
  private let rows: [[String]]

  /// A table of rows that each have as many cells as the header.
  init(_ header: [String], _ rows: [[String]]) {
    self.header = header
    self.rows = rows.map { row in row.map(Self.printable) }
  }

  /// The lines of the table; `width` is the terminal's, nil for as wide as it is with columns up to `widest`.
  func lines(width: Int?, widest: Int = widest) -> [String] {
    guard !rows.isEmpty else { return [] }
    let widths = fitting(width, widest)
    return ([header] + rows).map { row in
      zip(row, widths).map { Self.pad($0, $1) }.joined(separator: "  ").trimmingCharacters(in: .whitespaces)
    }
  }

  /// How wide each column may be: the widest give way first, and no column becomes narrower than its title or 8.
  private func fitting(_ width: Int?, _ widest: Int) -> [Int] {
    var widths = header.indices.map { column in
      ([header] + rows).map { Self.columns($0[column]) }.max() ?? 0
    }
    guard let width else { return widths.map { min($0, widest) } }
    while widths.reduce(0, +) + 2 * (widths.count - 1) > width {
      guard let column = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[column] > 8 else { break }
      widths[column] -= 1
    }
    return widths
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    let columns = columns(text)
    if columns <= width { return text + String(repeating: " ", count: width - columns) }
    var cut = ""
    var used = 0
    for character in text {
      let next = Self.columns(String(character))
      if used + next > width - 1 { break }
      cut.append(character)
      used += next
    }
    return cut + "…" + String(repeating: " ", count: max(0, width - used - 1))
  }

  /// How many columns of a terminal a text takes: two for each wide character, none for a combining one.
  static func columns(_ text: String) -> Int {
    text.reduce(0) { sum, character in
      guard let scalar = character.unicodeScalars.first else { return sum }
      if character.unicodeScalars.contains(where: { $0.properties.isEmojiPresentation || $0 == "\u{FE0F}" }) {
        return sum + 2
      }
      switch scalar.value {
      case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
        0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
        return sum + 2
      default:
        return sum + 1
      }
    }
  }

  /// A text without anything that would move the cursor or turn the writing round.
  static func printable(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.prefix(longest).map { scalar in
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: " "
          default: scalar
          }
        }))
  }
}
