import Foundation
import GRDB
package import Model

// What the ledger knows of a run that is to be undone.
extension LedgerTransaction {
  /// The rows of a run that wrote something or may have, in order, one at a time, with what journal and earlier undos tell
  /// of them.
  ///
  /// Those are the applied rows, those whose request has no clear answer, and those that failed after they had made a
  /// record on their way.
  package func eachRow(writtenBy run: RunEntry, _ body: (WrittenRow) throws -> Void) throws {
    let traces = try traces(of: run.number)
    let takenBack = try takenBack()
    try eachRow(of: run.number) { row in
      var written = WrittenRow(row, of: run.id)
      written.made = traces.made[row.seq] ?? []
      written.isInDoubt = row.outcome == .unknown || row.outcome != .applied && traces.open.contains(row.seq)
      written.isTakenBack = takenBack.contains(RowPlace(run: run.id.text, seq: row.seq))
      if row.outcome == .applied || written.isInDoubt || !written.made.isEmpty { try body(written) }
    }
  }

  /// A record as a run's snapshot held it; nil when it did not.
  package func record(_ kind: RecordKind, _ id: String, asOf run: Int) throws -> Model.Record? {
    // Two statements, each with an index of its own: what stands is found by id, what ended by when.
    let known = "SELECT id, shape, content FROM record WHERE kind = ? AND id = ? AND first_run <= ? AND end_run"
    let standing = try database.cachedStatement(sql: known + " IS NULL")
    if let row = try Row.fetchOne(standing, arguments: [kind.number, id, run]) { return try decode(row) }
    let ended = try database.cachedStatement(sql: known + " > ?")
    return try Row.fetchOne(ended, arguments: [kind.number, id, run, run]).map(decode)
  }

  /// Counts the proposals of each pair in its verdict, whatever rows its judgement would have brought.
  package func countProposals() throws {
    try database.cachedStatement(sql: "UPDATE verdict SET changes = 0 WHERE changes <> 0").execute()
    try database.cachedStatement(
      sql: """
        UPDATE verdict SET changes = counted.n FROM
          (SELECT referral, opportunity, count(*) AS n FROM proposal GROUP BY referral, opportunity) AS counted
          WHERE verdict.referral = counted.referral AND verdict.opportunity = counted.opportunity
        """
    ).execute()
  }

  /// A row of some run.
  private struct RowPlace: Hashable {
    let run: String
    let seq: Int
  }

  /// The rows that an undo took back, unless that undo was taken back itself.
  private func takenBack() throws -> Set<RowPlace> {
    var undoers: [RowPlace: [RowPlace]] = [:]
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT \(PlanText.all), run.id AS run_id FROM change JOIN run ON run.number = change.run
        WHERE run.kind = ? AND change.outcome = 'applied'
        """,
      arguments: [RunEntry.undo])
    while let row = try rows.next() {
      guard let undone = try PlanText.row(row).change.undoes else { continue }
      undoers[RowPlace(run: undone.run, seq: undone.seq), default: []]
        .append(RowPlace(run: row["run_id"], seq: row["seq"]))
    }
    // A run is undone by later runs only, so that this comes to an end.
    func isTakenBack(_ place: RowPlace) -> Bool {
      undoers[place]?.contains { !isTakenBack($0) } ?? false
    }
    return Set(undoers.keys.filter(isTakenBack))
  }

  /// What the journal tells of a run's rows: the records that they made, and the rows whose request has no outcome.
  private func traces(of run: Int) throws -> (made: [Int: [MadeRecord]], open: Set<Int>) {
    var made: [Int: [MadeRecord]] = [:]
    var open: Set<Int> = []
    let entries = try Row.fetchCursor(
      database, sql: "SELECT rows, what, outcome, result FROM journal WHERE run = ? ORDER BY number", arguments: [run])
    while let entry = try entries.next() {
      let seqs = Self.rows(in: entry)
      let outcome: String? = entry["outcome"]
      let record = MadeRecord(entry["what"], result: entry["result"])
      for seq in seqs {
        if outcome == nil { open.insert(seq) }
        if outcome == Outcome.applied.rawValue, let record { made[seq, default: []].append(record) }
      }
    }
    return (made, open)
  }
}

extension MadeRecord {
  /// The record that a request made, from the words of the journal: `POST contact role of opportunity …`; nil when it made
  /// none.
  fileprivate init?(_ request: String, result: String) {
    let words = request.split(separator: " ")
    guard let verb = words.first, verb == "POST" || verb == "upsert", !result.isEmpty else { return nil }
    let what = words.dropFirst().prefix { $0 != "of" && $0 != "for" }
    self.init(what.joined(separator: " "), id: result)
  }
}
