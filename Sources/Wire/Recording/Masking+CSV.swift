import Model

extension Masking {
  /// A file of comma-separated values with its cells replaced, each by the rule for its column.
  ///
  /// The services' files have a header, and their quoting is left as it is. A row with more cells than the header has
  /// columns is replaced as text.
  func csv(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    var header: [String] = []
    var column = 0
    var isHeader = true
    var rest = text[...]
    while !rest.isEmpty {
      let (cell, isQuoted, end) = Self.cell(rest)
      if isHeader { header.append(cell) }
      let masked = isHeader ? name(cell) : self.text(cell, named: column < header.count ? header[column] : "")
      result += isQuoted ? "\"" + masked.doubling("\"") + "\"" : masked
      rest = end
      guard let separator = rest.first else { break }
      result.append(separator)
      rest = rest.dropFirst()
      column += 1
      if separator != "," {
        isHeader = false
        column = 0
      }
    }
    return result
  }

  /// The next cell's text, whether it is quoted, and what follows: a separator, a line break or nothing.
  private static func cell(_ text: Substring) -> (String, Bool, Substring) {
    guard text.first == "\"" else {
      let cell = text.prefix { $0 != "," && !$0.isNewline }
      return (String(cell), false, text.dropFirst(cell.count))
    }
    var content = ""
    var rest = text.dropFirst()
    while let quote = rest.firstIndex(of: "\"") {
      content += rest[..<quote]
      rest = rest[rest.index(after: quote)...]
      guard rest.first == "\"" else {
        // What stands between a closing quote and the separator has no place in a file; it is data all the same.
        let stray = rest.prefix { $0 != "," && !$0.isNewline }
        return (content + stray, true, rest.dropFirst(stray.count))
      }
      content.append("\"")
      rest = rest.dropFirst()
    }
    return (content + rest, true, rest[rest.endIndex...])
  }
}
