import Foundation
import GRDB
package import Model

/// Writes one kind's snapshot of one run, a row at a time, in any order.
///
/// A record is stored only when its content differs from the one that stands. Which ones were seen is kept as one bit
/// for each stored row, so that the memory does not grow with the records' size.
package final class SnapshotWriter {
  private let database: Database
  private let kind: RecordKind
  private let run: Int
  private let shape: Int
  private let standing: Statement
  private let ending: Statement
  private let inserting: Statement
  private let touching: Statement
  private var seen = RowSet()
  private var count = SnapshotCount()
  private var digest = SnapshotDigest()

  fileprivate init(_ transaction: LedgerTransaction, shape: Shape, run: Int) throws {
    let database = transaction.database
    let number = try transaction.shapes.number(of: shape, in: database)
    let statements = try (
      database.cachedStatement(
        sql: "SELECT row, hash, shape, first_run FROM record WHERE kind = ? AND id = ? AND end_run IS NULL"),
      database.cachedStatement(sql: "UPDATE record SET end_run = ? WHERE row = ?"),
      database.cachedStatement(
        sql: "INSERT INTO record (kind, id, partner, hash, shape, content, first_run) VALUES (?, ?, ?, ?, ?, ?, ?)"),
      database.cachedStatement(sql: "INSERT OR IGNORE INTO touched VALUES (?, ?)")
    )
    let before = try Int.fetchOne(
      database.cachedStatement(sql: "SELECT count(*) FROM record WHERE kind = ? AND end_run IS NULL"),
      arguments: [shape.kind.number])
    self.database = database
    self.run = run
    self.shape = number
    kind = shape.kind
    (standing, ending, inserting, touching) = statements
    count.before = before ?? 0
  }

  /// Takes a row in.
  ///
  /// A repeated id replaces the earlier row: a service that pages a moving list sends the newer last.
  package func add(_ row: SnapshotRow) throws {
    guard let known = try Row.fetchOne(standing, arguments: [kind.number, row.id]) else {
      count.new += 1
      try insert(row)
      return
    }
    let hash: Data = known["hash"]
    let number: Int64 = known["row"]
    let isRepeated = seen.contains(number)
    if hash == row.digest, known["shape"] == shape {
      if !isRepeated { note(number, row.digest) }
      return
    }
    if isRepeated {
      digest.mix(hash)
      count.total -= 1
    }
    guard known["first_run"] == run else {
      count.moved += 1
      try ending.execute(arguments: [run, number])
      return try insert(row)
    }
    // Only a repeated id comes here: what this run stored of it goes, and last time's may be right after all.
    try database.cachedStatement(sql: "DELETE FROM record WHERE row = ?").execute(arguments: [number])
    guard try !revive(row) else { return }
    try insert(row)
  }

  /// Lets the record that this run has ended stand again if it is the same; false when there is none.
  private func revive(_ row: SnapshotRow) throws -> Bool {
    let ended = try Int64.fetchOne(
      database.cachedStatement(
        sql: "SELECT row FROM record WHERE kind = ? AND id = ? AND end_run = ? AND hash = ? AND shape = ?"),
      arguments: [kind.number, row.id, run, row.digest, shape])
    guard let ended else { return false }
    try database.cachedStatement(sql: "UPDATE record SET end_run = NULL WHERE row = ?").execute(arguments: [ended])
    count.moved -= 1
    note(ended, row.digest)
    return true
  }

  /// Ends the records that were not seen, and counts.
  ///
  /// Call it once, after the last row.
  package func finish() throws -> SnapshotCount {
    if count.before > 0 {
      let rows = try Int64.fetchCursor(
        database, sql: "SELECT row FROM record WHERE kind = ? AND end_run IS NULL", arguments: [kind.number])
      var missing: [Int64] = []
      while let row = try rows.next() {
        if !seen.contains(row) { missing.append(row) }
      }
      for row in missing {
        try end(row)
      }
      count.missing = missing.count
    }
    count.digest = digest.hexadecimal
    return count
  }

  /// Counts, and lets the records that were not seen stand as they were: a part of the side was read.
  ///
  /// The count and its digest are those of all records that stand. Call it once, after the last row.
  package func finishPart() throws -> SnapshotCount {
    var digest = SnapshotDigest()
    count.total = 0
    let hashes = try Data.fetchCursor(
      database, sql: "SELECT hash FROM record WHERE kind = ? AND end_run IS NULL", arguments: [kind.number])
    while let hash = try hashes.next() {
      digest.mix(hash)
      count.total += 1
    }
    count.digest = digest.hexadecimal
    return count
  }

  private func insert(_ row: SnapshotRow) throws {
    try inserting.execute(arguments: [kind.number, row.id, row.partner, row.digest, shape, row.content, run])
    note(database.lastInsertedRowID, row.digest)
    try touch(row.id)
  }

  private func end(_ row: Int64) throws {
    if let id = try String.fetchOne(
      database.cachedStatement(sql: "SELECT id FROM record WHERE row = ?"), arguments: [row])
    {
      try touch(id)
    }
    try ending.execute(arguments: [run, row])
  }

  private func touch(_ id: String) throws {
    switch kind {
    case .referral, .opportunity: try touching.execute(arguments: [kind.number, id])
    case .account, .contact, .solution, .user, .connected, .lead: break
    }
  }

  private func note(_ row: Int64, _ hash: Data) {
    seen.insert(row)
    count.total += 1
    digest.mix(hash)
  }
}

/// A set of row numbers, one bit each.
private struct RowSet {
  private var words: [UInt64] = []

  func contains(_ row: Int64) -> Bool {
    let word = Int(row >> 6)
    return word < words.count && words[word] & (1 << UInt64(row & 63)) != 0
  }

  mutating func insert(_ row: Int64) {
    let word = Int(row >> 6)
    if word >= words.count {
      words.append(contentsOf: repeatElement(0, count: max(word + 1 - words.count, words.count)))
    }
    words[word] |= 1 << UInt64(row & 63)
  }
}

extension LedgerTransaction {
  /// Begins a run's snapshot of the shape's kind.
  package func snapshot(_ shape: Shape, run: Int) throws -> SnapshotWriter {
    try SnapshotWriter(self, shape: shape, run: run)
  }
}
