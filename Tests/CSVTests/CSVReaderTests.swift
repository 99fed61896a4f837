import CSV
import Testing

/// All rows of a text, and the error that ended it.
func read(_ bytes: [UInt8], _ options: CSVOptions = CSVOptions()) -> (rows: [[String]], error: String?) {
  var reader = CSVReader(bytes: bytes, options: options)
  var rows: [[String]] = []
  do throws(CSVError) {
    while let row = try reader.next() { rows.append(row.texts) }
    return (rows, nil)
  } catch {
    return (rows, error.description)
  }
}

func read(_ text: String, _ options: CSVOptions = CSVOptions()) -> (rows: [[String]], error: String?) {
  read(Array(text.utf8), options)
}

@Suite("Reading CSV")
struct CSVReaderTests {
  @Test(
    "well-formed texts",
    arguments: [
      ("", []),
      ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
      ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
      ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
      ("a\r1\r2", [["a"], ["1"], ["2"]]),
      ("a\n\n\r\n1\n", [["a"], ["1"]]),
      (",\n", [["", ""]]),
      ("\"\"\n", [[""]]),
      ("\"x\"\"y\",\"p,q\"\n", [["x\"y", "p,q"]]),
      ("\"one\ntwo\",z\n", [["one\ntwo", "z"]]),
      (" a , b\t\n", [[" a ", " b\t"]]),
      ("\u{FEFF}a,b\n", [["a", "b"]]),
      ("\u{FEFF}\"a\",b\n", [["a", "b"]]),
      ("ü,😀,日本\n", [["ü", "😀", "日本"]]),
      ("a\u{2028}b\n", [["a\u{2028}b"]]),
      ("#a,b\n", [["#a", "b"]]),
    ])
  func wellFormed(text: String, rows: [[String]]) {
    let result = read(text)
    #expect(result.rows == rows)
    #expect(result.error == nil)
  }

  @Test(
    "mistakes name line, cell and reason; the rows before them are handed out",
    arguments: [
      (
        "a,b\n1,x\"y\n", 1,
        "2:2: a quote in the wrong place: a cell with quotes must be quoted as a whole and its quotes doubled"
      ),
      (
        "a\n\"x\"y\n", 1,
        "2:1: a quote in the wrong place: a cell with quotes must be quoted as a whole and its quotes doubled"
      ),
      ("a,b\n\n1,\"open\n3,4\n", 1, "3:2: the quote that opens this cell is never closed"),
      ("a\n\"b\nc\",\"d", 1, "2:2: the quote that opens this cell is never closed"),
      ("a,b\n1,\0\n", 1, "2:2: the cell holds a NUL byte"),
      ("a,b\n\u{FEFF}1,2\n", 1, "2:1: a byte order mark inside the file"),
      ("\u{FEFF}\u{FEFF}a\n", 0, "1:1: a byte order mark inside the file"),
    ] as [(String, Int, String)])
  func mistakes(text: String, rows: Int, message: String) {
    let result = read(text)
    #expect(result.rows.count == rows)
    #expect(result.error == message)
  }

  @Test("a byte order mark inside a cell is text where the options say so", arguments: [5, 1 << 20])
  func innerMark(blockSize: Int) throws {
    var options = CSVOptions()
    options.allowsInnerMarks = true
    options.blockSize = blockSize
    var reader = CSVReader(bytes: Array("a,\"x\u{FEFF}y\"\n\u{FEFF}1,2\n".utf8), options: options)
    var rows: [[String]] = []
    while let row = try reader.next() { rows.append(row.texts) }
    #expect(rows == [["a", "x\u{FEFF}y"], ["\u{FEFF}1", "2"]])
  }

