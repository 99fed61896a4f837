import GRDB

/// When which row was deleted, for the feed of deletions.
struct DeletionLog {
  let db: Database

  static func createTable(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE deletion(seq INTEGER PRIMARY KEY, object TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL);
        CREATE INDEX deletion_object ON deletion(object, at);
        """)
  }

  /// Notes a deletion; contact roles leave no trace.
  func add(_ object: ObjectDefinition, _ id: String, at stamp: Stamp) throws {
    if object.name == "OpportunityContactRole" { return }
    try db.cachedStatement(sql: "INSERT INTO deletion(object, id, at) VALUES (?, ?, ?)").execute(arguments: [
      object.name, id, stamp.seconds,
    ])
  }

  /// The rows of an object deleted from one moment on and before another, in order.
  func entries(of object: ObjectDefinition, from start: Stamp, to end: Stamp) throws -> [(id: String, at: Stamp)] {
    try Row.fetchAll(
      db.cachedStatement(sql: "SELECT id, at FROM deletion WHERE object = ? AND at >= ? AND at < ? ORDER BY seq"),
      arguments: [object.name, start.seconds, end.seconds]
    ).map { ($0["id"], Stamp($0["at"])) }
  }
}
