import Foundation
import GRDB
import Model

extension LedgerFile {
  /// Removes the runs that are not kept, in one transaction.
  ///
  /// The file keeps its length: what became free in it is used by the runs to come, until `shrink` gives it back.
  package func remove(by retention: Retention, at time: String) throws -> Removal {
    // A night on which nothing is to be removed writes nothing.
    let isDue = try read { try !retention.parted($0).going.isEmpty }
    return try isDue
      ? write { try $0.remove(by: retention, at: time) } : read { try $0.remove(by: retention, at: time) }
  }

  /// What `remove` would take away; the ledger stays as it is.
  package func removal(by retention: Retention) throws -> Removal {
    do {
      return try write { throw Rehearsal(removal: try $0.remove(by: retention, at: "")) }
    } catch let rehearsal as Rehearsal {
      return rehearsal.removal
    }
  }

  /// Carries what was found out of a transaction that must not be kept.
  private struct Rehearsal: Error {
    let removal: Removal
  }

  /// Writes the file anew without what is free in it.
  ///
  /// It is done whole or not at all; call `seal` after it.
  ///
  /// - Throws: `Failure` with `ledgerNotShrunk` when there is no room for it: the ledger then is as it was.
  package func shrink() throws {
    try unseal()
    do {
      try queue.vacuum()
      // Into the file itself, which only then becomes shorter.
      _ = try queue.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    } catch let error as DatabaseError {
      let failure = Self.failure(error, path: path)
      guard failure.code == .ledgerUnwritable else { throw failure }
      throw Failure(
        .ledgerNotShrunk,
        "the old runs are removed, and the ledger \(path) could not be shrunk: \(error.message ?? "\(error.resultCode)")",
        fix: "free about \(2 * bytes) bytes of disk space for the time it takes, then run `reconcile vacuum` again")
    }
  }

  /// How many bytes the ledger takes on the disk.
  package var bytes: Int { (LedgerBytes.length(of: path) ?? 0) + (LedgerBytes.length(of: path + "-wal") ?? 0) }
}
