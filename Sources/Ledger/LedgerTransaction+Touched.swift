import Foundation
import GRDB
package import Model

extension LedgerTransaction {
  /// Empties the list of records that this run has to look at again.
  ///
  /// Call it before the snapshots are written.
  package func beginTouching() throws {
    try run(Self.work)
    try run(["DELETE FROM touched", "DELETE FROM proposal", "DELETE FROM overtaken"])
  }

  /// Adds what moved records drag along, and what was left open last time; `all` takes every standing record.
  package func spreadTouch(all: Bool) throws {
    if all { return try run(Self.everything) }
    try run(Self.unsettled)
    try spreadTouchToNeighbours()
    try overtakeVerdicts()
  }

  /// Adds what moved records drag along, as far as it goes, and nothing else.
  ///
  /// Each step goes out from the records that the step before has reached: the outposts.
  package func spreadTouchToNeighbours() throws {
    try run(Self.start)
    var isSpreading = true
    while isSpreading {
      try run(Self.neighbours)
      try run(Self.advance)
      isSpreading = try Bool.fetchOne(database.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM outpost)")) ?? false
    }
  }

  /// Notes which verdicts are about records that are looked at again: each holds no longer than until it is found anew.
  ///
  /// One that is found the same keeps its place, and nothing is written.
  package func overtakeVerdicts() throws { try run(Self.overtaking) }

  /// Notes that a verdict is found anew, so that it is not forgotten.
  package func renew(_ key: PairKey) throws {
    try ask(.renewing).run([.text(key.referralID), .text(key.opportunityID)])
  }

  /// Forgets the verdicts that were overtaken and not found anew: of pairs that are none any more, and of opportunities
  /// alone, which are judged after it.
  package func forgetOvertakenVerdicts() throws {
    try run([
      "DELETE FROM verdict WHERE (referral, opportunity) IN (SELECT referral, opportunity FROM overtaken)"
    ])
  }

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

  /// The tables of a plan that is being made; they are gone with the process.
  private static let work = [
    """
    CREATE TEMP TABLE IF NOT EXISTS touched (kind INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, id))
      WITHOUT ROWID
    """,
    """
    CREATE TEMP TABLE IF NOT EXISTS proposal (
      place INTEGER PRIMARY KEY, phase INTEGER NOT NULL, referral TEXT NOT NULL, opportunity TEXT NOT NULL,
      name TEXT NOT NULL, decision TEXT NOT NULL, versions TEXT NOT NULL, \(PlanText.columns.map { "\($0) TEXT NOT NULL" }.joined(separator: ", ")))
    """,
    """
    CREATE TEMP TABLE IF NOT EXISTS outpost (kind INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, id))
      WITHOUT ROWID
    """,
    """
    CREATE TEMP TABLE IF NOT EXISTS reached (kind INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, id))
      WITHOUT ROWID
    """,
    """
    CREATE TEMP TABLE IF NOT EXISTS overtaken (
      referral TEXT NOT NULL, opportunity TEXT NOT NULL, PRIMARY KEY (referral, opportunity)) WITHOUT ROWID
    """,
  ]

  private static let everything = [
    "INSERT OR IGNORE INTO touched SELECT kind, id FROM record WHERE kind IN (1, 2) AND end_run IS NULL",
    "INSERT INTO overtaken SELECT referral, opportunity FROM verdict",
  ]

  private static let unsettled = [
    "INSERT OR IGNORE INTO touched SELECT 1, referral FROM verdict INDEXED BY verdict_apart WHERE settled = 0 AND referral <> ''",
    "INSERT OR IGNORE INTO touched SELECT 2, opportunity FROM verdict INDEXED BY verdict_apart WHERE settled = 0 AND opportunity <> ''",
  ]

  private static let start = [
    "DELETE FROM outpost",
    "INSERT INTO outpost SELECT kind, id FROM touched",
  ]

  /// What was reached and was not touched yet is touched now, and where the next step goes out from.
  private static let advance = [
    "DELETE FROM outpost",
    """
    INSERT INTO outpost SELECT kind, id FROM reached
      WHERE NOT EXISTS (SELECT 1 FROM touched WHERE touched.kind = reached.kind AND touched.id = reached.id)
    """,
    "INSERT INTO touched SELECT kind, id FROM outpost",
    "DELETE FROM reached",
  ]

  // The order of the joins and their indices are given: the planner knows nothing of how few records are touched.

  /// One step along every way by which two records may belong together: link, either side's id, and the last verdict.
  private static let neighbours = [
    """
    INSERT OR IGNORE INTO reached SELECT 2, link.opportunity FROM outpost CROSS JOIN link ON link.referral = outpost.id
      WHERE kind = 1
    """,
    """
    INSERT OR IGNORE INTO reached SELECT 1, link.referral FROM outpost CROSS JOIN link ON link.opportunity = outpost.id
      WHERE kind = 2
    """,
    """
    INSERT OR IGNORE INTO reached SELECT 2, record.id FROM outpost
      CROSS JOIN record INDEXED BY record_partner ON record.kind = 2 AND record.partner = outpost.id
      AND record.partner <> '' AND record.end_run IS NULL WHERE outpost.kind = 1
    """,
    """
    INSERT OR IGNORE INTO reached SELECT 1, record.id FROM outpost
      CROSS JOIN record INDEXED BY record_partner ON record.kind = 1 AND record.partner = outpost.id
      AND record.partner <> '' AND record.end_run IS NULL WHERE outpost.kind = 2
    """,
    """
    INSERT OR IGNORE INTO reached SELECT 2, record.partner FROM outpost
      CROSS JOIN record INDEXED BY record_standing ON record.kind = 1 AND record.id = outpost.id
      AND record.partner <> '' AND record.end_run IS NULL WHERE outpost.kind = 1
    """,
    """
    INSERT OR IGNORE INTO reached SELECT 1, record.partner FROM outpost
      CROSS JOIN record INDEXED BY record_standing ON record.kind = 2 AND record.id = outpost.id
      AND record.partner <> '' AND record.end_run IS NULL WHERE outpost.kind = 2
    """,
    """
    INSERT OR IGNORE INTO reached SELECT 2, verdict.opportunity FROM outpost CROSS JOIN verdict
      ON verdict.referral = outpost.id AND verdict.opportunity <> '' WHERE kind = 1
    """,
    """
    INSERT OR IGNORE INTO reached SELECT 1, verdict.referral FROM outpost CROSS JOIN verdict
      ON verdict.opportunity = outpost.id AND verdict.referral <> '' WHERE kind = 2
    """,
  ]

  private static let overtaking = [
    """
    INSERT OR IGNORE INTO overtaken SELECT verdict.referral, verdict.opportunity
      FROM touched CROSS JOIN verdict ON verdict.referral = touched.id WHERE kind = 1
    """,
    """
    INSERT OR IGNORE INTO overtaken SELECT verdict.referral, verdict.opportunity
      FROM touched CROSS JOIN verdict ON verdict.opportunity = touched.id WHERE kind = 2
    """,
  ]

  private func run(_ statements: [String]) throws {
    for statement in statements { try database.cachedStatement(sql: statement).execute() }
  }
}
