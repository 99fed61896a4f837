import Ledger
import Model
import Testing

@Suite("Rows that wait for a person")
struct WaitingRowsTests {
  private let folder: TemporaryFolder
  private let ledger: LedgerFile

  init() throws {
    folder = try TemporaryFolder()
    ledger = try LedgerFile(at: folder.ledger)
  }

  /// A row of a plan: its pair and field, how dangerous it is, and how it ended.
  private struct Row {
    var pair = "1"
    var field = "Deal value"
    var risk = Risk.conflict
    var outcome = Outcome.held
    var value = "5"
  }

  /// Stores a run that began on a day of November, and its rows with their outcomes.
  private func run(day: Int, kind: String = RunEntry.plan, _ rows: [Row]) throws -> RunEntry {
    let stamp = "202611\(day < 10 ? "0" : "")\(day)"
    let id = try #require(RunID("\(stamp)T080000Z-abcd"))
    return try ledger.write { transaction in
      try transaction.beginTouching()
      let started = "2026-11-\(stamp.suffix(2))T08:00:00Z"
      let number = try transaction.openRun(id, kind: kind, started: started, mapping: "m")
      for row in rows {
        let change = Change(
          row.risk == .conflict ? .conflict : .update, .toSalesforce, field: row.field,
          values: Change.Values(partnerCenter: row.value),
          because: Change.Grounds(.conflict, rule: "R17", risk: row.risk, "why"), effect: .recordOpportunity)
        let key = PairKey(referralID: "r\(row.pair)", opportunityID: "o\(row.pair)")
        let verdict = Verdict(
          key, .conflict, Verdict.Face(name: "Deal \(row.pair)"), code: .conflict, reason: "", changes: [change],
          isSettled: false)
        try transaction.propose(change, phase: 1, of: verdict, versions: PlanRow.Versions())
      }
      try transaction.numberProposals(of: number)
      try transaction.sealRun(number, snapshots: [:])
      for (index, row) in rows.enumerated() {
        guard var stored = try transaction.row(index + 1, of: number) else { continue }
        stored.outcome = row.outcome
        try transaction.settle(stored, of: number)
      }
      return try #require(try transaction.run(id))
    }
  }

  private func waiting(_ run: RunEntry) throws -> WaitingRows { try ledger.read { try $0.waitingRows(of: run) } }

  @Test("held rows wait, and those of a plan that nobody began; others do not", arguments: Outcome.allCases)
  func waits(outcome: Outcome) throws {
    let found = try waiting(try run(day: 1, [Row(outcome: outcome), Row(field: "Name", outcome: outcome)]))
    let waits = outcome == .held || outcome == .planned
    #expect(found.digests.count == (waits ? 2 : 0) && found.names == (waits ? ["Deal 1"] : []))
  }

  @Test("the same row of the next plan has the same digest, another one another")
  func digests() throws {
    let first = try waiting(run(day: 1, [Row(value: "1")])).digests
    let second = try waiting(run(day: 2, [Row(value: "2")])).digests
    let other = try waiting(run(day: 3, [Row(field: "Name")])).digests
    #expect(first == second && first.isDisjoint(with: other))
    #expect(first.allSatisfy { $0.wholeMatch(of: /[0-9a-f]{16}/) != nil })
  }
}
