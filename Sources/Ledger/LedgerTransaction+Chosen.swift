import GRDB
package import Model

// Which records a run looks at again that reads a part of both sides. `beginTouching` comes first.
extension LedgerTransaction {
  /// Marks records to be looked at again, whether they move or not.
  package func touch(_ kind: RecordKind, _ ids: [String]) throws {
    let statement = try database.cachedStatement(sql: "INSERT OR IGNORE INTO touched VALUES (?, ?)")
    for id in ids { try statement.execute(arguments: [kind.number, id]) }
  }

  /// The ids of the marked records of a kind, whether they stand in the snapshot or not, sorted.
  package func touchedIDs(_ kind: RecordKind) throws -> [String] {
    try String.fetchAll(
      database.cachedStatement(sql: "SELECT id FROM touched WHERE kind = ? ORDER BY id"), arguments: [kind.number])
  }

  /// Takes the mark from records, and from all that belong with them: none of these is looked at again.
  ///
  /// A deal of which one record could not be read must not be judged by its other ones.
  package func withholdTouch(referrals: [String], opportunities: [String]) throws {
    guard !referrals.isEmpty || !opportunities.isEmpty else { return }
    let kinds: [RecordKind] = [.referral, .opportunity]
    let all = try kinds.map { try touchedIDs($0) }
    try clearTouched()
    try touch(.referral, referrals)
    try touch(.opportunity, opportunities)
    try spreadTouchToNeighbours()
    let withheld = try kinds.map { Set(try touchedIDs($0)) }
    try clearTouched()
    for (index, kind) in kinds.enumerated() { try touch(kind, all[index].filter { !withheld[index].contains($0) }) }
  }

  private func clearTouched() throws {
    try database.cachedStatement(sql: "DELETE FROM touched").execute()
  }
}
