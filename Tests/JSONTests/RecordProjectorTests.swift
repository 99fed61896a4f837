import JSON
import Testing

@Suite("Picking texts out of a record")
struct RecordProjectorTests {
  static let table: [(path: String, expected: String)] = [
    ("id", "11111111-2222-4333-8444-555555555501"),
    ("NAME", "Northwind \"rollout\" é"),
    ("etag", "\"1a00\""),
    ("favorite", "false"),
    ("details.dealValue", "100000.10"),
    ("Details.DealValue.deeper", ""),
    ("details.notes", ""),
    ("details.missing", ""),
    ("missing", ""),
    ("tags", "[]"),
    ("team", #"[{"email":"kim@example.com"}]"#),
    ("team.email", ""),
    ("details.requirements", #"{"solutions":[{"id":"SOL-1","name":"A ] } \\"}]}"#),
    ("status", "Active"),
  ]

  @Test("Each path gives its raw text")
  func paths() throws {
    let projector = RecordProjector(paths: Self.table.map(\.path))
    var texts: [String] = []
    for _ in 1...2 {
      try projector.project(Array(Samples.referral.utf8), into: &texts)
      #expect(texts == Self.table.map(\.expected))
    }
  }

  @Test("Numbers, and only they, are spelt as the caller wants")
  func numbers() throws {
    let projector = RecordProjector(paths: ["a", "b", "c", "d"]) { "<\($0)>" }
    var texts: [String] = []
    try projector.project(Array(#"{"a":1.0,"b":"1.0","c":true,"d":[1.0]}"#.utf8), into: &texts)
    #expect(texts == ["<1.0>", "1.0", "true", "[1.0]"])
  }

  @Test("Parents of a Salesforce row are reached by path")
  func salesforce() throws {
    let row =
      #"{"attributes":{"type":"Opportunity"},"Id":"006","Amount":1000.0,"Owner":null,"#
      + #""Account":{"attributes":{"type":"Account"},"Name":"Acme","Owner":{"Email":"a@b"}}}"#
    let projector = RecordProjector(paths: ["Id", "Account.Name", "Account.Owner.Email", "Owner.Email", "Amount"])
    var texts: [String] = []
    try projector.project(Array(row.utf8), into: &texts)
    #expect(texts == ["006", "Acme", "a@b", "", "1000.0"])
  }

  @Test("Texts of an earlier record do not stay")
  func noLeftOvers() throws {
    let projector = RecordProjector(paths: ["a", "b"])
    var texts = ["x"]
    try projector.project(Array(#"{"a":"1","b":"2"}"#.utf8), into: &texts)
    try projector.project(Array(#"{"b":3}"#.utf8), into: &texts)
    #expect(texts == ["", "3"])
  }

  @Test(
    "Malformed text is refused where no path goes, too",
    arguments: [
      #"{"a":1,"x":{"y":[1}}}"#, #"{"a":1,"x":"\ud800"}"#, #"{"a":1,"x":nul}"#, #"{"a":1,"a":2}"#, #"{"a":1,"A":2}"#,
      #"{"a":1} x"#, "[1]", "1", "",
    ])
  func malformed(text: String) {
    let projector = RecordProjector(paths: ["a"])
    var texts: [String] = []
    #expect(throws: JSONError.self) { try projector.project(Array(text.utf8), into: &texts) }
  }
}
