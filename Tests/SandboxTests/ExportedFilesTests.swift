import Foundation
import Testing

@testable import Sandbox

@Suite struct ExportedFilesTests {
  private func export(night: Int, referrals: Int = 400, opportunities: Int = 300) throws -> (
    records: [JSONValue], rows: [String]
  ) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("export-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let options = SandboxOptions(seed: 5, referrals: referrals, opportunities: opportunities)
    try ExportedFiles.write(to: folder, options: options, night: night)
    let json = try JSONParser.parse(Data(contentsOf: folder.appendingPathComponent("referrals.json")))
    let csv = try String(contentsOf: folder.appendingPathComponent("salesforce/Opportunity.csv"), encoding: .utf8)
    #expect(!csv.contains("\r"))
    return (json["value"].array ?? [], csv.components(separatedBy: "\n\"006"))
  }

  @Test func recordsArePairsAndFilesAreTheSameAgain() throws {
    let first = try export(night: 1)
    let again = try export(night: 1)
    #expect(first.records == again.records)
    #expect(first.rows == again.rows)
    #expect(first.records.count == 400)
    #expect(first.rows.count == 301)
    for (index, record) in first.records.enumerated() {
      let reference = record["externalReferenceId"].string ?? ""
      #expect(reference.isEmpty == (index >= 300))
      guard index < 300, let id = record["id"].string else { continue }
      #expect("006" + first.rows[index + 1].prefix(15) == reference)
      #expect(first.rows[index + 1].contains("\"\(id)\""))
    }
  }

  @Test func secondNightChangesTwoPerCentOfEachSide() throws {
    let first = try export(night: 1, referrals: 2000, opportunities: 2000)
    let second = try export(night: 2, referrals: 2000, opportunities: 2000)
    let changed = zip(first.records, second.records).filter { $0 != $1 }
    #expect((20...60).contains(changed.count))
    #expect((20...60).contains(zip(first.rows, second.rows).filter { $0 != $1 }.count))
    for (before, after) in changed {
      #expect(before["eTag"] != after["eTag"])
      #expect(before["updatedDateTime"] != after["updatedDateTime"])
      #expect(before["details"] != after["details"])
      #expect(before["createdDateTime"].string?.prefix(19) == after["createdDateTime"].string?.prefix(19))
    }
  }

  @Test("Two per cent of each side are new in every night", arguments: [2, 3, 6, 29])
  func everyNightChangesTwoPerCent(night: Int) throws {
    let before = try export(night: night, referrals: 2000, opportunities: 2000)
    let after = try export(night: night + 1, referrals: 2000, opportunities: 2000)
    let referrals = zip(before.records, after.records).filter { $0 != $1 }
    #expect((20...60).contains(referrals.count))
    #expect((20...60).contains(zip(before.rows, after.rows).filter { $0 != $1 }.count))
    for (old, new) in referrals { #expect(old["eTag"] != new["eTag"]) }
  }

  @Test(
    "What people changed in one night is on both sides in the next",
    arguments: [(2, false), (3, true), (8, false), (9, true)])
  func oddNightsAgree(night: Int, agrees: Bool) throws {
    let files = try export(night: night, referrals: 2000, opportunities: 2000)
    let differing = zip(files.records, files.rows.dropFirst()).filter { record, row in
      let details = record["details"]
      let closing = details["closingDateTime"].string?.prefix(10) ?? ""
      let notes = (details["notes"].string ?? "").replacing("\"", with: "\"\"")
      return !row.contains("\"\(closing)\",\"\(notes)\"")
    }
    #expect(agrees ? differing.isEmpty : differing.count > 20)
  }
}
