import Model
import TestSupport
import Testing

@Suite struct NameMarkTests {
  @Test(
    "R104: the mark is no part of the name",
    arguments: [
      ("Deal", "Deal"), ("Deal ✔", "Deal"), ("Deal✔", "Deal"), ("✔ Deal", "Deal"), ("Deal ✘", "Deal"),
      ("Deal ✔ ✘", "Deal"), ("✔✘ Deal ✔️ ❌ ", "Deal"), ("Deal ✅", "Deal"), ("A ✔ B", "A ✔ B"), ("✔", ""), ("", ""),
      ("  Deal  ", "Deal"), ("Deal ✗", "Deal"), ("Deal ✖️", "Deal"), ("Deal ✖", "Deal"), ("Deal ✓", "Deal"),
      ("Check✔mark", "Check✔mark"), ("Deal X", "Deal X"),
    ])
  func stripped(_ name: String, clean: String) {
    #expect(NameMark.strip(name) == clean)
    #expect(NameMark.strip(clean) == clean)
  }

  @Test(
    "R103: which mark a name bears",
    arguments: [
      ("Deal", nil), ("Deal ✔", NameMark.check), ("Deal ✘", .cross), ("✘ Deal", .cross), ("Deal ✅", .check),
      ("Deal ❌", .cross), ("Deal ✔ ✘", .cross), ("", nil), ("Deal ", nil), (" Deal", nil), ("A ✘ B", nil),
      ("A ✘ B ✔", .check), ("A ✔ B ✘", .cross),
    ] as [(String, NameMark?)])
  func found(_ name: String, mark: NameMark?) {
    #expect(NameMark.found(in: name) == mark)
  }

  @Test("R101: a mark that does not fit into 120 characters is left out", arguments: [117, 118, 119, 120, 130])
  func fits(_ length: Int) {
    let name = String(repeating: "n", count: length)
    let marked = NameMark.check.added(to: name)
    #expect(marked == (length <= 118 ? name + " ✔" : name))
    #expect(NameMark.strip(marked) == name)
  }

  @Test(
    "R101: Salesforce counts UTF-16 units, and no character is cut in two",
    arguments: [("n", 120), ("é", 120), ("🚀", 60), ("👩‍👩‍👧", 15)])
  func fitting(_ character: String, count: Int) {
    let long = String(repeating: character, count: 200)
    #expect(NameMark.fitting(long) == String(repeating: character, count: count))
    #expect(NameMark.fitting(String(repeating: character, count: count)).count == count)
    #expect(NameMark.check.added(to: NameMark.fitting(long)).utf16.count <= 120)
  }

  @Test("R103 R105: whatever was typed, stripping is done after one go and one mark is all that is added")
  func anyName() {
    var random = SeededGenerator(named: "NameMarkTests")
    let parts = [
      "✔", "✔️", "✘", "✘\u{FE0F}", "❌", "✅", "✓", "✗", "✖", "✖️", " ", "\t", "\u{A0}", "a", "Deal", "é", "e\u{301}", "👩‍👩‍👧",
      "\u{FE0F}", "\u{301}",
    ]
    var marked = 0
    for _ in 0..<5_000 {
      let name = (0..<Int.random(in: 0...7, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }
        .joined()
      let clean = NameMark.strip(name)
      #expect(NameMark.strip(clean) == clean, "\(name.debugDescription)")
      #expect(NameMark.found(in: clean) == nil, "\(name.debugDescription)")
      for mark in NameMark.allCases {
        let added = mark.added(to: clean)
        #expect(NameMark.strip(added) == clean, "\(name.debugDescription)")
        #expect(added.count <= 120)
        #expect(clean.isEmpty || NameMark.found(in: added) == mark, "\(name.debugDescription)")
      }
      if clean != name { marked += 1 }
    }
    #expect(marked > 2_000)
  }
}
