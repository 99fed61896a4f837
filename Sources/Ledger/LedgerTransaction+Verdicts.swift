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
  /// Stores what a run found out about a pair; where that is known already, nothing is written.
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

  /// The lines of some standings to which no row of a run belongs, at most so many, by referral and opportunity id.
  ///
  /// - Returns: how many there were.
  package func eachQuietVerdict(
    of run: Int, in standings: [Standing], limit: Int, _ body: (VerdictLine) throws -> Void
  ) throws -> Int {
    // The last condition says nothing new, but an index that leaves out what is in sync can be used only where it stands.
    let isApart = standings.contains(.inSync) ? "" : "AND standing <> 'in-sync'"
    let rows = try Row.fetchCursor(
      database.cachedStatement(
        sql: """
          SELECT * FROM verdict v WHERE standing IN (\(standings.map { "'\($0.rawValue)'" }.joined(separator: ", ")))
            AND NOT EXISTS (SELECT 1 FROM change c
              WHERE c.referral = v.referral AND c.referral <> '' AND c.opportunity = v.opportunity AND c.run = ?1)
            AND NOT EXISTS (SELECT 1 FROM change c
              WHERE v.referral = '' AND c.referral = '' AND c.opportunity = v.opportunity AND c.run = ?1)
            \(isApart) ORDER BY referral, opportunity LIMIT ?2
          """),
      arguments: [run, limit])
    var count = 0
    while let row = try rows.next() {
      try body(try verdictLine(row))
      count += 1
    }
    return count
  }

  /// The line of a pair; nil when there is none.
  package func verdict(of key: PairKey) throws -> VerdictLine? {
    let statement = try database.cachedStatement(sql: "SELECT * FROM verdict WHERE referral = ? AND opportunity = ?")
    return try Row.fetchOne(statement, arguments: [key.referralID, key.opportunityID]).map(verdictLine)
  }

  /// How many of the lines that are not in sync stand where for which reason.
  package func reasons() throws -> [(standing: Standing, code: Code, count: Int)] {
    try apart().compactMap { place, code, count in
      guard let standing = Standing(rawValue: place), let code = Code(rawValue: code) else { return nil }
      return (standing, code, count)
    }
  }

  /// How many pairs and records stand where.
  ///
  /// Those in sync, nearly all of them, are what is left of all: a number that SQLite knows without looking at each.
  package func standings() throws -> [Standing: Int] {
    var result: [Standing: Int] = [:]
    var rest = try Int.fetchOne(database.cachedStatement(sql: "SELECT count(*) FROM verdict")) ?? 0
    for (place, _, count) in try apart() {
      rest -= count
      if let standing = Standing(rawValue: place) { result[standing, default: 0] += count }
    }
    if rest > 0 { result[.inSync] = rest }
    return result
  }

  private func apart() throws -> [(standing: String, code: String, count: Int)] {
    try Row.fetchAll(
      database.cachedStatement(
        sql: "SELECT standing, code, count(*) AS n FROM verdict WHERE standing <> 'in-sync' GROUP BY standing, code")
    ).map { ($0["standing"], $0["code"], $0["n"]) }
  }

  func verdictLine(_ row: Row) throws -> VerdictLine {
    guard let standing = Standing(rawValue: row["standing"]), let code = Code(rawValue: row["code"]) else {
      throw Self.unknownVerdict
    }
    return VerdictLine(
      key: PairKey(referralID: row["referral"], opportunityID: row["opportunity"]), standing: standing,
      name: row["name"], category: row["category"], status: row["status"], stage: row["stage"], code: code,
      reason: row["reason"], changes: row["changes"])
  }

  static var unknownVerdict: Failure {
    Failure(.ledgerUnreadable, "the ledger holds a verdict that this release does not know")
  }
}
