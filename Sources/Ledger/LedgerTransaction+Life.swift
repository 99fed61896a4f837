import Foundation
import GRDB
package import Model

/// A record as it stood from one run until another.
package struct RecordVersion: Sendable, Hashable {
  /// The first run whose snapshot held it so.
  package let firstRun: Int
  /// The first run whose snapshot did not any more; nil while it stands.
  package let endRun: Int?
  package let record: Model.Record
}

/// A row of an earlier plan, as far as it is told of a pair.
package struct HistoryLine: Sendable, Hashable {
  /// The number of its run.
  package let run: Int
  /// What it was to do, by the words of the report.
  package let action: String
  package let field: String
  /// The values of the row: last agreed, of both sides, and the one that would stand afterwards.
  package let base: String
  package let partnerCenter: String
  package let salesforce: String
  package let new: String
  /// What was decided and what became of it, by the words of the report.
  package let decision: String
  package let outcome: String
  /// When the service answered, and its id of the request; empty when nothing was sent.
  package let at: String
  package let requestID: String
}

/// A request that was sent for rows of a plan, and what became of it.
package struct JournalLine: Sendable, Hashable {
  /// The rows that it carries out.
  package let rows: [Int]
  /// What was sent, in words: `PATCH referral …`.
  package let what: String
  /// When its intent was stored, and when its outcome; the second is empty while it is open.
  package let intended: String
  package let settled: String
  /// What became of it; nil while it is open.
  package let outcome: Outcome?
  /// The id that the service gave the request; empty when none came back.
  package let requestID: String
}

// Everything that the ledger remembers of one pair.
extension LedgerTransaction {
  /// The line of the reconciliation in which an id stands; nil when there is none.
  package func verdict(of id: String) throws -> VerdictLine? {
    try Row.fetchOne(
      database.cachedStatement(
        sql: "SELECT * FROM verdict WHERE referral = ? OR opportunity = ? ORDER BY referral DESC"),
      arguments: [id, id]
    ).map(verdictLine)
  }

  /// Every version of a record that a snapshot held, oldest first.
  package func versions(_ kind: RecordKind, _ id: String) throws -> [RecordVersion] {
    // In two parts, each with an index of its own.
    let part = "SELECT id, shape, content, first_run, end_run, row FROM record WHERE kind = ?1 AND id = ?2 AND end_run"
    return try Row.fetchAll(
      database.cachedStatement(
        sql: "\(part) IS NULL UNION ALL \(part) IS NOT NULL ORDER BY first_run, row"),
      arguments: [kind.number, id]
    ).map { row in
      RecordVersion(firstRun: row["first_run"], endRun: row["end_run"], record: try decode(row))
    }
  }

  /// The rows of all plans that are about a pair, oldest first, each with the number of its run.
  ///
  /// That is every row of the referral, and those of the opportunity from before it had one.
  package func rows(of key: PairKey) throws -> [(run: Int, row: PlanRow)] {
    let statement = try database.cachedStatement(
      sql: """
        SELECT \(PlanText.all), run FROM change WHERE referral = ? AND referral <> ''
        UNION ALL SELECT \(PlanText.all), run FROM change WHERE referral = '' AND opportunity = ? AND opportunity <> ''
        ORDER BY run, seq
        """)
    return try Row.fetchAll(statement, arguments: [key.referralID, key.opportunityID])
      .map { row in (row["run"], try PlanText.row(row)) }
  }

  /// The last rows about a pair in plans before a run, at most so many, oldest first.
  ///
  /// SQLite takes the few texts out of each row: that is many times quicker than reading whole rows.
  package func history(of key: PairKey, before run: Int, limit: Int) throws -> [HistoryLine] {
    let paired = try history("referral <> '' AND referral", key.referralID, before: run, limit: limit)
    let alone = try history("referral = '' AND opportunity", key.opportunityID, before: run, limit: limit)
    guard !alone.isEmpty, !paired.isEmpty else { return alone + paired }
    return (alone + paired).sorted { $0.run < $1.run }.suffix(limit)
  }

  private func history(
    _ condition: String, _ id: String, before run: Int, limit: Int
  ) throws -> [HistoryLine] {
    guard !id.isEmpty else { return [] }
    let statement = try database.cachedStatement(
      sql: """
        SELECT run, action, field, base, partner_center, salesforce, new, decision, outcome,
          iif(answer = '', '', answer ->> 'at') AS at, iif(answer = '', '', answer ->> 'requestID') AS request
        FROM change WHERE \(condition) = ? AND run < ? ORDER BY run DESC, seq DESC LIMIT ?
        """)
    return try Row.fetchAll(statement, arguments: [id, run, limit]).reversed().map { row in
      HistoryLine(
        run: row["run"], action: row["action"], field: row["field"], base: row["base"],
        partnerCenter: row["partner_center"], salesforce: row["salesforce"], new: row["new"],
        decision: row["decision"], outcome: row["outcome"], at: row["at"], requestID: row["request"])
    }
  }

  /// Whether some run created the opportunity of a referral, and none has written the field `label` of it.
  package func isCreationUnfinished(of referral: String, without label: String) throws -> Bool {
    let statement = try database.cachedStatement(
      sql: """
        SELECT coalesce(sum(action = ?2), 0) > 0 AND coalesce(sum(field = ?3), 0) = 0
        FROM change WHERE referral = ?1 AND referral <> '' AND outcome = 'applied'
        """)
    return try Bool.fetchOne(
      statement, arguments: [referral, Action.createOpportunity.rawValue, label]) ?? false
  }

  /// The requests that were sent for these rows of a run, in order.
  package func journal(of run: Int, rows: Set<Int>) throws -> [JournalLine] {
    try Row.fetchAll(
      database.cachedStatement(sql: "SELECT * FROM journal WHERE run = ? ORDER BY number"), arguments: [run]
    )
    .compactMap { row in
      let seqs = Self.rows(in: row)
      guard seqs.contains(where: rows.contains) else { return nil }
      let outcome: String? = row["outcome"]
      return JournalLine(
        rows: seqs, what: row["what"], intended: row["intended"], settled: row["settled"] ?? "",
        outcome: outcome.flatMap(Outcome.init(rawValue:)), requestID: row["request_id"])
    }
  }
}
