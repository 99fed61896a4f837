import CSV
import Foundation
import TestSupport
import Testing

@Suite("CSV written and read back")
struct CSVRoundTripTests {
  private static let pieces = [
    "=", "+", "-", "@", "\t", "\r", "\n", "'", "''", "\"", ",", ";", " ", "\u{A0}", "\u{2028}", "\u{FF1D}", "\u{FF0B}",
    "\u{200B}", "#", "a", "1", "-1", "é", "e\u{301}", "😀", "HYPERLINK(1)", "\r\n", "", "00", "E5", "123456789",
  ]

  private func randomText(_ random: inout SeededGenerator) -> String {
    (0..<Int.random(in: 0...5, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
  }

  @Test("10,000 tables of hostile texts come back exactly, whatever the delimiter and the block size")
  func roundTrip() throws {
    let seed = UInt64(ProcessInfo.processInfo.environment["SEED"] ?? "") ?? 20_261_102
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    var guardedTexts = 0
    for round in 0..<10_000 {
      let delimiter: UInt8 = Bool.random(using: &random) ? 0x2C : 0x3B
      let width = Int.random(in: 1...4, using: &random)
      let table = (0..<Int.random(in: 1...4, using: &random)).map { _ in (0..<width).map { _ in randomText(&random) } }
      var writer = CSVWriter(delimiter: delimiter)
      for row in table { try writer.write(row.map(CSVCell.text)) }
      var options = CSVOptions.table
      options.delimiter = delimiter
      options.comments = Bool.random(using: &random)
      let result = read(writer.bytes, options)
      let back = result.rows.map { row in row.map(CSVText.unguarded) }
      // Bytes are compared: Swift's == would take e + accent for é.
      #expect(
        back.map { $0.map { Array($0.utf8) } } == table.map { $0.map { Array($0.utf8) } }, "seed \(seed) round \(round)"
      )
      guardedTexts += table.joined().count { CSVText.guarded($0) != $0 }
    }
    #expect(guardedTexts > 5000, "the property must meet dangerous texts")
  }

  @Test(
    "texts that a spreadsheet would run get an apostrophe",
    arguments: [
      "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\u{FEFF}=1", "＝1", "－1", "＋1", "＠x", "'=1", "''-x",
      "\u{A0}=1", "00123", "1234E5", "12e-3", "1234567890123456", "0123456789012345678", "'007", "3/4", "1-2", "12:30",
      "1,5", "1.2.3", "31.12.2026", "12/31/2026", "12:30:15",
    ])
  func guarded(text: String) {
    #expect(CSVText.guarded(text) == "'" + text)
    #expect(Array(CSVText.unguarded("'" + text).utf8) == Array(text.utf8))
  }

  @Test(
    "harmless texts stay as they are",
    arguments: [
      "", "a", "1", "a=1", "'quoted'", "'", "O'Neil", "'s", "#x", " x", "0", "0.25", "123456789012345", "12E",
      "1E2E3", "53113",
      "2026-12-31", "2026-12-31T08:00:00Z", "1.2.3.4", "3/4 x", "10.0.0.1", "12345-67890", "1/2/3/4", "1,234,567,890",
    ])
  func harmless(text: String) {
    #expect(CSVText.guarded(text) == text)
    #expect(CSVText.unguarded(text) == text)
  }

  @Test(
    "numbers are written as numbers, and only numbers",
    arguments: [
      ("-12.50", "-12.50\n"), ("0", "0\n"), ("12345678901234567890.1", "'12345678901234567890.1\n"), ("-", "'-\n"),
      ("123456789012345", "123456789012345\n"), ("1234567890123456", "'1234567890123456\n"), ("0.5", "0.5\n"),
      ("007", "'007\n"), ("-007", "'-007\n"),
      ("-1+cmd", "'-1+cmd\n"), ("=1", "'=1\n"), ("1e5", "'1e5\n"), ("-.5", "'-.5\n"), ("1.2.3", "'1.2.3\n"),
    ])
  func numbers(number: String, written: String) throws {
    var writer = CSVWriter()
    try writer.write([.number(number)])
    #expect(String(decoding: writer.bytes, as: UTF8.self) == written)
  }

  @Test("rows end with LF, and quotes stand only where they must")
  func format() throws {
    var writer = CSVWriter()
    writer.writeByteOrderMark()
    try writer.write(contents: ["a", "b c", "d,e", "f\"g", "h\ni", "", "#j", " k"])
    try writer.write([.empty])
    try writer.write(contents: ["a\0b"])
    try writer.write([.text("a\0b")])
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == "\u{FEFF}a,b c,\"d,e\",\"f\"\"g\",\"h\ni\",,\"#j\",\" k\"\n\"\"\n\"a\u{FFFD}b\"\na\u{FFFD}b\n")
  }
}

@Suite("CSV files")
struct CSVFileTests {
  private func folder() throws -> String {
    let path = NSTemporaryDirectory() + "csv-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  @Test("a file appears whole, with its permissions, and leaves no temporary file")
  func atomic() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/x.csv"
    try "old".write(toFile: path, atomically: true, encoding: .utf8)
    var writer = try CSVWriter(replacing: path, mode: 0o600)
    for number in 0..<200_000 { try writer.write([.text("row"), .number("\(number)")]) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    try writer.finish()
    var reader = try CSVReader(path: path, options: .table)
    var rows = 0
    while let row = try reader.next() {
      #expect(row.text(1) == String(rows))
      rows += 1
    }
    #expect(rows == 200_000)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["x.csv"])
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test("a file that is not finished leaves the old one as it was")
  func abandoned() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/x.csv"
    try "old".write(toFile: path, atomically: true, encoding: .utf8)
    do {
      var writer = try CSVWriter(replacing: path)
      try writer.write([.text("new")])
      try writer.flush()
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["x.csv"])
  }

  @Test("a full disk is an error")
  func fullDisk() throws {
    let descriptor = open("/dev/full", O_WRONLY)
    defer { close(descriptor) }
    var writer = CSVWriter(descriptor: descriptor)
    try writer.write([.text("x")])
    #expect(throws: CSVError(file: "cannot be written: No space left on device")) { try writer.finish() }
  }

  @Test("a folder that is not there is an error")
  func missingFolder() {
    #expect(throws: CSVError(file: "cannot be written: No such file or directory")) {
      _ = try CSVWriter(replacing: "/nonexistent/x.csv")
    }
  }
}
