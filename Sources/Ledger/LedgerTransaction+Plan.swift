import GRDB
import JSON
package import Model

extension LedgerTransaction {
  /// Proposes a row for the plan that is being made; `phase` orders the pairs in it.
  ///
  /// A mark that would tell of held rows only is proposed to be held with them, and what hangs on a creation that waits
  /// for a person waits with it.
  package func propose(_ change: Change, phase: Int, of verdict: Verdict, versions: PlanRow.Versions) throws {
    try propose(ProposedRow(change), phase: phase, of: verdict, versions: versions)
  }

  /// The same for a row that has the form in which it is stored already.
  package func propose(_ row: ProposedRow, phase: Int, of verdict: Verdict, versions: PlanRow.Versions) throws {
    let change = row.change
    let others = verdict.changes.filter { $0.action != .mark }
    let isIdle = change.action == .mark && !others.isEmpty && !others.contains { $0.proposal == .apply }
    let isWaiting = others.contains { $0.action == .createReferral && $0.proposal == .hold }
    let decision = isIdle || isWaiting ? Decision.hold : change.proposal
    let place: [Query.Argument] = [
      .number(phase), .text(verdict.key.referralID), .text(verdict.key.opportunityID), .text(verdict.name),
      .text(decision.rawValue), .text(PlanText.joined(versions)),
    ]
    try ask(.proposing).run(place + row.columns)
  }

  /// Turns the proposals into the run's plan, numbered from 1: by phase, then pair by pair.
  package func numberProposals(of run: Int) throws {
    // The numbers first: rows are too long to be carried through a sort.
    try database.cachedStatement(
      sql: """
        INSERT INTO change (run, seq, outcome, answer, \(PlanText.proposed))
        SELECT ?, seq, 'planned', '', \(PlanText.proposed) FROM (
          SELECT place, row_number() OVER (ORDER BY phase, referral, opportunity, place) AS seq FROM proposal
        ) CROSS JOIN proposal USING (place)
        """
    ).execute(arguments: [run])
  }

  /// How many rows are proposed.
  package func proposalCount() throws -> Int {
    try Int.fetchOne(database.cachedStatement(sql: "SELECT count(*) FROM proposal")) ?? 0
  }

  /// The pairs of which a run's plan and the proposals hold different rows, by id, each with its rows in both.
  ///
  /// Nearly all are the same to the letter, and SQLite passes over those: only the others are read.
  package func eachPairApart(
    from run: Int, _ body: (_ planned: [PlanRow], _ proposed: [PlanRow]) throws -> Void
  ) throws {
    let row = "referral, opportunity, " + PlanText.columns.joined(separator: ", ")
    let planned = "SELECT \(row) FROM change WHERE run = ?1"
    let proposed = "SELECT \(row) FROM proposal"
    try database.execute(sql: "DROP TABLE IF EXISTS temp.apart")
    try database.execute(
      sql: """
        CREATE TEMP TABLE apart (referral TEXT, opportunity TEXT, PRIMARY KEY (referral, opportunity)) WITHOUT ROWID;
        INSERT INTO apart SELECT referral, opportunity FROM (\(planned) EXCEPT \(proposed))
          UNION SELECT referral, opportunity FROM (\(proposed) EXCEPT \(planned))
        """, arguments: [run])
    // Each row looks for its pair among those that are apart: these are found by their key, and rows are not.
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT \(PlanText.all), 0 AS is_proposed FROM change CROSS JOIN apart USING (referral, opportunity) WHERE run = ?
        UNION ALL SELECT \(PlanText.all), 1 AS is_proposed FROM
          (SELECT *, place AS seq, 'planned' AS outcome, '' AS answer FROM proposal)
          CROSS JOIN apart USING (referral, opportunity)
        ORDER BY referral, opportunity, is_proposed, seq
        """, arguments: [run])
    var group: (planned: [PlanRow], proposed: [PlanRow]) = ([], [])
    var key: PairKey?
    while let next = try rows.next() {
      let row = try PlanText.row(next)
      if let key, key != row.key {
        try body(group.planned, group.proposed)
        group = ([], [])
      }
      key = row.key
      if next["is_proposed"] { group.proposed.append(row) } else { group.planned.append(row) }
    }
    if key != nil { try body(group.planned, group.proposed) }
  }

  /// The rows of a run's plan, in order, one at a time.
  package func eachRow(of run: Int, _ body: (PlanRow) throws -> Void) throws {
    let statement = try database.cachedStatement(sql: "SELECT \(PlanText.all) FROM change WHERE run = ? ORDER BY seq")
    let rows = try Row.fetchCursor(statement, arguments: [run])
    while let row = try rows.next() {
      try body(try PlanText.row(row))
    }
  }

  /// One row of a run's plan; nil when there is none of that number.
  package func row(_ seq: Int, of run: Int) throws -> PlanRow? {
    let statement = try database.cachedStatement(sql: "SELECT \(PlanText.all) FROM change WHERE run = ? AND seq = ?")
    return try Row.fetchOne(statement, arguments: [run, seq]).map(PlanText.row)
  }

  /// How many rows a run's plan has.
  package func rowCount(of run: Int) throws -> Int {
    try Int.fetchOne(database.cachedStatement(sql: "SELECT count(*) FROM change WHERE run = ?"), arguments: [run]) ?? 0
  }

  /// How many rows of a run's plan stand there for that reason.
  package func rowCount(of run: Int, because code: Code) throws -> Int {
    let statement = try database.cachedStatement(sql: "SELECT count(*) FROM change WHERE run = ? AND code = ?")
    return try Int.fetchOne(statement, arguments: [run, code.rawValue]) ?? 0
  }

  /// Stores decision, outcome and answer of a row.
  package func settle(_ row: PlanRow, of run: Int) throws {
    let statement = try database.cachedStatement(
      sql: "UPDATE change SET decision = ?, outcome = ?, answer = ? WHERE run = ? AND seq = ?")
    try statement.execute(arguments: [
      row.decision.rawValue, row.outcome.rawValue, row.answer == PlanRow.Answer() ? "" : try encode(row.answer), run,
      row.seq,
    ])
  }

  func encode(_ value: some Encodable) throws -> String { try JSONValue(encoding: value).text }

  func decode<T: Decodable>(_ type: T.Type, _ text: String) throws -> T { try PlanText.decode(type, text) }
}
