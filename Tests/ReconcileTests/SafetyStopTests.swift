import Foundation
import JSON
import Testing

/// Exit status 5: the run stops before anything is written or stored.
@Suite("Safety stops")
struct SafetyStopTests {
  @Test("A snapshot that lost more than a tenth of its records, or all of them (R22)", arguments: [40, 4, 0])
  func shrunken(left: Int) throws {
    let exports = try Exports(referrals: 50, opportunities: 50)
    let workspace = try exports.workspace()
    #expect(try exports.reconcile(["plan"] + exports.sources, in: workspace).status == 0)
    let runs = try exports.reconcile(["runs", "--json"], in: workspace).out
    try exports.export(referrals: left, opportunities: 50)
    let result = try exports.reconcile(["plan"] + exports.sources, in: workspace)
    #expect(result.status == 5, "\(result)")
    #expect(result.err.contains(left == 0 ? "E403" : "E404"), "\(result)")
    if left > 0 { #expect(result.err.contains("50") && result.err.contains("\(left)")) }
    #expect(try exports.reconcile(["runs", "--json"], in: workspace).out == runs)
    // With all of them back the run goes through.
    try exports.export(referrals: 50, opportunities: 50)
    #expect(try exports.reconcile(["plan"] + exports.sources, in: workspace).status == 0)
  }

  @Test("A tenth less is still accepted")
  func atTheLimit() throws {
    let exports = try Exports(referrals: 50, opportunities: 50)
    let workspace = try exports.workspace()
    #expect(try exports.reconcile(["plan"] + exports.sources, in: workspace).status == 0)
    try exports.export(referrals: 45, opportunities: 45)
    #expect(try exports.reconcile(["plan"] + exports.sources, in: workspace).status == 0)
  }

  @Test(
    "A cell of changes.csv that was altered is named with its row, and nothing is written",
    arguments: [
      "new_value", "referral_id", "reason", "run_id",
    ])
  func alteredCell(column: String) throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    var report = try bench.changes()
    let last = try #require(report.rows.indices.last)
    report.rows[last][column] = "altered"
    try report.write(to: bench.path("reports/latest/changes.csv"))
    try refuses(bench, ["apply"], naming: [column == "run_id" ? "E602" : "E601", "changes.csv:\(last + 2)", "altered"])
  }

  @Test("A decision that its row does not allow", arguments: ["maybe", "salesforce", "APPLY", ""])
  func unknownDecision(word: String) throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    try bench.decide { $0["seq"] == "1" ? word : nil }
    try refuses(bench, ["apply"], naming: ["E602", "changes.csv:2", "apply, hold, reject"])
  }

  @Test("A report with rows missing")
  func missingRows() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    var report = try bench.changes()
    report.rows.removeLast()
    try report.write(to: bench.path("reports/latest/changes.csv"))
    try refuses(bench, ["apply"], naming: ["E602", "changes.csv"])
  }

  @Test("A plan that a later run overtook")
  func overtaken() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    let old = try #require(try bench.changes().rows.first?["run_id"])
    _ = try bench.reconcile("plan")
    #expect(try bench.reconcile("apply").status == 4)
    try bench.sandbox.emptyLog()
    try refuses(bench, ["apply", old], naming: ["E605", old])
  }

  @Test("A plan with another digest than the expected one; the right one is applied")
  func expectedDigest() throws {
    let bench = try Workbench()
    let plan = try bench.reconcile("plan", "--json")
    let digest = try #require(plan.out.firstMatch(of: /"plan_digest":"([0-9a-f]+)"/).map { String($0.1) })
    try refuses(bench, ["apply", "--expect", String(repeating: "0", count: 64)], naming: ["E606", digest])
    #expect(try bench.reconcile("apply", "--expect", digest).status == 4)
  }

  @Test("A plan that was applied before; and one that was never begun is not resumed")
  func appliedTwice() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    try refuses(bench, ["apply", "--resume"], naming: ["E604"])
    #expect(try bench.reconcile("apply").status == 4)
    try bench.sandbox.emptyLog()
    try refuses(bench, ["apply"], naming: ["E604"])
    try refuses(bench, ["apply", "--resume"], naming: ["E604"])
  }

  @Test("A mapping that was edited after the plan")
  func editedMapping() throws {
    let bench = try Workbench()
    #expect(try bench.reconcile("init", "starter").status == 0)
    try FileManager.default.moveItem(at: bench.path("starter/mappings"), to: bench.path("mappings"))
    _ = try bench.reconcile("plan")
    try bench.replace(
      "Opportunity.CloseDate,always,always", with: "Opportunity.CloseDate,always,never", in: "mappings/fields.csv")
    try refuses(bench, ["apply"], naming: ["mapping"])
  }

  @Test("Rows that cannot be taken back, and a wrong number of them confirmed")
  func confirmedNumber() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    try bench.decideAll()
    let number = try bench.changes().rows.count {
      ["irreversible", "terminal"].contains($0["risk"] ?? "") && $0.isDecidedToBeWritten
    }
    try refuses(bench, ["apply", "--confirm-irreversible", "\(number + 1)"], naming: ["E611", "\(number)"])
    #expect(try bench.reconcile("apply", "--confirm-irreversible", "\(number)").status == 0)
  }

  /// The command ends with 5 and a message of these parts, and neither the services nor the ledger were touched.
  private func refuses(_ bench: Workbench, _ arguments: [String], naming parts: [String]) throws {
    let runs = try bench.runs()
    let result = try bench.start(arguments).wait()
    #expect(result.status == 5, "\(result)")
    for part in parts { #expect(result.err.contains(part), "\(part) is missing in: \(result.err)") }
    #expect(try bench.sandbox.writes().isEmpty)
    #expect(try bench.runs() == runs)
  }
}
