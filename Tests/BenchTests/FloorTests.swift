import Foundation
import Testing

@testable import bench

/// The floor reads every byte, record and cell, and stops at what is damaged.
@Suite("Floor")
struct FloorTests {
  @Test("Counts rows and cells of a CSV file, line feeds within quotes among the values")
  func csv() throws {
    try withFile("\"Id\",\"Notes\"\n\"1\",\"one\ntwo \"\"three\"\"\"\n\"2\",\"\"\n") { path in
      let floor = try Floor.csv(path)
      #expect((floor.bytes, floor.records, floor.cells) == (44, 3, 6))
    }
  }

  @Test("Counts the records of an export with one on each line")
  func json() throws {
    let text = "{\"value\":[\n{\"id\":\"a\",\"ids\":[]},\n{\"id\":\"b\"}\n]}\n"
    try withFile(text) { path in
      let floor = try Floor.json(path)
      #expect((floor.bytes, floor.records, floor.cells) == (text.utf8.count, 2, 0))
    }
  }

  @Test("Records that lie across the borders of blocks are whole")
  func blocks() throws {
    let record = "{\"id\":\"\(String(repeating: "x", count: 1000))\"}"
    let text = "{\"value\":[\n" + Array(repeating: record, count: 4000).joined(separator: ",\n") + "\n]}\n"
    try withFile(text) { path in
      let floor = try Floor.json(path)
      #expect((floor.bytes, floor.records) == (text.utf8.count, 4000))
    }
    let rows = Array(repeating: "\"\(String(repeating: "y", count: 999))\",\"\"\n", count: 3000).joined()
    try withFile(rows) { path in
      let floor = try Floor.csv(path)
      #expect((floor.bytes, floor.records, floor.cells) == (rows.utf8.count, 3000, 6000))
    }
  }

  @Test("Damage is an error and not a smaller count")
  func damage() throws {
    try withFile("\"1\",\"a\"b\"\n") { path in
      #expect(throws: Floor.Stopped.self) { try Floor.csv(path) }
    }
    try withFile("\"1\",\"never closed\n") { path in
      #expect(throws: Floor.Stopped.self) { try Floor.csv(path) }
    }
    try withFile("{\"value\":[\n{\"id\":\"a\" \"b\"}\n]}\n") { path in
      #expect(throws: Floor.Stopped.self) { try Floor.json(path) }
    }
    #expect(throws: Floor.Stopped.self) { try Floor.json("/nowhere/referrals.json") }
    #expect(throws: Floor.Stopped.self) { try Floor.csv("/nowhere/Opportunity.csv") }
  }

  private func withFile(_ text: String, _ body: (String) throws -> Void) throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("floor-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(text.utf8).write(to: file)
    try body(file.path)
  }
}
