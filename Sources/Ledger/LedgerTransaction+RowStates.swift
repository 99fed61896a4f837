import GRDB
package import Model

/// How far a row of a plan has come, without what it does.
package struct RowState: Sendable, Hashable {
  /// Where it stands in the plan, from 1.
  package let seq: Int
  package let key: PairKey
  package let decision: Decision
  package let outcome: Outcome
}

extension LedgerTransaction {
  /// How far the rows of a run's plan have come, in order, one at a time: a fraction of the work of `eachRow`.
  package func eachState(of run: Int, _ body: (RowState) throws -> Void) throws {
    let statement = try database.cachedStatement(
      sql: "SELECT seq, referral, opportunity, decision, outcome FROM change WHERE run = ? ORDER BY seq")
    let rows = try Row.fetchCursor(statement, arguments: [run])
    while let row = try rows.next() {
      try body(
        RowState(
          seq: row[0], key: PairKey(referralID: row[1], opportunityID: row[2]), decision: Self.decision(row[3]),
          outcome: Self.outcome(row[4])))
    }
  }

  /// How many rows of a run's plan have come to which outcome.
  package func outcomes(of run: Int) throws -> [Outcome: Int] {
    let statement = try database.cachedStatement(
      sql: "SELECT outcome, count(*) FROM change WHERE run = ? GROUP BY outcome")
    var counts: [Outcome: Int] = [:]
    let rows = try Row.fetchCursor(statement, arguments: [run])
    while let row = try rows.next() { counts[Self.outcome(row[0]), default: 0] += row[1] }
    return counts
  }

  static func decision(_ text: String) -> Decision { Decision(rawValue: text) ?? .hold }

  static func outcome(_ text: String) -> Outcome { Outcome(rawValue: text) ?? .planned }
}
