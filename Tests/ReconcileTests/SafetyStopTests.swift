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

  @Test("A changes.csv that says something else than the plan: named by line, nothing written, the file left alone")
  func alteredReport() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    let file = bench.path("reports/latest/changes.csv")
    let good = try bench.changes()
    let last = try #require(good.rows.indices.last)
    func refusesEdited(_ parts: [String], _ edit: (inout Report) -> Void) throws {
      var report = good
      edit(&report)
      try report.write(to: file)
      let edited = try Data(contentsOf: file)
      try refuses(bench, ["apply"], naming: parts)
      #expect(try Data(contentsOf: file) == edited)
    }

    for column in ["new_value", "referral_id", "reason"] {
      try refusesEdited(["E601", "changes.csv:\(last + 2)", column, "altered"]) { $0.rows[last][column] = "altered" }
    }
    try refusesEdited(["E602", "changes.csv:\(last + 2)"]) { $0.rows[last]["run_id"] = "20260101T000000Z-abcd" }
    for word in ["maybe", "salesforce", "APPLY", ""] {
      try refusesEdited(["E602", "changes.csv:2", "apply, hold, reject"]) { $0.rows[0]["decision"] = word }
    }
    try refusesEdited(["E602", "changes.csv"]) { $0.rows.removeLast() }
    try refusesEdited(["E602", "twice"]) { $0.rows.append($0.rows[last]) }

    try good.write(to: file)
    #expect(try bench.reconcile("apply").status == 4)
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
    try refuses(bench, ["apply", "--expect", String(repeating: "0", count: 64)], naming: ["E619", digest])
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
    try bench.addStarterMappings()
    _ = try bench.reconcile("plan")
    try bench.replace(
      "Opportunity.CloseDate,always,always", with: "Opportunity.CloseDate,always,never", in: "mappings/fields.csv")
    try refuses(bench, ["apply"], naming: ["E609", "mapping"])
  }

  @Test("Rows that cannot be taken back, and a wrong number of them confirmed")
  func confirmedNumber() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    try bench.decideAll()
    let number = try bench.changes().rows.count { $0.isForGood && $0.isDecidedToBeWritten }
    #expect(number > 0)
    bench.confirms = false
    try refuses(bench, ["apply"], naming: ["E611", "\(number)", "not confirmed"])
    try refuses(bench, ["apply", "--confirm-irreversible", "\(number - 1)"], naming: ["E611", "\(number)"])
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
