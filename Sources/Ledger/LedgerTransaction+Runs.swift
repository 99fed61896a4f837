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

  /// Its place among the runs, from 1.
  package let number: Int
  package let id: RunID
  /// When it started, as `2026-11-02T08:00:00Z`.
  package let started: String
  /// What made it: `plan`, `undo`.
  package let kind: String
  /// The digest of the mapping that it was planned with.
  package let mapping: String
  /// The digest of its plan.
  package let digest: String
  package let state: State
  /// The ledger's serial when the plan was stored.
  package let serial: Int
}

extension LedgerTransaction {
  /// Opens a run and gives its number.
  package func openRun(_ id: RunID, kind: String, started: String, mapping: String) throws -> Int {
    try database.execute(
      sql: "INSERT INTO run (id, started, kind, mapping, state) VALUES (?, ?, ?, ?, 'planned')",
      arguments: [id.text, started, kind, mapping])
    return Int(database.lastInsertedRowID)
  }

  /// Stores the digest of a run's plan, and the serial at which it holds.
  package func sealRun(_ number: Int) throws {
    try database.execute(
      sql: "UPDATE run SET digest = ?, serial = ? WHERE number = ?",
      arguments: [try digest(of: number), try serial(), number])
  }

  /// The digest of a plan: SHA-256 over its rows in canonical form, without run id, times, decisions and outcomes.
  ///
  /// Two plans from the same snapshots have the same digest; a plan that somebody altered in the ledger has another.
  package func digest(of run: Int) throws -> String {
    var hash = SHA256()
    let rows = try Row.fetchCursor(
      database,
      sql: "SELECT seq, referral, opportunity, name, body, versions FROM change WHERE run = ? ORDER BY seq",
      arguments: [run])
    while let row = try rows.next() {
      let seq: Int = row["seq"]
      let texts: [String] = [row["referral"], row["opportunity"], row["name"], row["body"], row["versions"]]
      hash.update(data: Data(([String(seq)] + texts).joined(separator: "\u{1F}").utf8))
      hash.update(data: Data([0x1E]))
    }
    return hash.finalize().hexadecimal
  }

  /// Moves a run on.
  package func setRun(_ number: Int, state: RunEntry.State, finished: String? = nil) throws {
    try database.execute(
      sql: "UPDATE run SET state = ?, finished = coalesce(?, finished) WHERE number = ?",
      arguments: [state.rawValue, finished, number])
  }

  /// The run of that name; nil when there is none.
  package func run(_ id: RunID) throws -> RunEntry? {
    try Row.fetchOne(database, sql: "SELECT * FROM run WHERE id = ?", arguments: [id.text]).flatMap(entry)
  }

  /// The newest run; nil when there is none.
  package func latestRun() throws -> RunEntry? {
    try Row.fetchOne(database, sql: "SELECT * FROM run ORDER BY number DESC LIMIT 1").flatMap(entry)
  }

  /// All runs, newest first.
  package func runs() throws -> [RunEntry] {
    try Row.fetchAll(database, sql: "SELECT * FROM run ORDER BY number DESC").compactMap(entry)
  }

  private func entry(_ row: Row) -> RunEntry? {
    guard let id = RunID(row["id"]), let state = RunEntry.State(rawValue: row["state"]) else { return nil }
    return RunEntry(
      number: row["number"], id: id, started: row["started"], kind: row["kind"], mapping: row["mapping"],
      digest: row["digest"], state: state, serial: row["serial"])
  }
}
