import Foundation
import GRDB
package import Model

extension LedgerTransaction {
  /// Empties the list of records that this run has to look at again.
  ///
  /// Call it before the snapshots are written.
  package func beginTouching() throws {
    try run(Self.work)
    try run(["DELETE FROM touched", "DELETE FROM proposal"])
  }

  /// Adds what moved records drag along, and what was left open last time; `all` takes every standing record.
  package func spreadTouch(all: Bool) throws {
    if all {
      try database.cachedStatement(
        sql: "INSERT OR IGNORE INTO touched SELECT kind, id FROM record WHERE kind IN (1, 2) AND end_run IS NULL"
      ).execute()
      try database.cachedStatement(sql: "DELETE FROM verdict").execute()
      return
    }
    try run(Self.unsettled)
    try spreadTouchToNeighbours()
    try forgetTouchedVerdicts()
  }

  /// Adds what moved records drag along, as far as it goes, and nothing else.
  package func spreadTouchToNeighbours() throws {
    var before = -1
    var now = try touchedCount()
    while now != before {
      try run(Self.neighbours)
      before = now
      now = try touchedCount()
    }
  }

  /// Forgets what was found out about the records that are looked at again.
  package func forgetTouchedVerdicts() throws { try run(Self.judgedAnew) }

  /// The ids of the touched records of a kind that stand in the newest snapshot, sorted.
  package func eachTouched(_ kind: RecordKind, _ body: (String) throws -> Void) throws {
    let statement = try database.cachedStatement(
      sql: """
        SELECT touched.id FROM touched CROSS JOIN record INDEXED BY record_standing ON record.kind = touched.kind AND record.id = touched.id
          AND record.end_run IS NULL WHERE touched.kind = ? ORDER BY touched.id
        """)
    let ids = try String.fetchCursor(statement, arguments: [kind.number])
    while let id = try ids.next() {
      try body(id)
    }
  }

  /// Who claims to belong to a referral of the newest snapshot.
  package func claims(on referral: String) throws -> IdentityClaims {
    let linked = try opportunity(linkedWith: referral)
    let partner = try database.cachedStatement(
      sql: "SELECT partner FROM record WHERE kind = 1 AND id = ? AND end_run IS NULL")
    let named = try String.fetchOne(partner, arguments: [referral]) ?? ""
    let claimants = try database.cachedStatement(
      sql: """
        SELECT id FROM record INDEXED BY record_partner
        WHERE kind = 2 AND partner = ? AND partner <> '' AND end_run IS NULL ORDER BY id
        """)
    let claims = IdentityClaims(
      linked: try linked.map { ($0, try isStanding(.opportunity, $0)) },
      claimants: try String.fetchAll(claimants, arguments: [referral]),
      named: (named, try !named.isEmpty && isStanding(.opportunity, named)),
      rivals: try referrals(naming: named).filter { $0 != referral })
    let contenders = try claims.present.flatMap { try tied(to: $0, isLinked: $0 == linked) }
    return claims.adding(contenders: Set(contenders).subtracting([referral]).sorted())
  }

  /// The referrals that an opportunity is tied to: by the ledger, by its own *Referral Identifier*, by the CRM id that
  /// they name.
  ///
  /// The identifier of one that is linked counts only when there is such a referral: anything else typed over it is put
  /// back.
  private func tied(to opportunity: String, isLinked: Bool) throws -> [String] {
    let partner = try database.cachedStatement(
      sql: "SELECT partner FROM record WHERE kind = 2 AND id = ? AND end_run IS NULL")
    let identifier = try String.fetchOne(partner, arguments: [opportunity]) ?? ""
    let isKnown = try !identifier.isEmpty && (!isLinked || isStanding(.referral, identifier))
    return try [referral(linkedWith: opportunity), isKnown ? identifier : nil].compactMap(\.self)
      + referrals(naming: opportunity)
  }

  /// The referrals of the newest snapshot that name a CRM id.
  package func referrals(naming opportunity: String) throws -> [String] {
    guard !opportunity.isEmpty else { return [] }
    let statement = try database.cachedStatement(
      sql: """
        SELECT id FROM record INDEXED BY record_partner
        WHERE kind = 1 AND partner = ? AND partner <> '' AND end_run IS NULL ORDER BY id
        """)
    return try String.fetchAll(statement, arguments: [opportunity])
  }

