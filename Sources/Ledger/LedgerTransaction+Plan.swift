import Foundation
import GRDB
import JSON
package import Model

extension LedgerTransaction {
  /// Proposes a row for the plan that is being made; `phase` orders the pairs in it.
  ///
  /// A mark that would tell of held rows only is proposed to be held with them, and what hangs on a creation that waits
  /// for a person waits with it.
  package func propose(_ change: Change, phase: Int, of verdict: Verdict, versions: PlanRow.Versions) throws {
    let others = verdict.changes.filter { $0.action != .mark }
    let isIdle = change.action == .mark && !others.isEmpty && !others.contains { $0.proposal == .apply }
    let isWaiting = others.contains { $0.action == .createReferral && $0.proposal == .hold }
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO proposal (phase, referral, opportunity, name, body, versions, decision)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(arguments: [
      phase, verdict.key.referralID, verdict.key.opportunityID, verdict.name, try encode(change),
      try encode(versions), (isIdle || isWaiting ? Decision.hold : change.proposal).rawValue,
    ])
  }

  /// Turns the proposals into the run's plan, numbered from 1: by phase, then pair by pair.
  package func numberProposals(of run: Int) throws {
    try database.cachedStatement(
      sql: """
        INSERT INTO change (run, seq, referral, opportunity, name, body, versions, decision, outcome, answer)
        SELECT ?, row_number() OVER (ORDER BY phase, referral, opportunity, place), referral, opportunity, name, body,
          versions, decision, 'planned', ? FROM proposal
        """
    ).execute(arguments: [run, try encode(PlanRow.Answer())])
  }

  /// The rows that are proposed and not numbered yet, by phase, then pair by pair.
  package func eachProposal(_ body: (PlanRow) throws -> Void) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT 0 AS seq, referral, opportunity, name, body, versions, decision, 'planned' AS outcome, ? AS answer
        FROM proposal ORDER BY phase, referral, opportunity, place
        """,
      arguments: [try encode(PlanRow.Answer())])
    while let row = try rows.next() {
      try body(try planRow(row))
    }
  }

  /// The rows of a run's plan, in order, one at a time.
  package func eachRow(of run: Int, _ body: (PlanRow) throws -> Void) throws {
    let statement = try database.cachedStatement(sql: "SELECT * FROM change WHERE run = ? ORDER BY seq")
    let rows = try Row.fetchCursor(statement, arguments: [run])
    while let row = try rows.next() {
      try body(try planRow(row))
    }
  }

  /// One row of a run's plan; nil when there is none of that number.
  package func row(_ seq: Int, of run: Int) throws -> PlanRow? {
    let statement = try database.cachedStatement(sql: "SELECT * FROM change WHERE run = ? AND seq = ?")
    return try Row.fetchOne(statement, arguments: [run, seq]).map(planRow)
  }

  /// How many rows a run's plan has.
  package func rowCount(of run: Int) throws -> Int {
    try Int.fetchOne(database.cachedStatement(sql: "SELECT count(*) FROM change WHERE run = ?"), arguments: [run]) ?? 0
  }

  /// Stores decision, outcome and answer of a row.
  package func settle(_ row: PlanRow, of run: Int) throws {
    let statement = try database.cachedStatement(
      sql: "UPDATE change SET decision = ?, outcome = ?, answer = ? WHERE run = ? AND seq = ?")
    try statement.execute(arguments: [
      row.decision.rawValue, row.outcome.rawValue, try encode(row.answer), run, row.seq,
    ])
  }

  func planRow(_ row: Row) throws -> PlanRow {
    var result = PlanRow(
      seq: row["seq"], key: PairKey(referralID: row["referral"], opportunityID: row["opportunity"]),
      name: row["name"], change: try decode(Change.self, row["body"]),
      versions: try decode(PlanRow.Versions.self, row["versions"]))
    result.decision = Self.decision(row["decision"])
    result.outcome = Self.outcome(row["outcome"])
    let answer: String = row["answer"]
    if answer != Self.noAnswer { result.answer = try decode(PlanRow.Answer.self, answer) }
    return result
  }

  /// How the answer of a row is stored that was not sent: most rows, of which many are read again and again.
  private static let noAnswer = String(decoding: (try? encoder.encode(PlanRow.Answer())) ?? Data(), as: UTF8.self)

  /// One encoder for all rows; the keys are sorted, since the plan's digest is taken over what it writes.
  private static let encoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()

  func encode(_ value: some Encodable) throws -> String {
    String(decoding: try Self.encoder.encode(value), as: UTF8.self)
  }

  func decode<T: Decodable>(_ type: T.Type, _ text: String) throws -> T {
    do {
      return try JSONValue(parsing: text).decoded(as: type)
    } catch {
      throw Failure(.ledgerUnreadable, "a row of the ledger cannot be read: \(error)", fix: "restore the ledger")
    }
  }
}
