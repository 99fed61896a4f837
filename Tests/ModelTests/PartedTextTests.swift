import Model
import Testing

@Suite("Parted texts")
struct PartedTextTests {
  private static let lists = [
    [""], ["", ""], ["a"], ["a", "", "ü€😀", ""], ["", "b"], [String(repeating: "long ", count: 99), "x"],
    (0..<70).map { "column \($0)" },
  ]

  @Test("what was joined is split into the same", arguments: lists)
  func again(_ texts: [String]) {
    let joined = PartedText.join(texts)
    #expect(joined == texts.joined(separator: "\u{1F}"))
    #expect(PartedText.split(joined) == texts)
    #expect(PartedText.join(texts[...]) == joined)
  }

  @Test("a separator or a NUL inside a text becomes a blank")
  func foreign() {
    #expect(PartedText.join(["a\u{1F}b\u{0}", "\u{0}"]) == "a b \u{1F} ")
    #expect(PartedText.join([String]()) == "")
  }

  @Test("a record reads the texts as it was stored the same way as those given one by one", arguments: lists)
  func record(_ texts: [String]) {
    let shape = Shape(kind: .opportunity, columns: (0..<80).map { "c\($0)" })
    var joined = PartedText.join(texts)
    let parted = joined.withUTF8 { PartedTexts(UnsafeRawBufferPointer($0)) }
    let record = Record(id: "1", shape: shape, parted: parted)
    let other = Record(id: "1", shape: shape, values: texts)
    #expect(parted.count == texts.count)
    #expect(record.values == texts)
    for column in shape.columns + ["C1", "missing"] { #expect(record[column] == other[column]) }
    #expect(record == other)
    #expect(record.hashValue == other.hashValue)
    #expect(record != Record(id: "1", shape: shape, values: texts + ["more"]))
  }

  @Test("a column that every shape knows is found in any case, and is empty where the shape lacks it")
  func known() {
    let record = Record(
      id: "1", shape: Shape(kind: .opportunity, columns: ["Id", "NAME", "stageName"]), values: ["1", "Deal", "Open"])
    #expect(record[.name] == "Deal")
    #expect(record[.stage] == "Open")
    #expect(record[.isClosed] == "")
    for column in KnownColumn.allCases { #expect(record[column] == record[column.name]) }
  }
}
