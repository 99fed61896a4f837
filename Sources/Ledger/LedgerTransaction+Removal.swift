import GRDB
package import Model

// The way of old runs out of the ledger.
extension LedgerTransaction {
  /// Removes runs with their plans and journals, and the records that only their snapshots held.
  ///
  /// Every snapshot of a run that stays can be read as before. The names of the removed runs are remembered.
  func remove(by retention: Retention, at time: String) throws -> Removal {
    let (going, staying) = try retention.parted(self)
    var rows: [Removal.Table: Int] = [:]
    if let first = going.first, let last = going.last {
      for run in going {
        rows[.change, default: 0] += try delete("DELETE FROM change WHERE run = ?", [run.number])
        rows[.journal, default: 0] += try delete("DELETE FROM journal WHERE run = ?", [run.number])
        rows[.run, default: 0] += try delete("DELETE FROM run WHERE number = ?", [run.number])
        try database.cachedStatement(sql: "INSERT INTO removed_run VALUES (?, ?, ?)").execute(arguments: [
          run.number, run.id.text, time,
        ])
      }
      rows[.record] = try removeRecords(between: first.number, and: last.number)
    }
    return Removal(
      runs: going.map(\.id), staying: staying, rows: rows,
      freeBytes: try pragma("freelist_count") * pragma("page_size"))
  }

  /// Removes the records that none of the runs sees that are left.
  ///
  /// Only those are looked at that some removed run saw and the next run that is left does not.
  private func removeRecords(between first: Int, and last: Int) throws -> Int {
    try delete(
      """
      DELETE FROM record WHERE end_run > ?1 AND end_run <= (SELECT min(number) FROM run WHERE number > ?2)
        AND NOT EXISTS (SELECT 1 FROM run WHERE number >= record.first_run AND number < record.end_run)
      """, [first, last])
  }

  private func delete(_ sql: String, _ arguments: StatementArguments) throws -> Int {
    try database.cachedStatement(sql: sql).execute(arguments: arguments)
    return database.changesCount
  }

  private func pragma(_ name: String) throws -> Int { try Int.fetchOne(database, sql: "PRAGMA " + name) ?? 0 }

  // MARK: What was removed

  /// When a run was removed; nil when it is there, or never was.
  package func removal(of run: RunID) throws -> String? {
    try String.fetchOne(
      database.cachedStatement(sql: "SELECT removed FROM removed_run WHERE id = ?"), arguments: [run.text])
  }

  /// The runs that were removed since the ledger was made, oldest first.
  package func removedRuns() throws -> [RunID] {
    try String.fetchAll(database.cachedStatement(sql: "SELECT id FROM removed_run ORDER BY number"))
      .compactMap { RunID($0) }
  }

  // MARK: What rests on a run

  /// Whether nobody knows of some request or row of a run what became of it.
  func isInDoubt(_ run: Int) throws -> Bool {
    try Bool.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT EXISTS (SELECT 1 FROM change WHERE run = ?1 AND outcome = 'unknown')
            OR EXISTS (SELECT 1 FROM journal WHERE run = ?1 AND (outcome IS NULL OR outcome = 'unknown'))
          """), arguments: [run]) ?? false
  }

  /// The runs of which an undo takes rows back; none for another kind of run.
  func runs(takenBackBy run: RunEntry) throws -> [RunID] {
    guard run.kind == RunEntry.undo else { return [] }
    return try String.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT DISTINCT writes ->> '$.undoes.run' AS id FROM change WHERE run = ? AND writes <> '' AND id IS NOT NULL
          """),
      arguments: [run.number]
    ).compactMap { RunID($0) }
  }

  /// Whether a run created the opportunity of a referral, and no run has written the field `label` of it.
  func holdsCreation(_ run: Int, lacking label: String) throws -> Bool {
    try Bool.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT EXISTS (
            SELECT 1 FROM change made WHERE made.run = ?1 AND made.outcome = 'applied'
              AND made.action = ?2 AND NOT EXISTS (
                SELECT 1 FROM change later WHERE later.referral = made.referral AND later.referral <> '' AND later.outcome = 'applied'
                  AND later.field = ?3))
          """), arguments: [run, Action.createOpportunity.rawValue, label]) ?? false
  }

  /// Whether a run wrote the field `label` of an opportunity that one of the others created.
  func completes(_ run: Int, _ label: String, creationsOf others: [Int]) throws -> Bool {
    guard !others.isEmpty else { return false }
    let numbers = others.map(String.init).joined(separator: ", ")
    return try Bool.fetchOne(
      database,
      sql: """
        SELECT EXISTS (
          SELECT 1 FROM change later JOIN change made ON made.referral = later.referral AND made.referral <> ''
          WHERE later.run = ?1 AND later.outcome = 'applied' AND later.field = ?2
            AND made.run IN (\(numbers)) AND made.outcome = 'applied' AND made.action = ?3)
        """, arguments: [run, label, Action.createOpportunity.rawValue]) ?? false
  }
}
