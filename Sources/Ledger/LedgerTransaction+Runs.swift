import Crypto
import Foundation
import GRDB
package import Model

/// One run as the ledger knows it.
package struct RunEntry: Sendable, Hashable {
  /// How far a run has come.
  package enum State: String, Sendable {
    /// The plan is stored and waits.
    case planned
    /// `apply` has begun and was not finished.
    case applying
    /// `apply` went through every row.
    case applied
  }

  /// The kind of a run that proposes what the two sides lack.
  package static let plan = "plan"
  /// The kind of a run that proposes what the deals lack that events named: a plan of a part.
  package static let touched = "touched"
  /// The kind of a run that proposes to take back what an earlier run wrote.
  package static let undo = "undo"

  /// Its place among the runs, from 1.
  package let number: Int
  package let id: RunID
  /// When it started, as `2026-11-02T08:00:00Z`.
  package let started: String
  /// What made it: `plan`, `touched` or `undo`.
  package let kind: String
  /// The digest of the mapping that it was planned with.
  package let mapping: String
  /// The digest of its plan.
  package let digest: String
  package private(set) var state: State
  /// The ledger's serial when the plan was stored.
  package let serial: Int
  /// The ledger in which the plan was stored.
  package let lineage: String
  /// The snapshots that the plan was made from, with their digests; empty for a plan of an earlier release.
  package let snapshots: [RecordKind: SnapshotCount]
  /// How many pairs and records stood where when the plan was stored.
  package let standings: [Standing: Int]
}

extension RunEntry {
  /// The run as it will stand when it is closed: its reports are written just before.
  package var closed: RunEntry {
    var closed = self
    closed.state = .applied
    return closed
  }
}

extension LedgerTransaction {
  /// Opens a run and gives its number.
  package func openRun(_ id: RunID, kind: String, started: String, mapping: String) throws -> Int {
    try database.cachedStatement(
      sql: "INSERT INTO run (id, started, kind, mapping, state) VALUES (?, ?, ?, ?, 'planned')"
    ).execute(arguments: [id.text, started, kind, mapping])
    return Int(database.lastInsertedRowID)
  }

  /// Stores what a run's plan rests on, how things stand, and the digest of all that.
  ///
  /// Call it once, when rows and verdicts are stored.
  package func sealRun(_ number: Int, snapshots: [RecordKind: SnapshotCount]) throws {
    try database.cachedStatement(
      sql: "UPDATE run SET serial = ?, lineage = ?, snapshots = ?, standings = ? WHERE number = ?"
    ).execute(arguments: [
      try serial(), try lineage(), try encode(named: snapshots), try encode(named: standings()), number,
    ])
    try database.cachedStatement(sql: "UPDATE run SET digest = ? WHERE number = ?").execute(arguments: [
      try digest(of: number), number,
    ])
  }

  /// The digest of a plan: SHA-256 over its canonical form.
  ///
  /// That is the digest of the mapping, those of the snapshots by kind, and the rows in order, each with the versions that
  /// it was made from; without run id, times, decisions and outcomes. Two plans from the same snapshots by the same
  /// mapping have the same digest in any ledger; a plan that somebody altered in the ledger has another. The rows of an undo
  /// name the run that they take back, and with it their digest is that of one ledger.
  package func digest(of run: Int) throws -> String {
    var hash = SHA256()
    func add(_ parts: [String]) {
      hash.update(data: Data(parts.joined(separator: "\u{1F}").utf8))
      hash.update(data: Data([0x1E]))
    }
    if let entry = try Row.fetchOne(
      database.cachedStatement(sql: "SELECT mapping, snapshots FROM run WHERE number = ?"), arguments: [run])
    {
      let snapshots: [RecordKind: SnapshotCount] = try decode(named: entry["snapshots"])
      add([entry["mapping"]] + RecordKind.allCases.map { snapshots[$0]?.digest ?? "" })
    }
    let columns = ["seq", "referral", "opportunity", "name", "versions"] + PlanText.columns
    let rows = try Query(
      "SELECT \(columns.joined(separator: ", ")) FROM change WHERE run = ? ORDER BY seq", in: database)
    var bytes: [UInt8] = []
    try rows.each([.number(run)]) { row in
      bytes.removeAll(keepingCapacity: true)
      for column in columns.indices {
        bytes.append(contentsOf: row.bytes(Int32(column)))
        bytes.append(column < columns.count - 1 ? 0x1F : 0x1E)
      }
      bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    }
    return hash.finalize().hexadecimal
  }

  /// The digests of a run's snapshots as the ledger holds them now, by kind; a kind without records is left out.
  package func snapshotDigests(asOf run: Int) throws -> [RecordKind: String] {
    var digests: [Int: SnapshotDigest] = [:]
    let statement = try database.cachedStatement(
      sql: "SELECT kind, hash FROM record WHERE first_run <= ? AND (end_run IS NULL OR end_run > ?)")
    let rows = try Row.fetchCursor(statement, arguments: [run, run])
    while let row = try rows.next() {
      digests[row[0], default: SnapshotDigest()].mix(row[1])
    }
    return digests.reduce(into: [:]) { result, entry in
      if let kind = RecordKind.allCases.first(where: { $0.number == entry.key }) {
        result[kind] = entry.value.hexadecimal
      }
    }
  }

  /// Moves a run on.
  package func setRun(_ number: Int, state: RunEntry.State, finished: String? = nil) throws {
    try database.cachedStatement(sql: "UPDATE run SET state = ?, finished = coalesce(?, finished) WHERE number = ?")
      .execute(arguments: [state.rawValue, finished, number])
  }

  /// The run of that name; nil when there is none.
  package func run(_ id: RunID) throws -> RunEntry? {
    try Row.fetchOne(database.cachedStatement(sql: "SELECT * FROM run WHERE id = ?"), arguments: [id.text]).flatMap(
      entry)
  }

  /// The newest run; nil when there is none.
  package func latestRun() throws -> RunEntry? {
    try Row.fetchOne(database.cachedStatement(sql: "SELECT * FROM run ORDER BY number DESC LIMIT 1")).flatMap(entry)
  }

  /// All runs, newest first.
  package func runs() throws -> [RunEntry] {
    try Row.fetchAll(database.cachedStatement(sql: "SELECT * FROM run ORDER BY number DESC")).compactMap(entry)
  }

  private func entry(_ row: Row) throws -> RunEntry? {
    guard let id = RunID(row["id"]), let state = RunEntry.State(rawValue: row["state"]) else { return nil }
    return RunEntry(
      number: row["number"], id: id, started: row["started"], kind: row["kind"], mapping: row["mapping"],
      digest: row["digest"], state: state, serial: row["serial"], lineage: row["lineage"],
      snapshots: try decode(named: row["snapshots"]), standings: try decode(named: row["standings"]))
  }

  /// A table by names, as the ledger stores it.
  private func encode<Key: RawRepresentable<String>>(named table: [Key: some Encodable]) throws -> String {
    try encode(Dictionary(uniqueKeysWithValues: table.map { ($0.key.rawValue, $0.value) }))
  }

  /// A table by names as the ledger stores it; names that this release does not know are left out.
  private func decode<Key: RawRepresentable<String>, Value: Decodable>(named text: String) throws -> [Key: Value] {
    try decode([String: Value].self, text).reduce(into: [:]) { result, entry in
      if let key = Key(rawValue: entry.key) { result[key] = entry.value }
    }
  }
}
