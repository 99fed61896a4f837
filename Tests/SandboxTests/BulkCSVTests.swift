import Testing

@testable import Sandbox

@Suite struct BulkCSVTests {
  @Test(
    "Values are read as they stand",
    arguments: [
      ("a,b\n", "COMMA", "LF", [["a", "b"]]), ("a,b", "COMMA", "LF", [["a", "b"]]),
      (" a , b \n", "COMMA", "LF", [[" a ", " b "]]), ("\"a\"\"b\",\"\"\n", "COMMA", "LF", [["a\"b", ""]]),
      ("\"x\ny\"\r\nz\r\n", "COMMA", "CRLF", [["x\ny"], ["z"]]), ("a;b,c\n", "SEMICOLON", "LF", [["a", "b,c"]]),
      ("a\tb\n\n\nc\td\n", "TAB", "LF", [["a", "b"], ["c", "d"]]), ("", "COMMA", "LF", []),
      ("\u{FEFF}ä`ö\n", "BACKQUOTE", "LF", [["ä", "ö"]]), ("a,\n,\n", "COMMA", "LF", [["a", ""], ["", ""]]),
    ] as [(String, String, String, [[String]])])
  func values(text: String, delimiter: String, ending: String, wanted: [[String]]) throws {
    var csv = BulkCSV(Array(text.utf8), BulkFormat(delimiter: delimiter, lineEnding: ending))
    var found: [[String]] = []
    while let record = try csv.next() { found.append(record) }
    #expect(found == wanted)
  }

  @Test("What a line writes, a reader reads", arguments: BulkFormat.delimiters.keys.sorted())
  func roundTrip(delimiter: String) throws {
    let format = BulkFormat(delimiter: delimiter, lineEnding: "CRLF")
    let values = ["", "plain", "a\"b", "x,y;z|t\t^`", "two\r\nlines", "漢字"]
    var csv = BulkCSV(Array((format.line(values) + format.end).utf8), format)
    #expect(try csv.next() == values)
    #expect(try csv.next() == nil)
  }
}
