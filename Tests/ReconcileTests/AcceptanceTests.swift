import Foundation
import JSON
import Testing

/// A thousand deals on each side, from the first contact to a night with nothing to do.
@Suite("A thousand referrals and a thousand opportunities")
struct AcceptanceTests {
  @Test("What is approved is what is written, until nothing is left (R22, R82, R113)")
  func fromFirstContactToQuiet() throws {
    let bench = try Workbench(.init(seed: 1, referrals: 1000, opportunities: 1000))
    try planWritesNothing(bench)
    try everyRecordHasItsRow(bench)

    let held = try appliesWhatIsDecided(bench, status: 4).rows.filter { $0["outcome"] == "held" }
    #expect(held.count >= 20, "the population has conflicts and deals that wait for an answer")

    let second = try bench.reconcile("plan", "--detailed-exitcode")
    #expect(second.status == 2, "\(second)")
    #expect(try subjects(bench.changes().rows) == subjects(held))
    try everyRecordHasItsRow(bench)

    try decideTheRest(bench)
    let rest = try appliesWhatIsDecided(bench, status: 0)
    #expect(Set(rest.rows.compactMap { $0["outcome"] }) == ["applied"])

    let third = try bench.reconcile("plan", "--detailed-exitcode")
    #expect(third.status == 0, "\(third)")
    #expect(try bench.changes().rows.isEmpty)
    try everyRecordHasItsRow(bench)
  }

  /// The first plan has changes, and the services have seen reads alone.
  private func planWritesNothing(_ bench: Workbench) throws {
    let plan = try bench.reconcile("plan", "--detailed-exitcode")
    #expect(plan.status == 2, "\(plan)")
    #expect(try bench.sandbox.writes().isEmpty)
    #expect(try bench.sandbox.log().allSatisfy { $0["changed"]?.boolValue == false })
    #expect(try bench.changes().rows.count > 500)
  }

  /// Every record of both snapshots is in exactly one row, which says why.
  private func everyRecordHasItsRow(_ bench: Workbench) throws {
    let rows = try bench.reconciliation().rows
    let referrals = try bench.sandbox.ownReferrals().compactMap { $0["id"]?.stringValue }
    let opportunities = try bench.sandbox.opportunities().compactMap { $0["Id"]?.stringValue }
    let reported = (
      referrals: rows.compactMap { $0["referral_id"] }.filter { !$0.isEmpty },
      opportunities: rows.compactMap { $0["opportunity_id"] }.filter { !$0.isEmpty }
    )
    #expect(referrals.count >= 1000 && opportunities.count >= 1000)
    let own = Set(referrals)
    #expect(reported.referrals.filter(own.contains).sorted() == referrals.sorted())
    #expect(reported.opportunities.sorted() == opportunities.sorted())
    #expect(Set(reported.referrals).count == reported.referrals.count)
    for row in rows {
      #expect(row["reason_code"]?.wholeMatch(of: /[NE][0-9]{3}/) != nil && row["reason"]?.isEmpty == false, "\(row)")
    }
    let counted = rows.compactMap { Int($0["changes"] ?? "") }.reduce(0, +)
    #expect(try counted == bench.changes().rows.count)
  }

  /// Applies, and holds the outcomes and the services' log against the decisions.
  private func appliesWhatIsDecided(_ bench: Workbench, status: Int32) throws -> Report {
    try bench.sandbox.emptyLog()
    let result = try bench.reconcile("apply")
    #expect(result.status == status, "\(result)")
    let report = try bench.changes()
    for row in report.rows {
      #expect(row["outcome"] == (row.isDecidedToBeWritten ? "applied" : "held"), "\(row)")
    }
    let account = try WriteAccount(log: bench.sandbox.log(), state: bench.sandbox.state(), rows: report.rows)
    #expect(account.writesWithoutRow.isEmpty, "\(account.writesWithoutRow.prefix(5))")
    #expect(account.rowsWithoutWrite.isEmpty, "\(account.rowsWithoutWrite.prefix(5))")
    #expect(account.matched > 20)
    return report
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
