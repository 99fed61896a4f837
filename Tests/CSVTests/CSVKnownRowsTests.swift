import CSV
import Foundation
import TestSupport
import Testing

@Suite("CSV rows that are known by their bytes")
struct CSVKnownRowsTests {
  private static let pieces = [
    "a", "é", "\"", "\"\"", ",", "\n", "\r\n", "\r", " ", "x,y", "\"q\"", "\"two\nlines\"", "\"a\"\"b\"",
  ]

  /// All rows, read one by one, and what was shown of each.
  private func apart(_ bytes: [UInt8], _ options: CSVOptions) -> (
    rows: [[String]], lines: [Int], shown: [String], error: String?
  ) {
    var reader = CSVReader(bytes: bytes, options: options)
    var result: (rows: [[String]], lines: [Int], shown: [String], error: String?) = ([], [], [], nil)
    do throws(CSVError) {
      while true {
        var shown: String?
        guard let row = try reader.next(seeing: { shown = String(decoding: $0, as: UTF8.self) }) else { break }
        result.rows.append(row.texts)
        result.lines.append(row.line)
        result.shown.append(shown ?? "?")
      }
    } catch {
      result.error = error.description
    }
    return result
  }

  @Test("10,000 texts read row by row give the rows, lines and mistakes that they give in blocks")
  func apartAsInBlocks() {
    let seed = UInt64(ProcessInfo.processInfo.environment["SEED"] ?? "") ?? 20_261_128
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    var (rows, errors, shown) = (0, 0, 0)
    for round in 0..<10_000 {
      let text = (0..<Int.random(in: 0...14, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? ""
      }
      .joined()
      var options = CSVOptions()
      options.blockSize = Int.random(in: 4...20, using: &random)
      let bytes = Array(text.utf8)
      let whole = read(bytes, options)
      let single = apart(bytes, options)
      #expect(whole.rows == single.rows, "seed \(seed) round \(round): \(text.debugDescription)")
      #expect(whole.error == single.error, "seed \(seed) round \(round): \(text.debugDescription)")
      // What is shown of a row is that row.
      for (row, text) in zip(single.rows, single.shown) where text != "?" {
        shown += 1
        #expect(read(text).rows == [row], "seed \(seed) round \(round): \(text.debugDescription)")
      }
      rows += whole.rows.count
      errors += whole.error == nil ? 0 : 1
    }
    #expect(rows > 5_000 && errors > 1_000 && shown > 2_000, "\(rows) rows, \(errors) mistakes, \(shown) shown")
  }

  @Test("rows stepped over leave the others with their lines and places", arguments: ["\n", "\r\n"], [4, 7, 1 << 20])
  func steppedOver(lineEnd: String, block: Int) throws {
    var options = CSVOptions.table
    options.blockSize = block
    let rows = ["h,i", "1,a", "2,\"two\nlines\"", "3,\"c,\"\"q\"\"\"", "4,d", "5,\"e\r\nf\"", "6,g"]
    let text = rows.joined(separator: lineEnd + lineEnd) + lineEnd
    for skipped in 0..<(1 << 6) {
      var reader = CSVReader(bytes: Array(text.utf8), options: options)
      var whole = CSVReader(bytes: Array(text.utf8), options: options)
      _ = try reader.next(seeing: { _ in })
      _ = try whole.next()
      for (number, row) in rows.dropFirst().enumerated() {
        let expected = try whole.next()
        if skipped & (1 << number) != 0 {
          let part = try reader.pass(row.utf8.count - 1, if: { _ in true })
          let unknown = try reader.pass(row.utf8.count, if: { _ in false })
          let known = try reader.pass(row.utf8.count, if: { String(decoding: $0, as: UTF8.self) == row })
          #expect(!part && !unknown && known, "\(row)")
        } else {
          let found = try reader.next(seeing: { #expect(String(decoding: $0, as: UTF8.self) == row) })
          #expect(found?.texts == expected?.texts && found?.line == expected?.line)
          #expect(found?.position(0) == expected?.position(0))
        }
      }
      let end = try reader.next(seeing: { _ in })
      #expect(end == nil)
    }
  }

  @Test("a mistake behind a row that was stepped over is told with its line")
  func mistakeBehind() throws(CSVError) {
    var reader = CSVReader(bytes: Array("h,i\n1,\"a\nb\"\n2,x\"y\n".utf8), options: .table)
    _ = try reader.next(seeing: { _ in })
    let isPassed = try reader.pass(7, if: { _ in true })
    #expect(isPassed)
    do {
      _ = try reader.next(seeing: { _ in })
      Issue.record("no mistake was told")
    } catch {
      #expect(error.line == 4 && error.column == 2)
    }
  }
}
