import Foundation
import TestSupport
import Testing

@testable import CSV

@Suite("Texts of which the bytes can be copied")
struct CSVHarmlessTests {
  private static let pieces = [
    "=", "+", "-", "@", "\t", "\r", "\n", "'", "\"", ",", ";", " ", "\u{A0}", "\u{FF1D}", "\u{200B}", "\u{FEFF}",
    "\u{202E}", "\u{7F}", "\u{85}", "\u{1}", "#", "a", "e", "E", "1", "-1", "é", "😀", "00", "E5", "123456789", ".", "/",
    ":", "@", "[", "_", "`", "{", "~", "0005661b-fda4-40ca", "Fabrikam ERP", "Active/Accepted", "2026-11-02", "deal",
  ]

  /// Asks of a text whether it is plainly harmless, and expects that its bytes are then what is written of it either way.
  private func isHarmless(_ text: String, delimiter: UInt8 = 0x2C) throws -> Bool {
    var text = text
    let isHarmless = text.withUTF8 { bytes in
      CSVText.isPlainlyHarmless(UnsafeRawBufferPointer(bytes), delimiter: delimiter)
    }
    guard isHarmless else { return false }
    let bytes = Array(text.utf8)
    for cell in [CSVCell.text(text), .number(text)] where Array(cell.content.utf8) != bytes {
      Issue.record("\(text.debugDescription) is written as \(cell.content.debugDescription)")
    }
    var writer = CSVWriter(delimiter: delimiter)
    try writer.write(contents: [text])
    if writer.bytes != bytes + [0x0A] { Issue.record("\(text.debugDescription) is quoted") }
    return true
  }

  @Test("every printable character and every control at every place of a word and of a number, whatever its length")
  func everyPlace() throws {
    var counts = [true: 0, false: 0]
    for filling in ["x", "7"] {
      for length in [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17] {
        for place in 0..<length {
          for value in UInt8(0)..<0x80 {
            let text =
              String(repeating: filling, count: place) + String(UnicodeScalar(value))
              + String(repeating: filling, count: length - place - 1)
            counts[try isHarmless(text), default: 0] += 1
          }
        }
      }
    }
    #expect(counts == [true: 13_531, false: 8_741])
  }

  @Test("every text of up to three characters that may do something")
  func shortTexts() throws {
    let signs = Array("=+-@'\",;# \t\r\n0159eExZ./:_é\u{0}\u{7F}").map(String.init)
    let pairs = signs + signs.flatMap { first in signs.map { first + $0 } }
    var harmless = 0
    for text in pairs + pairs.flatMap({ start in signs.map { start + $0 } }) {
      harmless += try isHarmless(text) ? 1 : 0
    }
    #expect(harmless > 1000)
  }

  @Test(
    "a word, an id and a remark are plainly harmless; a formula, or what is no plain number or day, is looked at closely"
  )
  func plain() throws {
    for text in [
      "Fabrikam", "0005661b-fda4-40ca-a0e1-44d3f315f879", "both sides agree", "0", "7", "a=1", "1,5 x",
      "12", "0.5", "384401.5", "123456789012345", "2026-12-31",
    ] {
      #expect(try isHarmless(text, delimiter: 0x3B), "\(text)")
    }
    for text in [
      "", "=1", "012", "5.", ".5", "1.2.3", "1234567890123456", "12345678901234.5678", "-5", "2026-1-31", "31-12-2026",
      "1E5", "12:30", "x ", "a;b", "a\"b", "Zoë", "\u{2028}",
    ] {
      #expect(try !isHarmless(text, delimiter: 0x3B), "\(text)")
    }
    #expect(try isHarmless(String(repeating: "x", count: CSVText.longest)))
    #expect(try !isHarmless(String(repeating: "x", count: CSVText.longest + 1)))
  }

  @Test("10,000 rows of hostile texts are the same by bytes, by cells and character by character")
  func rows() throws {
    let seed = UInt64(ProcessInfo.processInfo.environment["SEED"] ?? "") ?? 20_261_128
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    var counts = [true: 0, false: 0]
    for round in 0..<10_000 {
      let delimiter: UInt8 = [0x2C, 0x3B, 0x09].randomElement(using: &random) ?? 0x2C
      let row = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        (0..<Int.random(in: 0...4, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? "" }
          .joined()
      }
      var slow = CSVWriter(delimiter: delimiter)
      try slow.write(contents: row.map(CSVText.shown))
      var cells = CSVWriter(delimiter: delimiter)
      try cells.write(row.map(CSVCell.text))
      #expect(cells.bytes == slow.bytes, "seed \(seed) round \(round)")
      #expect(try written(row, delimiter: delimiter) == slow.bytes, "seed \(seed) round \(round)")
      for text in row { counts[try isHarmless(text, delimiter: delimiter), default: 0] += 1 }
    }
    #expect(counts[true, default: 0] > 3000 && counts[false, default: 0] > 10_000, "\(counts)")
  }

  /// A row written from the bytes of its texts.
  private func written(_ row: [String], delimiter: UInt8) throws -> [UInt8] {
    var bytes: [UInt8] = []
    let places = row.map { text in
      bytes += text.utf8
      return bytes.count - text.utf8.count..<bytes.count
    }
    var writer = CSVWriter(delimiter: delimiter)
    try bytes.withUnsafeBytes { all in
      try writer.write(row.count) { UnsafeRawBufferPointer(rebasing: all[places[$0]]) }
    }
    return writer.bytes
  }
}