  @Test(
    "bytes that are not UTF-8",
    arguments: [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0xFF],
    ] as [[UInt8]])
  func invalidUTF8(bytes: [UInt8]) {
    let result = read(Array("a,b\n1,".utf8) + bytes + [0x0A])
    let byte = String(bytes[0], radix: 16, uppercase: true)
    #expect(result.rows == [["a", "b"]])
    #expect(result.error == "2:2: the text is not UTF-8 (byte 0x\(byte)); save the file as UTF-8")
  }

  @Test("every scalar value passes, and every pair of bytes is judged as the standard library judges it")
  func utf8AgreesWithTheStandardLibrary() {
    for lead in UInt8(0x80)...0xFF {
      for second in UInt8(0x80)...0xFF {
        for tail in [[], [0x80], [0x80, 0x80]] as [[UInt8]] {
          let bytes = [lead, second] + tail
          let isValid = String(validating: bytes, as: UTF8.self) != nil
          let isMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
          #expect((read([0x61, 0x0A] + bytes).error == nil) == (isValid && !isMark), "\(bytes)")
        }
      }
    }
  }

  @Test("UTF-16 is refused by name", arguments: [[0xFF, 0xFE, 0x61, 0x00], [0xFE, 0xFF, 0x00, 0x61]] as [[UInt8]])
  func utf16(bytes: [UInt8]) {
    #expect(read(bytes).error == "1:1: the file is UTF-16; save it as UTF-8")
  }

  @Test("a cell above the limit is refused, also while it is still open; one at the limit passes")
  func cellLimit() {
    var options = CSVOptions()
    options.cellLimit = 10
    options.blockSize = 4
    #expect(read("a,0123456789\n", options).error == nil)
    #expect(read("a,01234567890\n", options).error == "1:2: the cell is longer than 10 bytes")
    #expect(read("a,\"0123456789", options).error == "1:2: the quote that opens this cell is never closed")
    #expect(read("a\nb,\"01234567890", options).error == "2:2: the cell is longer than 10 bytes")
  }

  @Test("a row above the column limit is refused")
  func columnLimit() {
    let wide = String(repeating: ",", count: 1_000_000)
    #expect(read("a\n" + wide + "\n").error == "2:4097: more than 4096 cells in one row")
    #expect(read(String(repeating: ",", count: 4095)).rows.first?.count == 4096)
  }

  @Test("uneven rows are refused in a table", arguments: [("1\n", 2), ("1,2,3\n", 3)])
  func evenRows(row: String, column: Int) {
    let result = read("a,b\n3,4\n" + row, .table)
    let count = row.split(separator: ",").count
    #expect(result.rows == [["a", "b"], ["3", "4"]])
    #expect(result.error == "3:\(column): the row has \(count) cells, the first row has 2")
  }

  @Test("comment lines are passed over, lines of a quoted cell are not")
  func comments() {
    let text = "# a \"stray\" quote\na,b\r\n#,\n\"x\n# no comment\",y\n\"#z\",1\n# end"
    #expect(read(text, .edited).rows == [["a", "b"], ["x\n# no comment", "y"], ["#z", "1"]])
    #expect(read(text, .edited).error == nil)
  }

  @Test("an error is thrown again by every further call")
  func errorsStay() throws {
    var reader = CSVReader(bytes: Array("x\"\n".utf8))
    for _ in 0..<3 {
      #expect(throws: CSVError.self) { try reader.next() }
    }
  }

  @Test("a missing file and a folder are errors, not crashes")
  func unreadableFiles() {
    #expect(throws: CSVError(file: "cannot be opened: No such file or directory")) {
      _ = try CSVReader(path: "/nonexistent/file.csv")
    }
    #expect(throws: CSVError(file: "cannot be read: Is a directory")) {
      var reader = try CSVReader(path: "/")
      _ = try reader.next()
    }
  }

  @Test("a row kept past the next call keeps its content")
  func rowsAreValues() throws {
    var options = CSVOptions()
    options.blockSize = 8
    let path = try temporaryFile(Array("first,1\nsecond,2\nthird,3\n".utf8))
    var reader = try CSVReader(path: path, options: options)
    var rows: [CSVRow] = []
    while let row = try reader.next() { rows.append(row) }
    #expect(rows.map(\.texts) == [["first", "1"], ["second", "2"], ["third", "3"]])
  }

  @Test("a missing cell is empty, whatever the index")
  func missingCells() throws {
    var reader = CSVReader(bytes: Array("a,\n".utf8))
    let row = try #require(try reader.next())
    #expect(row.text(7) == "" && row.text(-1) == "" && row.isEmpty(7) && row.isEmpty(1) && !row.isEmpty(0))
    #expect(row.position(7) == nil)
  }
}
