import Foundation
import JSON
import Testing

/// The limits under `safety`, met by the program itself: what stops, what it says, and what lifts it.
@Suite("Limits that stop a run")
struct SafetyLimitTests {
  /// Two linked workspaces at rest, and as many pairs in sync as the sandbox has.
  private static func settled() throws -> (bench: Workbench, pairs: [(referral: String, opportunity: String)]) {
    let bench = try Workbench()
    try bench.settle()
    _ = try bench.reconcile("plan")
    let pairs = try bench.reconciliation().rows.filter { $0["status"] == "in-sync" }
      .map { ($0["referral_id"] ?? "", $0["opportunity_id"] ?? "") }.filter { $0.0 != "" && $0.1 != "" }
    return (bench, pairs)
  }

  private func set(_ key: String, _ value: String, _ bench: Workbench) {
    bench.environment["RECONCILE_SAFETY_" + key.uppercased()] = value
  }

  /// `apply` stops with the code, says all that, and writes nothing; with the flag it goes through.
  private func stops(
    _ bench: Workbench, _ code: String, _ flag: String, saying parts: [String], _ options: [String] = []
  ) throws {
    try bench.sandbox.emptyLog()
    let runs = try bench.runs()
    let stopped = try bench.start(["apply"] + options).wait()
    #expect(stopped.status == 5, "\(stopped)")
    for part in [code, "--allow \(flag)"] + parts { #expect(stopped.err.contains(part), "\(part): \(stopped.err)") }
    #expect(try bench.sandbox.writes().isEmpty)
    #expect(try bench.runs() == runs)
    let other = ["update", "create", "close", "field", "age"].first { $0 != flag } ?? ""
    #expect(try bench.start(["apply", "--allow", other] + options).wait().status == 5, "another word lifts nothing")
    let lifted = try bench.start(["apply", "--allow", flag] + options).wait()
    #expect([0, 4].contains(lifted.status), "\(lifted)")
    #expect(try !bench.sandbox.writes().isEmpty)
  }

  @Test("updates and one field: at the limit nothing stops, one above it apply does, by its own word each")
  func updates() throws {
    let (bench, pairs) = try Self.settled()
    try #require(pairs.count >= 6)
    for pair in pairs.prefix(3) { try bench.sandbox.edit(referral: pair.referral, "details.dealValue", 12345) }
    set("max_update", "3", bench)
    let plan = try bench.reconcile("plan")
    #expect(plan.status == 0 && !plan.out.contains("Safety:"), "\(plan)")
    #expect([0, 4].contains(try bench.reconcile("apply").status))

    for pair in pairs.prefix(4) { try bench.sandbox.edit(referral: pair.referral, "details.dealValue", 23456) }
    let warned = try bench.reconcile("plan")
    #expect(warned.status == 0)
    #expect(warned.out.contains("Safety: 4 of") && warned.out.contains("--allow update"), "\(warned)")
    #expect(try bench.text("reports/latest/report.html").contains("Safety limit."))
    try stops(
      bench, "E607", "update",
      saying: [
        "4 of", "would be updated in Salesforce", "the limit is 3 (safety.max_update)", "Deal value alone changes",
      ])

    for pair in pairs.prefix(2) { try bench.sandbox.edit(referral: pair.referral, "details.dealValue", 34567) }
    _ = try bench.reconcile("plan")
    set("max_field_percent", "0", bench)
    try stops(bench, "E607", "field", saying: ["the field Deal value would be changed in Salesforce on 2 of"])
  }

  @Test("fewer rows at a time go through without any flag")
  func portions() throws {
    let (bench, pairs) = try Self.settled()
    for pair in pairs.prefix(3) { try bench.sandbox.edit(referral: pair.referral, "details.dealValue", 12345) }
    set("max_update", "2", bench)
    _ = try bench.reconcile("plan")
    #expect(try bench.reconcile("apply").status == 5)
    let (one, two) = (pairs[0], pairs[1])
    let result = try bench.reconcile("apply", "--only", one.referral, "--only", String(two.opportunity.prefix(15)))
    #expect(result.status == 4, "\(result)")
    #expect(
      try bench.changes().rows.filter { $0["outcome"] == "applied" && $0["field"] == "Deal value" }.map {
        $0["referral_id"]
      }
      .sorted { ($0 ?? "") < ($1 ?? "") } == [one.referral, two.referral].sorted())
  }

