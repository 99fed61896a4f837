import Foundation
import GRDB
package import Model

/// Writes one kind's snapshot of one run, a record at a time, in any order.
///
/// A record is stored only when its content differs from the one that stands: it takes that one's row, and what stood there
/// goes to a row of its own, so that the indices of what stands stay as they are. Which rows were seen is kept as one bit
/// each, so that the memory does not grow with the records' size.
package final class SnapshotWriter {
  private let database: Database
  private let kind: RecordKind
  private let run: Int
  private let shape: Int
  private let standing: Statement
  private let ending: Statement
  private let inserting: Statement
  private let reading: Statement
  private let archiving: Statement
  private let replacing: Statement
  private let touching: Statement
  private let last: Snapshot
  private let form: String
  /// What is written down so that the next run knows the records by their bytes; nil where their source gives none.
  private let list: KnownRecordList?
  private var seen = RowSet()
  /// The rows that stood before and hold another content now, which were seen as well.
  private var replaced = RowSet()
  /// How many of the rows that stood before were seen and stand.
  private var kept = 0
  private var count = SnapshotCount()
  private var digest: SnapshotDigest

  fileprivate init(_ transaction: LedgerTransaction, shape: Shape, run: Int, form: String) throws {
    let database = transaction.database
    let number = try transaction.shapes.number(of: shape, in: database)
    let statements = try (
      database.cachedStatement(
        sql: "SELECT row, hash, shape, first_run, partner FROM record WHERE kind = ? AND id = ? AND end_run IS NULL"),
      database.cachedStatement(sql: "UPDATE record SET end_run = ? WHERE row = ?"),
      database.cachedStatement(
        sql: "INSERT INTO record (kind, id, partner, hash, shape, content, first_run) VALUES (?, ?, ?, ?, ?, ?, ?)"),
      database.cachedStatement(
        sql: "SELECT kind, id, partner, hash, shape, content, first_run FROM record WHERE row = ?"),
      database.cachedStatement(
        sql: """
          INSERT INTO record (kind, id, partner, hash, shape, content, first_run, end_run) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """),
      database.cachedStatement(
        sql: "UPDATE record SET hash = ?, shape = ?, content = ?, first_run = ? WHERE row = ?"),
      database.cachedStatement(sql: "INSERT OR IGNORE INTO touched VALUES (?, ?)")
    )
    self.database = database
    self.run = run
    self.shape = number
    self.form = form
    kind = shape.kind
    list = form.isEmpty ? nil : KnownRecordList(kind, in: database)
    (standing, ending, inserting, reading, archiving, replacing, touching) = statements
    last = try transaction.snapshot(of: kind)
    count.before = last.total
    count.total = last.total
    digest = last.digest
  }

  /// Takes a record in, and gives the number of the row that holds it.
  ///
  /// A repeated id replaces the earlier row: a service that pages a moving list sends the newer last. `fingerprint` is that
  /// of the bytes it was read from, `companion` the row of what else was read out of them.
  @discardableResult
  package func add(_ row: SnapshotRow, fingerprint: Fingerprint? = nil, companion: Int64 = 0) throws -> Int64 {
    let number = try store(row)
    try list?.add(fingerprint.map { KnownRecord(fingerprint: $0, row: number, companion: companion) })
    return number
  }

  /// Takes a record in that is known by its bytes; `companions` writes the snapshot of what else was read out of it.
  package func keep(_ record: KnownRecord, companions: SnapshotWriter?) throws {
    if record.companion != 0 { try companions?.keep(row: record.companion) }
    try keep(row: record.row)
    try list?.add(record)
  }

  private func keep(row: Int64) throws {
    guard seen.contains(row) else { return note(row) }
    list?.giveUp()
    guard replaced.contains(row), let former = try formerRow(of: row) else { return }
    try restore(former, in: row)
  }

  private func store(_ row: SnapshotRow) throws -> Int64 {
    guard let known = try Row.fetchOne(standing, arguments: [kind.number, row.id]) else {
      count.new += 1
      return try insert(row)
    }
    let hash: Data = known["hash"]
    let number: Int64 = known["row"]
    let isRepeated = seen.contains(number)
    if isRepeated { list?.giveUp() }
    if hash == row.digest, known["shape"] == shape {
      if !isRepeated { note(number) }
      return number
    }
    if known["first_run"] != run {
      if isRepeated { kept -= 1 }
      count.moved += 1
      try archive(number)
      replaced.insert(number)
      seen.insert(number)
      try touch(row.id)
    } else if replaced.contains(number), let former = try formerRow(of: number, like: row) {
      // Of a repeated id, last time's content may be right after all.
      try restore(former, in: number)
      return number
    }
    try replacing.execute(arguments: [row.digest, shape, row.content, run, number])
    if known["partner"] != row.partner {
      try database.cachedStatement(sql: "UPDATE record SET partner = ? WHERE row = ?").execute(arguments: [
        row.partner, number,
      ])
    }
    stands(hash, -1)
    stands(row.digest, 1)
    return number
  }

  /// Gives a row of its own to what a row holds.
  ///
  /// It is read and inserted in two steps: for one statement that does both, SQLite sets each page aside that it changes.
  private func archive(_ row: Int64) throws {
    guard let former = try Row.fetchOne(reading, arguments: [row]) else { return }
    try archiving.execute(arguments: StatementArguments(former.databaseValues) + [run])
  }

  /// The row to which this run moved what another one held; nil when there is none, or when it is not the same as `record`.
  private func formerRow(of row: Int64, like record: SnapshotRow? = nil) throws -> Int64? {
    let former = try Row.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT former.row, former.hash, former.shape FROM record JOIN record AS former
            ON former.kind = record.kind AND former.id = record.id AND former.end_run = ? WHERE record.row = ?
          """),
      arguments: [run, row])
    guard let former else { return nil }
    guard let record else { return former["row"] }
    return former["hash"] == record.digest && former["shape"] == shape ? former["row"] : nil
  }

  /// Puts back what this run has replaced.
  private func restore(_ former: Int64, in row: Int64) throws {
    let hash = "SELECT hash FROM record WHERE row = ?"
    let instead = try Data.fetchOne(database.cachedStatement(sql: hash), arguments: [row])
    try database.cachedStatement(
      sql: """
        UPDATE record SET (partner, hash, shape, content, first_run) =
          (SELECT partner, hash, shape, content, first_run FROM record AS former WHERE former.row = ?) WHERE row = ?
        """
    ).execute(arguments: [former, row])
    try database.cachedStatement(sql: "DELETE FROM record WHERE row = ?").execute(arguments: [former])
    replaced.remove(row)
    count.moved -= 1
    if let instead { stands(instead, -1) }
    if let back = try Data.fetchOne(database.cachedStatement(sql: hash), arguments: [row]) { stands(back, 1) }
    note(row)
  }

  /// Ends the records that were not seen, and counts.
  ///
  /// Call it once, after the last record.
  package func finish() throws -> SnapshotCount {
    count.missing = count.before - kept - count.moved
    if count.missing > 0 { try endUnseen() }
    try list?.finish()
    return try finish(form: list?.isWhole == true ? form : "")
  }

  /// Counts, and lets the records that were not seen stand as they were: a part of the side was read.
  ///
  /// The count and its digest are those of all records that stand. Call it once, after the last record.
  package func finishPart() throws -> SnapshotCount {
    try finish(form: count.new == 0 && count.moved == 0 ? last.form : "")
  }

  private func finish(form: String) throws -> SnapshotCount {
    if form.isEmpty { try KnownRecordList.remove(kind, from: 0, in: database) }
    count.digest = digest.hexadecimal
    try Snapshot(total: count.total, digest: digest, form: form).store(kind, in: database)
    return count
  }

  private func endUnseen() throws {
    let rows = try Int64.fetchCursor(
      database, sql: "SELECT row FROM record WHERE kind = ? AND end_run IS NULL", arguments: [kind.number])
    var missing: [Int64] = []
    while let row = try rows.next() {
      if !seen.contains(row) { missing.append(row) }
    }
    let known = try database.cachedStatement(sql: "SELECT id, hash FROM record WHERE row = ?")
    for number in missing {
      guard let row = try Row.fetchOne(known, arguments: [number]) else { continue }
      try touch(row["id"])
      try end(number, row["hash"])
    }
  }

  private func insert(_ row: SnapshotRow) throws -> Int64 {
    try inserting.execute(arguments: [kind.number, row.id, row.partner, row.digest, shape, row.content, run])
    let number = database.lastInsertedRowID
    stands(row.digest, 1)
    seen.insert(number)
    try touch(row.id)
    return number
  }

  private func end(_ row: Int64, _ hash: Data) throws {
    try ending.execute(arguments: [run, row])
    stands(hash, -1)
  }

  private func touch(_ id: String) throws {
    switch kind {
    case .referral, .opportunity: try touching.execute(arguments: [kind.number, id])
    case .account, .contact, .solution, .user, .connected, .lead: break
    }
  }

  /// Notes that a row that stood before was seen.
  private func note(_ row: Int64) {
    seen.insert(row)
    kept += 1
  }

  /// Counts a record that stands from now on, or does not any more.
  private func stands(_ hash: Data, _ step: Int) {
    count.total += step
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

  mutating func remove(_ row: Int64) {
    guard contains(row) else { return }
    words[Int(row >> 6)] &= ~(1 << UInt64(row & 63))
  }
}

extension LedgerTransaction {
  /// Begins a run's snapshot of the shape's kind.
  ///
  /// `form` tells how the records' bytes are read, where each is added with its fingerprint: the next run knows those again
  /// that come with the same bytes in the same form.
  package func snapshot(_ shape: Shape, run: Int, form: String = "") throws -> SnapshotWriter {
    try SnapshotWriter(self, shape: shape, run: run, form: form)
  }
}
