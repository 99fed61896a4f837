import Testing

@testable import reconcile

/// Tables on a terminal: every line as wide as the terminal or narrower, whatever is in the cells.
@Suite("Tables of text")
struct TextTableTests {
  @Test(
    "how many columns a text takes",
    arguments: [
      ("", 0), ("abc", 3), ("日本語", 6), ("한국", 4), ("é", 1), ("e\u{301}", 1), ("😀", 2), ("❤️", 2), ("🇩🇪", 2), ("ＡＢ", 4),
      ("→", 1), ("…", 1), ("✔", 1),
    ])
  func columns(text: String, columns: Int) {
    #expect(TextTable.columns(text) == columns)
  }

  @Test("no line is wider than the terminal, and columns stand below each other", arguments: [60, 80, 118, 200])
  func fits(width: Int) {
    let names = ["Müller & Söhne", "日本語の取引先との契約", "😀😀😀 emoji", String(repeating: "long ", count: 40), "x"]
    let table = TextTable(
      ["seq", "deal", "was", "becomes"], names.enumerated().map { ["\($0)", $1, String($1.reversed()), "new"] })
    let lines = table.lines(width: width)
    #expect(lines.count == names.count + 1)
    for line in lines { #expect(TextTable.columns(line) <= width, "\(line)") }
    // The last column begins at the same place in each line.
    let places = Set(lines.dropFirst().map { TextTable.columns(String($0.dropLast(3))) })
    #expect(places.count == 1 && lines.dropFirst().allSatisfy { $0.hasSuffix("new") })
  }

  @Test("nothing in a cell moves the cursor or breaks the line")
  func printable() {
    let table = TextTable(["a"], [["x\u{1B}[2J\ny\u{202E}z\u{9B}\t\u{7}"]])
    #expect(table.lines(width: nil) == ["a", "x [2J y z"])
    #expect(TextTable(["a"], [[String(repeating: "y", count: 1 << 20)]]).lines(width: nil)[1].count == TextTable.widest)
    #expect(TextTable(["a"], []).lines(width: 80).isEmpty)
  }
}