  @Test("--only of a record that the plan does not know is refused")
  func unknownOnly() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    let result = try bench.reconcile("apply", "--only", "00600000000000A")
    #expect(result.status == 64 && result.err.contains("E612") && result.err.contains("00600000000000A"), "\(result)")
    #expect(try bench.sandbox.writes().isEmpty)
  }

  @Test("creations, on the first night of a workspace")
  func creates() throws {
    let bench = try Workbench()
    set("max_create_percent", "0", bench)
    let plan = try bench.reconcile("plan", "--json")
    let safety = try JSONValue(parsing: plan.lines.first ?? "")["safety"]?.arrayValue ?? []
    #expect(safety.contains { $0["limit"]?.stringValue == "create" && $0["count"]?.numberText != nil })
    try stops(bench, "E607", "create", saying: ["create-opportunity would be done for", "first night of a workspace"])
  }

  @Test("closings: as many as allowed, one more, and the word that lifts it")
  func closings() throws {
    let (bench, pairs) = try Self.settled()
    let stages = try bench.sandbox.state().at("salesforce.Opportunity")?.arrayValue ?? []
    let open = pairs.filter { pair in
      stages.contains { $0["Id"]?.stringValue == pair.opportunity && $0["IsClosed"]?.boolValue == false }
    }
    try #require(open.count >= 3)
    for pair in open.prefix(3) { try bench.sandbox.edit(opportunity: pair.opportunity, "StageName", "Closed Won") }
    _ = try bench.reconcile("plan")
    try bench.decide { $0["risk"] == "terminal" ? "apply" : nil }
    let number = try bench.changes().rows.count { $0["action"] == "close-won" }
    #expect(number == 3)
    set("max_close", "2", bench)
    try stops(
      bench, "E607", "close", saying: ["3 deals would be won, lost or declined; the limit is 2 (safety.max_close)"])
  }

  @Test("canaries: there, missing, and no id at all; and what plan lifts")
  func canaries() throws {
    let (bench, pairs) = try Self.settled()
    let there = try #require(pairs.first)
    set("canaries", "\(there.referral),\(there.opportunity.prefix(15))", bench)
    #expect(try bench.reconcile("plan").status == 0)
    for (canary, part) in [("00600000000000A", "1 of 2 canaries"), ("nonsense", "cannot be the id")] {
      set("canaries", "\(there.referral),\(canary)", bench)
      let runs = try bench.runs()
      let result = try bench.reconcile("plan")
      #expect(result.status == 5 && result.err.contains("E405") && result.err.contains(part), "\(result)")
      #expect(try bench.runs() == runs)
      #expect(try bench.reconcile("plan", "--allow", "canary").status == 0)
    }
    #expect(try bench.reconcile("plan", "--allow", "update").status == 64)
    #expect(try bench.reconcile("apply", "--allow", "canary").status == 64)
  }

  @Test(
    "a snapshot that shrank, and one that is empty, go through when that is said",
    arguments: [(30, "shrink"), (0, "empty")])
  func shrunken(left: Int, word: String) throws {
    let exports = try Exports(referrals: 50, opportunities: 50)
    let workspace = try exports.workspace()
    #expect(try exports.reconcile(["plan"] + exports.sources, in: workspace).status == 0)
    try exports.export(referrals: left, opportunities: 50)
    let stopped = try exports.reconcile(["plan"] + exports.sources, in: workspace)
    #expect(stopped.status == 5 && stopped.err.contains("--allow \(word)"), "\(stopped)")
    let lifted = try exports.reconcile(["plan", "--allow", word] + exports.sources, in: workspace)
    #expect(lifted.status == 0, "\(lifted)")
    let missing = try Report(workspace.appendingPathComponent("reports/latest/reconciliation.csv")).rows
      .count { $0["status"] == "only-salesforce" }
    #expect(missing == 50 - left)
  }

  @Test("a plan that lay too long")
  func age() throws {
    let (bench, pairs) = try Self.settled()
    try bench.sandbox.edit(referral: try #require(pairs.first).referral, "details.dealValue", 12345)
    _ = try bench.reconcile("plan")
    try bench.backdate(hours: 73)
    try stops(bench, "E620", "age", saying: ["73 hours old", "the limit is 72", "safety.max_plan_age_hours"])
  }
}
