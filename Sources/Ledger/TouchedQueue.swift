import Foundation
import GRDB
package import Model

/// The referrals that events named and no plan has covered yet, each once: a small file beside the ledger.
///
/// It is no part of the ledger, which is locked and sealed during a run. It holds hints alone: what is lost with it, the
/// next full plan finds. The listener writes it and plans read it, each from a process of its own.
package final class TouchedQueue: Sendable {
  /// A referral that waits.
  package struct Entry: Sendable, Hashable {
    /// Its id, in lower case.
    package let referral: String
    /// When an event named it first, as `2026-11-02T08:00:00Z`.
    package let first: String
    /// When an event named it last.
    package let last: String
    /// How many events named it.
    package let count: Int
  }

  private let queue: DatabaseQueue
  private let path: String

  /// Opens the file, and makes it when there is none.
  ///
  /// - Throws: `Failure` with `queueUnusable`.
  package init(at path: String) throws(Failure) {
    self.path = path
    do {
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      if !FileManager.default.fileExists(atPath: path) {
        _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
      }
      queue = try DatabaseQueue(path: path, configuration: Self.configuration)
      try queue.write { database in
        try database.execute(
          sql: """
            CREATE TABLE IF NOT EXISTS touched (
              referral TEXT PRIMARY KEY, first TEXT NOT NULL, last TEXT NOT NULL, count INTEGER NOT NULL) WITHOUT ROWID
            """)
      }
    } catch {
      throw Self.failure(error, path)
    }
  }

  /// The queue at a path; nil when nobody has listened yet.
  package static func existing(at path: String) throws(Failure) -> TouchedQueue? {
    FileManager.default.fileExists(atPath: path) ? try TouchedQueue(at: path) : nil
  }

  /// Adds what events named; when it returns, all of it is on the disk.
  ///
  /// - Throws: `Failure` with `queueUnusable`; nothing was added then.
  package func note(_ referrals: [String], at moment: String) throws(Failure) {
    do {
      // SQLite would go on writing into a file that somebody removed.
      guard FileManager.default.fileExists(atPath: path) else { throw DatabaseError(message: "it is gone") }
      try queue.write { database in
        let statement = try database.cachedStatement(
          sql: """
            INSERT INTO touched VALUES (?, ?, ?, 1)
            ON CONFLICT (referral) DO UPDATE SET last = max(last, excluded.last), count = count + 1
            """)
        for referral in referrals { try statement.execute(arguments: [referral.lowercased(), moment, moment]) }
      }
    } catch {
      throw Self.failure(error, path)
    }
  }

  /// Those that wait, the longest first; at most so many, or all.
  package func entries(limit: Int? = nil) throws(Failure) -> [Entry] {
    do {
      return try queue.read { database in
        try Row.fetchAll(
          database.cachedStatement(sql: "SELECT * FROM touched ORDER BY first, referral LIMIT ?"),
          arguments: [limit ?? -1]
        ).map { row in
          Entry(referral: row["referral"], first: row["first"], last: row["last"], count: row["count"])
        }
      }
    } catch {
      throw Self.failure(error, path)
    }
  }

  /// Takes out what a plan has covered, but for a referral that another event has named since.
  package func remove(_ covered: [Entry]) throws(Failure) {
    do {
      try queue.write { database in
        let statement = try database.cachedStatement(
          sql: "DELETE FROM touched WHERE referral = ? AND last = ? AND count = ?")
        for entry in covered { try statement.execute(arguments: [entry.referral, entry.last, entry.count]) }
      }
    } catch {
      throw Self.failure(error, path)
    }
  }

  private static var configuration: GRDB.Configuration {
    var configuration = GRDB.Configuration()
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA journal_mode = WAL")
      try database.execute(sql: "PRAGMA synchronous = FULL")
    }
    return configuration
  }

  private static func failure(_ error: any Error, _ path: String) -> Failure {
    let reason = (error as? DatabaseError)?.message ?? error.localizedDescription
    return Failure(
      .queueUnusable, "the queue of events \(path) cannot be used: \(reason)",
      fix: "check free disk space and the folder's permissions; a damaged file may be removed: it holds hints alone")
  }
}
