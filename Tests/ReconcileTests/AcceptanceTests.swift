import Foundation
import JSON
import Model
import Testing

/// A thousand deals on each side, from the first contact to a night with nothing to do.
@Suite("A thousand referrals and a thousand opportunities")
struct AcceptanceTests {
  @Test("What is approved is what is written, until nothing is left (R22, R82, R113)")
  func fromFirstContactToQuiet() throws {
    let bench = try Workbench(.init(seed: 1, referrals: 1000, opportunities: 1000))
    try planWritesNothing(bench)
    try everyRecordHasItsRow(bench, bench.sandbox.state())

    var (report, state) = try appliesWhatIsDecided(bench, status: 4)
    let held = report.rows.filter { $0["outcome"] == "held" }
    #expect(held.count >= 20, "the population has conflicts and deals that wait for an answer")

    let second = try bench.reconcile("plan", "--detailed-exitcode")
    #expect(second.status == 2, "\(second)")
    #expect(try subjects(bench.changes().rows) == subjects(held))
    try everyRecordHasItsRow(bench, state)

    try decideTheRest(bench)
    (report, state) = try appliesWhatIsDecided(bench, status: 0)
    #expect(Set(report.rows.compactMap { $0["outcome"] }) == ["applied"])

    let third = try bench.reconcile("plan", "--detailed-exitcode")
    #expect(third.status == 0, "\(third)")
    #expect(try bench.changes().rows.isEmpty)
    try everyRecordHasItsRow(bench, state)
  }

  /// The first plan has changes, and the services have seen reads alone.
  private func planWritesNothing(_ bench: Workbench) throws {
    let plan = try bench.reconcile("plan", "--detailed-exitcode")
    #expect(plan.status == 2, "\(plan)")
    let log = try bench.sandbox.log()
    #expect(log.count > 10)
    #expect(log.allSatisfy { $0["write"]?.boolValue == false && $0["changed"]?.boolValue == false })
    #expect(try bench.changes().rows.count > 500)
  }

  /// Every record of both snapshots is in exactly one row, which says why.
  private func everyRecordHasItsRow(_ bench: Workbench, _ state: JSONValue) throws {
    let rows = try bench.reconciliation().rows
    let own = try bench.sandbox.ownReferrals(state).compactMap { $0["id"]?.stringValue }
    let opportunities = try bench.sandbox.opportunities(state).compactMap { $0["Id"]?.stringValue }
    #expect(own.count >= 1000 && opportunities.count >= 1000)
    let reported = rows.compactMap { $0["referral_id"] }.filter { !$0.isEmpty }
    #expect(Set(reported).count == reported.count)
    let isOwn = Set(own)
    #expect(reported.filter(isOwn.contains).sorted() == own.sorted())
    #expect(rows.compactMap { $0["opportunity_id"] }.filter { !$0.isEmpty }.sorted() == opportunities.sorted())
    let codes = Set(Code.allCases.map(\.rawValue))
    let unexplained = rows.filter { !codes.contains($0["reason_code"] ?? "") || $0["reason"]?.isEmpty != false }
    #expect(unexplained.isEmpty, "\(unexplained.prefix(3))")
    let counted = rows.compactMap { Int($0["changes"] ?? "") }.reduce(0, +)
    #expect(try counted == bench.changes().rows.count)
  }

  /// Applies, and holds the outcomes and the services' log against the decisions.
  private func appliesWhatIsDecided(_ bench: Workbench, status: Int32) throws -> (Report, JSONValue) {
    try bench.sandbox.emptyLog()
    let result = try bench.reconcile("apply")
    #expect(result.status == status, "\(result)")
    let report = try bench.changes()
    let unlike = report.rows.filter { $0["outcome"] != ($0.isDecidedToBeWritten ? "applied" : "held") }
    #expect(unlike.isEmpty, "\(unlike.prefix(3))")
    let state = try bench.sandbox.state()
    let account = try WriteAccount(log: bench.sandbox.log(), state: state, rows: report.rows)
    #expect(account.writesWithoutRow.isEmpty, "\(account.writesWithoutRow.prefix(5))")
    #expect(account.rowsWithoutWrite.isEmpty, "\(account.rowsWithoutWrite.prefix(5))")
    #expect(account.matched > 20)
    // The account does notice a write without a row, and a row without a write.
    let writes = try bench.sandbox.writes()
    let first = try #require(report.rows.first { $0["outcome"] == "applied" }?["seq"])
    let fewer = report.rows.filter { $0["seq"] != first }
    #expect(!WriteAccount(log: writes, state: state, rows: fewer).writesWithoutRow.isEmpty)
    #expect(!WriteAccount(log: writes.dropLast(), state: state, rows: report.rows).rowsWithoutWrite.isEmpty)
    return (report, state)
  }

  /// Conflicts go to either side in turn, everything else that is held is to be applied.
  private func decideTheRest(_ bench: Workbench) throws {
    var count = 0
    try bench.decide { row in
      guard row["risk"] == "conflict" else { return "apply" }
      count += 1
      return Workbench.choice(row, second: count.isMultiple(of: 2))
    }
    #expect(count >= 4)
  }

  private func subjects(_ rows: [Report.Row]) -> [[String]] {
    rows.map(\.subject).sorted { $0.lexicographicallyPrecedes($1) }
  }
}
