import Foundation
import GRDB

/// Texts by key in a temporary file, so that children find their parents without all of them being in memory.
final class JoinTable {
  private let queue: DatabaseQueue
  private(set) var isEmpty = true

  /// An empty table, which goes when the object goes.
  init() throws {
    var configuration = Configuration()
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA journal_mode = OFF")
      try database.execute(sql: "PRAGMA synchronous = OFF")
      try database.execute(sql: "PRAGMA cache_size = -16000")
    }
    // An empty name is SQLite's own temporary file: it spills to disk and vanishes with the connection.
    queue = try DatabaseQueue(path: "", configuration: configuration)
    try queue.inDatabase { database in
      try database.execute(
        sql: "CREATE TABLE item (key TEXT NOT NULL, rank TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (key, rank)) WITHOUT ROWID")
    }
  }

  /// Adds texts; `rank` orders those of one key, and a repeated rank replaces the text.
  func add(_ items: [(key: String, rank: String, body: String)]) throws {
    guard !items.isEmpty else { return }
    isEmpty = false
    try queue.inDatabase { database in
      try database.inTransaction {
        let statement = try database.cachedStatement(sql: "INSERT OR REPLACE INTO item VALUES (?, ?, ?)")
        for item in items { try statement.execute(arguments: [item.key, item.rank, item.body]) }
        return .commit
      }
    }
  }

  /// The texts of a key, by rank.
  func texts(of key: String) throws -> [String] {
    guard !isEmpty, !key.isEmpty else { return [] }
    return try queue.inDatabase { database in
      let statement = try database.cachedStatement(sql: "SELECT body FROM item WHERE key = ? ORDER BY rank")
      return try String.fetchAll(statement, arguments: [key])
    }
  }
}
