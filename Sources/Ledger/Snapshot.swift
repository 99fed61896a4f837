import Foundation
import GRDB
import Model

/// What the newest snapshot of a kind holds.
struct Snapshot {
  /// How many records.
  let total: Int
  let digest: SnapshotDigest
  /// How they were read; empty where they are not known by their bytes.
  let form: String

  /// Remembers it.
  func store(_ kind: RecordKind, in database: Database) throws {
    try database.cachedStatement(sql: "INSERT OR REPLACE INTO snapshot VALUES (?, ?, ?, ?)").execute(arguments: [
      kind.number, total, digest.data, form,
    ])
  }
}

extension LedgerTransaction {
  /// What stands of a kind; counted when it is not known, or when nothing vouches for what is.
  func snapshot(of kind: RecordKind) throws -> Snapshot {
    guard trustsCounts else { return try countedSnapshot(of: kind) }
    let known = try Row.fetchOne(
      database.cachedStatement(sql: "SELECT total, digest, form FROM snapshot WHERE kind = ?"),
      arguments: [kind.number])
    guard let known else { return try countedSnapshot(of: kind) }
    return Snapshot(total: known["total"], digest: SnapshotDigest(known["digest"]), form: known["form"])
  }

  private func countedSnapshot(of kind: RecordKind) throws -> Snapshot {
    var digest = SnapshotDigest()
    var total = 0
    let hashes = try Data.fetchCursor(
      database, sql: "SELECT hash FROM record WHERE kind = ? AND end_run IS NULL", arguments: [kind.number])
    while let hash = try hashes.next() {
      digest.mix(hash)
      total += 1
    }
    return Snapshot(total: total, digest: digest, form: "")
  }
}
