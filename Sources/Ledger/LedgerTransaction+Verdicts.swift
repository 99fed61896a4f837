import Foundation
import GRDB
package import Model

/// One line of the reconciliation report.
package struct VerdictLine: Sendable, Hashable {
  /// The ids of the pair, or of the record alone.
  package let key: PairKey
  /// Where it stands.
  package let standing: Standing
  /// The deal's name without mark.
  package let name: String
  /// What kind of deal it is; empty for an opportunity alone.
  package let category: String
  /// Status and sub-status of the referral.
  package let status: String
  /// The opportunity's stage.
  package let stage: String
  /// Why it stands there, as a code.
  package let code: Code
  /// Why it stands there, as a sentence.
  package let reason: String
  /// How many rows of the plan belong to it.
  package let changes: Int
}

extension LedgerTransaction {
  /// Stores what a run found out about a pair.
  package func store(_ verdict: Verdict) throws {
    try ask(.verdict).run([
      .text(verdict.key.referralID), .text(verdict.key.opportunityID), .text(verdict.standing.rawValue),
      .text(verdict.name), .text(verdict.category), .text(verdict.status), .text(verdict.stage),
      .text(verdict.code.rawValue), .text(verdict.reason), .number(verdict.changes.count),
      .number(verdict.isSettled ? 1 : 0),
    ])
  }

  /// Lets the next plan look at two records again, whatever was found out about them.
  package func unsettle(_ referral: String, _ opportunity: String) throws {
    try database.cachedStatement(sql: "UPDATE verdict SET settled = 0 WHERE referral = ? OR opportunity = ?").execute(
      arguments: [referral, opportunity])
  }

  /// Every pair and every record alone, each once, by referral and opportunity id.
  package func eachVerdict(_ body: (VerdictLine) throws -> Void) throws {
    let rows = try Row.fetchCursor(database, sql: "SELECT * FROM verdict ORDER BY referral, opportunity")
    while let row = try rows.next() { try body(try verdictLine(row)) }
  }

  /// The lines to which no row of a run belongs, at most so many: those of `last` come behind the others.
  package func quietVerdicts(of run: Int, last: [Standing], limit: Int) throws -> [VerdictLine] {
    let words = last.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    return try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT * FROM verdict v
          WHERE NOT EXISTS (
            SELECT 1 FROM change c WHERE c.referral = v.referral AND c.opportunity = v.opportunity AND c.run = ?)
          ORDER BY standing IN (\(words)), referral, opportunity LIMIT ?
          """),
      arguments: [run, limit]
    ).map(verdictLine)
  }

  /// The line of a pair; nil when there is none.
  package func verdict(of key: PairKey) throws -> VerdictLine? {
    let statement = try database.cachedStatement(sql: "SELECT * FROM verdict WHERE referral = ? AND opportunity = ?")
    return try Row.fetchOne(statement, arguments: [key.referralID, key.opportunityID]).map(verdictLine)
  }

  /// How many lines stand where for which reason.
  package func reasons() throws -> [(standing: Standing, code: Code, count: Int)] {
    try Row.fetchAll(
      database.cachedStatement(sql: "SELECT standing, code, count(*) AS n FROM verdict GROUP BY standing, code")
    )
    .compactMap { row in
      guard let standing = Standing(rawValue: row["standing"]), let code = Code(rawValue: row["code"]) else {
        return nil
      }
      return (standing, code, row["n"])
    }
  }

  func verdictLine(_ row: Row) throws -> VerdictLine {
    guard let standing = Standing(rawValue: row["standing"]), let code = Code(rawValue: row["code"]) else {
      throw Failure(.ledgerUnreadable, "the ledger holds a verdict that this release does not know")
    }
    return VerdictLine(
      key: PairKey(referralID: row["referral"], opportunityID: row["opportunity"]), standing: standing,
      name: row["name"], category: row["category"], status: row["status"], stage: row["stage"], code: code,
      reason: row["reason"], changes: row["changes"])
  }

  /// How many pairs and records stand where.
  package func standings() throws -> [Standing: Int] {
    var result: [Standing: Int] = [:]
    for row in try Row.fetchAll(
      database.cachedStatement(sql: "SELECT standing, count(*) AS n FROM verdict GROUP BY standing"))
    {
      if let standing = Standing(rawValue: row["standing"]) { result[standing] = row["n"] }
    }
    return result
  }
}
