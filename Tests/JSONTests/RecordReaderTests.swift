import Foundation
import JSON
import Testing

@Suite("Reading a list of records")
struct RecordReaderTests {
  static let lists: [(String, [String])] = [
    (#"[{"id":"1"},{"id":"2"}]"#, ["1", "2"]),
    ("\u{FEFF} [ {\"id\":\"1\"} , {\"id\":\"]}\\\"\"} ] \n", ["1", "]}\""]),
    ("[]", []),
    (#"{"value":[{"id":"1"},{"id":"2"}]}"#, ["1", "2"]),
    (#"{"totalSize":1,"done":true,"records":[{"id":"1"}]}"#, ["1"]),
    (#"{"Value":[]}"#, []),
    ("{\"id\":\"1\"}\n{\"id\":\"2\"}\r\n\n", ["1", "2"]),
    ("{\"id\":\"1\"}", ["1"]),
    ("{\"id\":\"1\",\"list\":[1,{}]}\n{\"id\":\"2\"}", ["1", "2"]),
  ]

  @Test("All three forms are read", arguments: lists)
  func forms(text: String, ids: [String]) throws {
    #expect(try Self.ids(RecordReader(Array(text.utf8))) == ids)
  }

  @Test("Blocks smaller than a record give the same", arguments: lists)
  func blocks(text: String, ids: [String]) throws {
    try Self.withFile(text) { path in
      for block in [1, 2, 3, 7, 64, 4096] {
        let found = try Self.ids(RecordReader(path: path, block: block))
        #expect(found == ids, "blocks of \(block) bytes")
      }
    }
  }

  static let broken: [(String, JSONError.Reason, Int)] = [
    ("", .empty, 0),
    ("  ", .empty, 2),
    ("1", .notRecords, 0),
    ("[1]", .notRecords, 1),
    (#"[{"id":"1"} {"id":"2"}]"#, .badSyntax, 12),
    (#"[{"id":"1"},]"#, .notRecords, 12),
    (#"[{"id":"1"},{"id":"2"}"#, .truncated, 22),
    (#"[{"id":"1"}] x"#, .trailingText, 13),
    (#"{"value":[{"id":"1"}],"value":[]}"#, .duplicateName("value"), 30),
    (#"{"a":1,"a":2,"value":[]}"#, .duplicateName("a"), 11),
    (#"{"value":[{"id":"1"}]"#, .truncated, 21),
    (#"{"id":"1"}{"id":"2"}"#, .trailingText, 10),
    ("{\"id\":\"1\"}\n[]", .notRecords, 11),
    ("<html>", .notRecords, 0),
  ]

  @Test("Anything else is an error that names the byte", arguments: broken)
  func refuses(text: String, reason: JSONError.Reason, offset: Int) {
    let error = #expect(throws: JSONError.self) { try Self.ids(RecordReader(Array(text.utf8))) }
    #expect(error == JSONError(reason, at: offset))
  }

  @Test("R117: a page cut at any byte is refused, in memory and in a file")
  func cutAnywhere() throws {
    let bytes = Array(Samples.page.utf8)
    #expect(try Self.ids(RecordReader(page: bytes)).count == 2)
    for length in 0..<bytes.count {
      let cut = Array(bytes[..<length])
      #expect(throws: JSONError.self, "cut to \(length) bytes") { try Self.ids(RecordReader(page: cut)) }
    }
    try Self.withFile(String(Samples.page.dropLast(3))) { path in
      #expect(throws: JSONError.self) { try Self.ids(RecordReader(path: path, block: 100)) }
    }
  }

  @Test(
    "A page shows its other members",
    arguments: [
      (#"{"totalSize":2,"done":false,"nextRecordsUrl":"/q/01-1","records":[{"Id":"1"}]}"#, "nextRecordsUrl", "/q/01-1"),
      (#"{"value":[{"id":"1"}],"@odata.nextLink":"http://h/x"}"#, "@odata.nextLink", "http://h/x"),
    ])
  func envelope(text: String, name: String, expected: String) throws {
    let reader = RecordReader(page: Array(text.utf8))
    while try reader.next() != nil {}
    #expect(JSONValue.object(reader.envelope)[name]?.stringValue == expected)
  }

  @Test(
    "A page without a list is refused", arguments: ["{}", #"{"error":{}}"#, "[]", #"{"value":null}"#, #"{"value":{}}"#])
  func pageWithoutList(text: String) {
    #expect(throws: JSONError.self) { try RecordReader(page: Array(text.utf8)).next() }
  }

  @Test("A record over the limit is refused")
  func tooLarge() throws {
    let text = #"[{"id":"\#(String(repeating: "x", count: 1000))"}]"#
    try Self.withFile(text) { path in
      let error = #expect(throws: JSONError.self) {
        try Self.ids(RecordReader(path: path, block: 64, limit: 500))
      }
      #expect(error == JSONError(.tooLarge(500), at: 1))
    }
  }

  @Test("An error inside a record names the byte of the text, and stays")
  func inside() {
    let reader = RecordReader(Array(#"[{"id":"1"},{"id":01}]"#.utf8))
    let error = #expect(throws: JSONError.self) { try Self.ids(reader) }
    #expect(error == JSONError(.badNumber, at: 18))
  }

  @Test("An error is thrown again")
  func sticky() {
    let reader = RecordReader(Array("[1,{}]".utf8))
    for _ in 1...2 { #expect(throws: JSONError.self) { try reader.next() } }
  }

  @Test("A file that is not there is an error")
  func missingFile() {
    #expect(throws: JSONError.self) { try RecordReader(path: "/nowhere/at/all.json") }
  }

  static func ids(_ reader: RecordReader) throws -> [String] {
    let projector = RecordProjector(paths: ["id"])
    var texts: [String] = []
    var ids: [String] = []
    while try reader.next(with: projector, into: &texts) { ids.append(texts[0]) }
    return ids
  }

  static func withFile(_ text: String, _ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }
}
