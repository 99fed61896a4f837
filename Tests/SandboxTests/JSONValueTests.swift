import Foundation
import Testing

@testable import Sandbox

@Suite struct JSONValueTests {
  @Test(arguments: [
    "{\"a\":1234567.1,\"b\":[1e3,-0.5,0],\"c\":{\"d\":null,\"e\":true}}", "[]", "{}", "\"\\\"quoted\\\\ \\n\\t\"",
    "99999999999999999999.99", "[\"ü漢\u{1F600}\"]",
  ])
  func textSurvives(text: String) throws { #expect(try JSONParser.parse(text).text == text) }

  @Test func escapesAreRead() throws {
    #expect(try JSONParser.parse("\"\\u00fc\\ud83d\\ude00\\/\\ud83d\"") == "ü\u{1F600}/\u{FFFD}")
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\"}", "01", "1.", "nul", "\"\u{1}\"", "[1] 2", "'a'", "{\"a\":1,}", "\"\\x\"",
  ])
  func nonsenseIsRefused(text: String) { #expect(throws: JSONParseError.self) { try JSONParser.parse(text) } }
}
