import Foundation
import JSON
import Testing

/// Large orgs are read and written by the Bulk API; nothing else about a run may change with that.
@Suite("By the Bulk API")
struct BulkTests {
  /// A report's rows without the run's id.
  private static func rows(_ report: Report) -> [[String: String]] {
    report.rows.map { row in row.filter { $0.key != "run_id" } }
  }

  @Test func `R117 a plan read by bulk jobs is the plan read by pages, row by row`() throws {
    let bench = try Workbench()
    #expect(try bench.reconcile("plan").status == 0)
    let byPages = (Self.rows(try bench.changes()), Self.rows(try bench.reconciliation()))
    let other = try Workbench(of: bench.sandbox)
    other.environment["RECONCILE_SALESFORCE_BULK_READ_FROM"] = "1"
    try bench.sandbox.emptyLog()
    #expect(try other.reconcile("plan").status == 0)
    #expect(Self.rows(try other.changes()) == byPages.0)
    #expect(Self.rows(try other.reconciliation()) == byPages.1)
    let jobs = try bench.sandbox.log().filter { $0["path"]?.stringValue?.hasSuffix("/jobs/query") == true }
    #expect(jobs.count >= 4)
    #expect(try bench.sandbox.log().filter { $0["method"] == "DELETE" }.count == jobs.count)
  }

  @Test(
    "R111 updates are the same whichever way they are guarded, and so is what the services hold afterwards",
    arguments: [
      (["WRITE_GUARD": "reread"], "/composite/sobjects"),
      (["WRITE_GUARD": "reread", "BULK_WRITE_FROM": "1"], "/jobs/ingest"),
    ])
  func guards(environment: [String: String], path: String) throws {
    let expected = try endState([:], path: "/composite")
    #expect(try endState(environment, path: path) == expected)
  }

  /// What the opportunities hold after a night of the same edits.
  private func endState(_ environment: [String: String], path: String) throws -> [[String]] {
    let bench = try Workbench()
    for (key, value) in environment { bench.environment["RECONCILE_SALESFORCE_" + key] = value }
    let pairs = try bench.sandbox.linkedPairs().prefix(5)
    try bench.settle()
    for (index, pair) in pairs.enumerated() {
      try bench.sandbox.edit(referral: pair.referral, "details.dealValue", .number("\(7000 + index)"))
    }
    _ = try bench.reconcile("plan")
    try bench.decideAll()
    try bench.sandbox.emptyLog()
    #expect(try bench.reconcile("apply").status == 0)
    #expect(try bench.changes().rows.allSatisfy { $0["outcome"] == "applied" })
    let used = try bench.sandbox.writes().compactMap { $0["path"]?.stringValue }
    #expect(used.contains { $0.contains(path) }, "\(used)")
    // Those that were created side by side have their ids in any order.
    return try bench.sandbox.opportunities().map { record in
      ["Name", "Amount", "StageName"].map { record[$0].map { "\($0)" } ?? "" }
    }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  @Test func `R111 a record that somebody changed is left alone by re-read updates, too`() throws {
    let bench = try Workbench()
    bench.environment["RECONCILE_SALESFORCE_WRITE_GUARD"] = "reread"
    try bench.settle()
    let pair = try #require(try bench.sandbox.linkedPairs().first)
    try bench.sandbox.edit(referral: pair.referral, "details.dealValue", .number("7001"))
    _ = try bench.reconcile("plan")
    try bench.decideAll()
    try bench.sandbox.edit(opportunity: pair.opportunity, "NextStep", .string("call them"))
    #expect(try bench.reconcile("apply").status == 3)
    #expect(try bench.changes().rows.contains { $0["outcome"] == "stale" })
    #expect(try bench.sandbox.opportunity(pair.opportunity)?["Amount"] != .number("7001"))
  }
}
