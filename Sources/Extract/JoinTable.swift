import Foundation
import GRDB

/// Texts by key in a temporary file, so that children find their parents without all of them being in memory.
final class JoinTable {
  /// Where they lie; nil while there are none.
  private var queue: DatabaseQueue?

  /// Whether it has no texts.
  var isEmpty: Bool { queue == nil }

  private static func makeQueue() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA journal_mode = OFF")
      try database.execute(sql: "PRAGMA synchronous = OFF")
      try database.execute(sql: "PRAGMA cache_size = -16000")
    }
    // An empty name is SQLite's own temporary file: it spills to disk and vanishes with the connection.
    let queue = try DatabaseQueue(path: "", configuration: configuration)
    try queue.inDatabase { database in
      try database.execute(
        sql:
          "CREATE TABLE item (key TEXT NOT NULL, rank TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (key, rank)) WITHOUT ROWID"
      )
    }
    return queue
  }

  /// Adds texts; `rank` orders those of one key, and a repeated rank replaces the text.
  func add(_ items: [(key: String, rank: String, body: String)]) throws {
    guard !items.isEmpty else { return }
    let queue = try queue ?? Self.makeQueue()
    self.queue = queue
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
    guard let queue, !key.isEmpty else { return [] }
    return try queue.inDatabase { database in
      let statement = try database.cachedStatement(sql: "SELECT body FROM item WHERE key = ? ORDER BY rank")
      return try String.fetchAll(statement, arguments: [key])
    }
  }
}
