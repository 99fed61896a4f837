/// The longer text of a command: paragraphs, and the examples that stand behind `Example:`, or indented below it.
struct Discussion {
  /// In the language of manual pages.
  let paragraphs: [String]
  /// One command a line.
  let examples: [String]

  init(_ text: String) {
    var paragraphs: [String] = []
    var examples: [String] = []
    for block in Self.blocks(of: text) {
      if let first = block.first, let heading = ["Example:", "Examples:"].first(where: first.hasPrefix) {
        let lines = [first.dropFirst(heading.count)] + block.dropFirst()
        examples += lines.map { line in String(line.drop { $0 == " " }) }.filter { !$0.isEmpty }
      } else if block.allSatisfy({ $0.hasPrefix("  ") }) {
        paragraphs.append(Roff.example(block.map { $0.dropFirst(2) }))
      } else {
        paragraphs.append(block.map { Roff.paragraph($0) }.joined(separator: "\n"))
      }
    }
    self.paragraphs = paragraphs
    self.examples = examples
  }

  /// The lines of a text, parted where a line is empty.
  private static func blocks(of text: String) -> [[Substring]] {
    text.split(separator: "\n", omittingEmptySubsequences: false).split { line in line.allSatisfy(\.isWhitespace) }
      .map(Array.init)
  }
}
