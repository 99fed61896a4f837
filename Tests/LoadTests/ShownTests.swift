import JSON
import Model
import Testing

@testable import Load

/// Whether a record shows what was to be written, in whatever form the service prints it.
@Suite("What a record shows")
struct ShownTests {
  @Test(
    "a service's own form of a value counts as the value",
    arguments: [
      ("[1,2]", "[1.0,2]", true), ("[1]", "[1,2]", false), ("[1,2]", "[2,1]", false),
      (#""2026-11-02T08:00:00Z""#, #""2026-11-02T08:00:00.000+0000""#, true), (#""a""#, #""b""#, false),
      (#""""#, "null", true), (#"{"a":1}"#, #"{"a":1.0,"b":2}"#, true), (#"{"a":null}"#, "{}", true),
      ("true", "true", true), ("true", "false", false), ("5", #""5""#, false),
    ])
  func shown(_ written: String, _ found: String, _ isShown: Bool) throws {
    #expect(try JSONValue(parsing: written).isShown(by: try JSONValue(parsing: found)) == isShown)
  }

  @Test(
    "a pointer leads into lists and past escaped names, or nowhere",
    arguments: [
      ("/list/1/name", #""b""#), ("/list/9", nil), ("/list/x", nil), ("/a~1b", "7"), ("/c~0d", "8"), ("/none/1", nil),
    ])
  func pointers(_ pointer: String, _ value: String?) throws {
    let document = try JSONValue(parsing: #"{"list":[{"name":"a"},{"name":"b"}],"a/b":7,"c~d":8}"#)
    #expect(document.at(pointer: pointer)?.text == value)
  }
}
