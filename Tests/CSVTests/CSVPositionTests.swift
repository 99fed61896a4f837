import CSV
import Foundation
import Testing

/// A file in the temporary folder with these bytes.
func temporaryFile(_ bytes: [UInt8]) throws -> String {
  let path = NSTemporaryDirectory() + "csv-\(UUID().uuidString).csv"
  try Data(bytes).write(to: URL(fileURLWithPath: path))
  return path
}

@Suite("Places in CSV")
struct CSVPositionTests {
  /// Line and positions of all cells.
  private func places(_ text: String, blockSize: Int) throws -> [String] {
    var options = CSVOptions()
    options.blockSize = blockSize
    let path = try temporaryFile(Array(text.utf8))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var reader = try CSVReader(path: path, options: options)
    var places: [String] = []
    while let row = try reader.next() {
      let cells = (0..<row.count).map { index in "\(row.position(index) ?? -1)=\(row.text(index))" }
      places.append("\(row.line): " + cells.joined(separator: " "))
    }
    return places
  }

  @Test("line and byte position of each cell, whatever the block size", arguments: [4, 5, 6, 7, 8, 13, 1 << 20])
  func places(blockSize: Int) throws {
    let text = "\u{FEFF}a,\"b\"\r\n\r\n\"x\n\"\"y\"\"\r\nz\",7\r\"\",ü\n\n8,9"
    #expect(
      try places(text, blockSize: blockSize) == [
        "1: 3=a 5=b",
        "3: 12=x\n\"y\"\r\nz 25=7",
        "6: 27= 30=ü",
        "8: 34=8 36=9",
      ])
  }

  @Test("comment lines count as lines and as bytes")
  func placesAfterComments() throws {
    var reader = CSVReader(bytes: Array("# one\r\n# two\na\r\n#\rb,c".utf8), options: .edited)
    let first = try #require(try reader.next())
    #expect(first.line == 3 && first.position(0) == 13)
    let second = try #require(try reader.next())
    #expect(second.line == 5 && second.position(1) == 20)
  }

  @Test("a mistake on the border of two blocks is found at its place", arguments: 4...15)
  func mistakesAcrossBlocks(blockSize: Int) throws {
    var options = CSVOptions()
    options.blockSize = blockSize
    let path = try temporaryFile(Array("a,b\nü,€\nx,".utf8) + [0xE2, 0x82, 0x0A])
    defer { try? FileManager.default.removeItem(atPath: path) }
    var reader = try CSVReader(path: path, options: options)
    var rows = 0
    do throws(CSVError) {
      while try reader.next() != nil { rows += 1 }
      Issue.record("no error")
    } catch {
      #expect(error.line == 3 && error.column == 2)
    }
    #expect(rows == 2)
  }
}
