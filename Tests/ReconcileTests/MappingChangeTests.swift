import Foundation
import JSON
import Testing

@Suite("A mapping that is edited")
struct MappingChangeTests {
  /// A workspace over exported files that was planned once, and what its ledger holds.
  private struct Night {
    let exports: Exports
    let workspace: URL

    init() throws {
      exports = try Exports(referrals: 300, opportunities: 300)
      workspace = try exports.workspace()
      #expect(try plan().status == 0)
    }

    func plan(_ options: String...) throws -> Command.Result {
      try exports.reconcile(["plan"] + exports.sources + options, in: workspace)
    }

    func replan(_ options: String...) throws -> Command.Result {
      try exports.reconcile(["plan", "--replan", "latest"] + options, in: workspace)
    }

    func set(_ setting: String, _ value: String) throws {
      let folder = workspace.appendingPathComponent("mappings")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let starter = try String(
        contentsOf: Binary.repository.appendingPathComponent("mappings/settings.csv"), encoding: .utf8)
      let lines = starter.components(separatedBy: "\n").map { line -> String in
        guard line.hasPrefix(setting + ",") else { return line }
        let parts = line.components(separatedBy: ",")
        return ([parts[0], parts[1], value] + parts.dropFirst(3)).joined(separator: ",")
      }
      try lines.joined(separator: "\n").write(
        to: folder.appendingPathComponent("settings.csv"), atomically: true, encoding: .utf8)
    }

    /// Everything that the ledger holds.
    func ledger() throws -> Data { try Data(contentsOf: workspace.appendingPathComponent("state/ledger.sqlite")) }

    func rows() throws -> [Report.Row] {
      try Report(workspace.appendingPathComponent("reports/latest/changes.csv")).rows
    }
  }

  @Test("R97: --replan shows what an edit brings, asks nobody and leaves the ledger as it was")
  func replan() throws {
    let night = try Night()
    let same = try night.replan("--detailed-exitcode")
    #expect(same.status == 0 && same.out.contains("0 appear, 0 disappear, 0 change"), "\(same)")
    try night.set("Close date time zone", "America/New_York")
    let before = try night.ledger()
    let edited = try night.replan("--detailed-exitcode")
    #expect(edited.status == 2 && edited.out.contains("Closing date"), "\(edited)")
    #expect(try night.ledger() == before)
    let lines = try night.replan("--json").lines.map { try JSONValue(parsing: $0) }
    let summary = try #require(lines.last)
    #expect(summary["message_type"]?.stringValue == "replan")
    let appearing = lines.dropLast().filter { $0["difference"]?.stringValue == "appears" }.count
    #expect(summary["appears"]?.numberText == String(appearing) && appearing > 0)
    // The plan that follows has just these rows besides, and marks them.
    let rows = try night.rows().count
    #expect(try night.plan().status == 0)
    #expect(try night.rows().count == rows + appearing)
    #expect(try night.rows().filter { $0["reason_code"] == "N141" }.count == appearing)
  }

  @Test("a column that the last plan did not read is named with its place")
  func missingColumn() throws {
    let night = try Night()
    let folder = night.workspace.appendingPathComponent("mappings")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let starter = try String(
      contentsOf: Binary.repository.appendingPathComponent("mappings/fields.csv"), encoding: .utf8)
    try starter.replacingOccurrences(of: "Opportunity.Amount,", with: "Opportunity.Cosell_Value__c,").write(
      to: folder.appendingPathComponent("fields.csv"), atomically: true, encoding: .utf8)
    let result = try night.replan()
    #expect(result.status == 64 && result.err.contains("E614: mappings/fields.csv:7: Deal value"), "\(result)")
  }

  @Test("only the newest run can be planned again, and not together with sources")
  func wrongUse() throws {
    let night = try Night()
    let summary = try JSONValue(parsing: try #require(try night.plan("--json").lines.last))
    let first = try #require(summary["run_id"]?.stringValue)
    #expect(try night.plan().status == 0)
    let old = try night.exports.reconcile(["plan", "--replan", first], in: night.workspace)
    #expect(old.status == 64 && old.err.contains("E613"), "\(old)")
    #expect(try night.plan("--replan", "latest").status == 64)
    let unknown = try night.exports.reconcile(["plan", "--replan", "20200101T000000Z-aaaa"], in: night.workspace)
    #expect(unknown.status == 64 && unknown.err.contains("E603"), "\(unknown)")
  }

  @Test("R97: what only the edited mapping brings is held, night after night, and the edit can be taken back")
  func holds() throws {
    let night = try Night()
    let before = try night.rows().count
    try night.set("Close date time zone", "America/New_York")
    for _ in 1...2 {
      let plan = try night.plan("--json")
      let summary = try JSONValue(parsing: try #require(plan.lines.last))
      let own = try night.rows().filter { $0["reason_code"] == "N141" }
      #expect(!own.isEmpty && own.allSatisfy { $0["decision"] == "hold" })
      #expect(own.allSatisfy { $0["reason"]?.hasPrefix("comes from the changed mapping: ") == true })
      #expect(summary["rows_from_changed_mapping"]?.numberText == String(own.count))
      #expect(try night.rows().count == before + own.count)
    }
    try night.set("Close date time zone", "")
    #expect(try night.plan().out.contains("Mapping changed") == false)
    #expect(try night.rows().count == before)
  }

  @Test("an edit that brings nothing is confirmed by itself; what it takes away is told")
  func dropped() throws {
    let night = try Night()
    try night.set("Display check mark in the opportunity name", "No")
    try night.set("Lost reason", "Price")
    #expect(try night.plan().out.contains("rows come from it") == false)
    try night.set("Sync solutions", "never")
    let plan = try night.plan()
    #expect(plan.status == 0, "\(plan)")
  }

  @Test("R69: confirming takes the right number, applies the rows, and the next night is quiet")
  func confirms() throws {
    let bench = try Workbench(SandboxProcess.Size(referrals: 150, opportunities: 150))
    #expect(try bench.reconcile("plan").status == 0)
    let applied = try bench.reconcile("apply")
    #expect([0, 3, 4].contains(applied.status), "\(applied)")
    #expect(try bench.reconcile("plan").status == 0)
    _ = try bench.reconcile("apply")
    let settings = try bench.text("mappings/settings.csv")
    try bench.write(settings + "Sync Co-sell opportunity,Yes,No,\n", to: "mappings/settings.csv")
    let plan = try bench.reconcile("plan")
    let held = try bench.changes().rows.filter { $0["reason_code"] == "N141" }
    #expect(plan.out.contains("--confirm-mapping \(held.count)"), "\(plan)")
    #expect(!held.isEmpty)
    let wrong = try bench.reconcile("apply", "--confirm-mapping", "\(held.count + 1)")
    #expect(wrong.status == 5 && wrong.err.contains("E615"), "\(wrong)")
    let right = try bench.reconcile("apply", "--confirm-mapping", "\(held.count)")
    #expect([0, 4].contains(right.status), "\(right)")
    #expect(try bench.changes().rows.filter { $0["reason_code"] == "N141" }.allSatisfy { $0["outcome"] == "applied" })
    #expect(try bench.reconcile("plan").out.contains("Mapping changed") == false)
  }
}
