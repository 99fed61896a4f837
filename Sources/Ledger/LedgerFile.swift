import Foundation
import GRDB
import GRDBSQLite
import Model

/// The ledger: one SQLite file that holds snapshots, links, the last agreed values, plans and the journal.
///
/// The invariant that everything else rests on: *a value of the base was once seen on both sides, or was acknowledged
/// by the service that was written.* An undo puts back a value that the base held before. A plan is stored whole or not
/// at all; an outcome is stored as soon as it is known, in a transaction of its own.
///
/// Beside it lies its seal, by which a ledger that rots or loses commits is noticed when it is opened.
package final class LedgerFile: Sendable {
  let queue: DatabaseQueue
  /// Where the file lies.
  package let path: String
  let mark: Guarded<SealMark>
  /// Whether the seal or the count of commits speaks for what the file holds; somebody may have changed it otherwise.
  private let isVouchedFor: Bool

  /// Opens the ledger, makes it when there is none, and brings an older schema up to date.
  ///
  /// - Throws: `Failure` with `ledgerUnreadable` when the file is damaged, is no ledger or is not as it was left,
  ///   `ledgerNewer` when a newer release wrote it, `ledgerUnwritable` when the folder cannot be written.
  package init(at path: String) throws {
    self.path = path
    do {
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      let start = try LedgerStart(at: path)
      if start == .new { try Self.make(path) } else { try Self.check(start, path: path) }
      queue = try DatabaseQueue(path: path, configuration: Self.configuration)
      mark = Guarded(SealMark(start))
      isVouchedFor = start != .unsealed
      try bringUpToDate()
      leaveOutRegions()
    } catch let failure as Failure {
      throw failure
    } catch let error as DatabaseError {
      throw Self.failure(error, path: path)
    } catch {
      throw Failure(
        .ledgerUnwritable, "the ledger \(path) cannot be made: \(error.localizedDescription)",
        fix: "make the folder writable for the user who runs reconcile")
    }
  }

  /// Runs `body` in one transaction: everything it writes stays, or nothing does.
  package func write<Result>(_ body: (inout LedgerTransaction) throws -> Result) throws -> Result {
    try perform {
      try unseal()
      var commits = 0
      let result = try queue.writeWithoutTransaction { database in
        var result: Result?
        try database.inTransaction(.immediate) {
          var transaction = LedgerTransaction(database: database)
          transaction.trustsCounts = isVouchedFor
          result = try body(&transaction)
          commits = try transaction.countCommit()
          return .commit
        }
        guard let result else { throw DatabaseError(message: "the transaction was not committed") }
        return result
      }
      count(commits)
      return result
    }
  }

  /// Reads without changing anything.
  package func read<Result>(_ body: (LedgerTransaction) throws -> Result) throws -> Result {
    try perform {
      try queue.writeWithoutTransaction { database in
        try database.reading { try body(LedgerTransaction(database: database)) }
      }
    }
  }

  /// Keeps few of the file's pages in memory from now on, and gives back the others: what follows goes through it once.
  package func keepFewPages() throws {
    try perform {
      try queue.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA cache_size = -8000; PRAGMA temp.cache_size = -1000")
      }
    }
  }

  func perform<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      let failure = Self.failure(error, path: path)
      if failure.code == .ledgerUnreadable { mark.withLock { $0.isDamaged = true } }
      throw failure
    }
  }

  /// An empty file of its owner alone, with a seal that says that a ledger is being made.
  private static func make(_ path: String) throws {
    try SealFile(beside: path).replace(with: .ofFirstWrite)
    _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
  }

  /// Brings an older schema up to date.
  private func bringUpToDate() throws {
    if try !Schema.isCurrent(queue) {
      try unseal()
      try Schema.migrate(queue)
    }
    if mark.withLock({ $0.seal == .ofFirstWrite }) { try named() }
  }

  /// Keeps GRDB from listing, column by column, what each statement reads and writes: nobody observes a ledger, and the
  /// lists cost as much as all of SQLite's own work on a statement.
  private func leaveOutRegions() {
    queue.writeWithoutTransaction { database in _ = sqlite3_set_authorizer(database.sqliteConnection, nil, nil) }
  }

  /// Whether there is a ledger at a path, or was one: its seal is left.
  package static func isKnown(at path: String) -> Bool {
    FileManager.default.fileExists(atPath: path) || SealFile(beside: path).read() != .missing
  }

  /// How long one waits for another process's transaction.
  static let busySeconds: TimeInterval = 5

  private static var configuration: GRDB.Configuration {
    var configuration = GRDB.Configuration()
    configuration.busyMode = .timeout(busySeconds)
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA journal_mode = WAL")
      try database.execute(sql: "PRAGMA synchronous = FULL")
      // A plan writes all over its tables; see `keepFewPages`.
      try database.execute(sql: "PRAGMA cache_size = -96000")
      try database.execute(sql: "PRAGMA temp_store = FILE")
      // The tables of a plan that is being made are looked up in no order.
      try database.execute(sql: "PRAGMA temp.cache_size = -16000")
    }
    return configuration
  }

  static func failure(_ error: DatabaseError, path: String) -> Failure {
    switch error.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      Failure(
        .ledgerUnreadable, "the ledger \(path) is damaged: \(error.message ?? "unknown")",
        fix: "restore it from a backup; without it the next plan links by id and shows every difference as a conflict")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      Failure(
        .ledgerLocked, "the ledger \(path) is in use by another process",
        fix: "wait until it ends; `fuser \(path)` names it")
    default:
      Failure(
        .ledgerUnwritable, "the ledger \(path) cannot be used: \(error.message ?? "\(error.resultCode)")",
        fix: "check free disk space and the folder's permissions")
    }
  }
}
