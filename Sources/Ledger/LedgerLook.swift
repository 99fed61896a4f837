import Foundation
import GRDB
package import Model

/// How things stand in a ledger, looked up without changing a byte of it.
package struct LedgerLook: Sendable {
  /// The services that the ledger was made with, in words, by side; a side that was never read is missing.
  package var parties: [Side: String] = [:]
  /// The newest run; nil when there is none.
  package var newest: RunEntry?
  /// The newest run of which `apply` was begun and not finished; nil when there is none.
  package var unfinished: RunEntry?
  /// Whether an earlier release wrote the ledger: the next run brings it up to date, and nothing else is known.
  package var isOlder = false

  /// Nothing but what the caller knows.
  package init() {}
}

extension LedgerFile {
  /// Looks at the ledger at a path: its seal, SQLite's check of every page, its schema, and how things stand.
  ///
  /// Nil when there is none yet. It takes no lock and writes nothing, so that a run may be at work meanwhile.
  ///
  /// - Throws: `Failure` with `ledgerUnreadable` or `ledgerNewer` as when a run opens it.
  package static func look(at path: String) throws(Failure) -> LedgerLook? {
    do {
      let start = try LedgerStart(at: path)
      if start == .new { return nil }
      try check(start, path: path)
      // A read-only connection that is alone leaves SQLite's two helper files behind. So it is one that may write and is told
      // not to, unless a write-ahead file with content is there, which such a one would carry over when it closes.
      let isReadOnly = (LedgerBytes.length(of: path + "-wal") ?? 0) > 0
      return try look(in: try reader(at: path, isReadOnly: isReadOnly), path: path)
    } catch let failure as Failure {
      throw failure
    } catch let error as DatabaseError {
      throw failure(error, path: path)
    } catch {
      throw Failure(.ledgerUnreadable, "the ledger \(path) cannot be read: \(error.localizedDescription)")
    }
  }

  private static func look(in queue: DatabaseQueue, path: String) throws -> LedgerLook {
    let finding = try queue.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
    guard finding == "ok" else { throw LedgerStart.damage(path, "SQLite finds: \(finding ?? "nothing")") }
    var look = LedgerLook()
    guard try Schema.isCurrent(queue) else {
      look.isOlder = true
      return look
    }
    return try queue.read { database in
      let transaction = LedgerTransaction(database: database)
      for side in Side.allCases {
        let party = try transaction.party(of: side)
        if !party.isEmpty { look.parties[side] = party }
      }
      let runs = try transaction.runs()
      look.newest = runs.first
      look.unfinished = runs.first { $0.state == .applying }
      return look
    }
  }
}

extension LedgerTransaction {
  /// The service that the ledger was made with on a side, in words; empty when it was never read.
  package func party(of side: Side) throws -> String { try meta("party " + side.rawValue) }

  /// Remembers the service of a side.
  package func setParty(_ party: String, of side: Side) throws { try setMeta("party " + side.rawValue, party) }
}