  /// Whether the newest snapshot holds a record.
  package func isStanding(_ kind: RecordKind, _ id: String) throws -> Bool {
    let statement = try database.cachedStatement(
      sql: "SELECT 1 FROM record WHERE kind = ? AND id = ? AND end_run IS NULL")
    return try Int.fetchOne(statement, arguments: [kind.number, id]) != nil
  }

  private func touchedCount() throws -> Int {
    try Int.fetchOne(database.cachedStatement(sql: "SELECT count(*) FROM touched")) ?? 0
  }

  /// The tables of a plan that is being made; they are gone with the process.
  private static let work = [
    """
    CREATE TEMP TABLE IF NOT EXISTS touched (kind INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, id))
      WITHOUT ROWID
    """,
    """
    CREATE TEMP TABLE IF NOT EXISTS proposal (
      phase INTEGER NOT NULL, referral TEXT NOT NULL, opportunity TEXT NOT NULL, place INTEGER PRIMARY KEY,
      name TEXT NOT NULL, body TEXT NOT NULL, versions TEXT NOT NULL, decision TEXT NOT NULL)
    """,
  ]

  private static let unsettled = [
    "INSERT OR IGNORE INTO touched SELECT 1, referral FROM verdict WHERE settled = 0 AND referral <> ''",
    "INSERT OR IGNORE INTO touched SELECT 2, opportunity FROM verdict WHERE settled = 0 AND opportunity <> ''",
  ]

  // The order of the joins and their indices are given: the planner knows nothing of how few records are touched.

  /// One step along every way by which two records may belong together: link, either side's id, and the last verdict.
  private static let neighbours = [
    """
    INSERT OR IGNORE INTO touched SELECT 2, link.opportunity FROM touched CROSS JOIN link ON link.referral = touched.id
      WHERE kind = 1
    """,
    """
    INSERT OR IGNORE INTO touched SELECT 1, link.referral FROM touched CROSS JOIN link ON link.opportunity = touched.id
      WHERE kind = 2
    """,
    """
    INSERT OR IGNORE INTO touched SELECT 2, record.id FROM touched
      CROSS JOIN record INDEXED BY record_partner ON record.kind = 2 AND record.partner = touched.id
      AND record.partner <> '' AND record.end_run IS NULL WHERE touched.kind = 1
    """,
    """
    INSERT OR IGNORE INTO touched SELECT 1, record.id FROM touched
      CROSS JOIN record INDEXED BY record_partner ON record.kind = 1 AND record.partner = touched.id
      AND record.partner <> '' AND record.end_run IS NULL WHERE touched.kind = 2
    """,
    """
    INSERT OR IGNORE INTO touched SELECT 2, record.partner FROM touched
      CROSS JOIN record INDEXED BY record_standing ON record.kind = 1 AND record.id = touched.id
      AND record.partner <> '' AND record.end_run IS NULL WHERE touched.kind = 1
    """,
    """
    INSERT OR IGNORE INTO touched SELECT 1, record.partner FROM touched
      CROSS JOIN record INDEXED BY record_standing ON record.kind = 2 AND record.id = touched.id
      AND record.partner <> '' AND record.end_run IS NULL WHERE touched.kind = 2
    """,
    """
    INSERT OR IGNORE INTO touched SELECT 2, verdict.opportunity FROM touched CROSS JOIN verdict
      ON verdict.referral = touched.id AND verdict.opportunity <> '' WHERE kind = 1
    """,
    """
    INSERT OR IGNORE INTO touched SELECT 1, verdict.referral FROM touched CROSS JOIN verdict
      ON verdict.opportunity = touched.id AND verdict.referral <> '' WHERE kind = 2
    """,
  ]

  private static let judgedAnew = [
    "DELETE FROM verdict WHERE referral IN (SELECT id FROM touched WHERE kind = 1)",
    "DELETE FROM verdict WHERE opportunity IN (SELECT id FROM touched WHERE kind = 2)",
  ]

  private func run(_ statements: [String]) throws {
    for statement in statements { try database.cachedStatement(sql: statement).execute() }
  }
}
