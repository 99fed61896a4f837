import Foundation
import GRDB

/// What stands behind a query locator: the statement and the ids that it selected, for as long as locators live.
enum QueryCursor {
  /// What a cursor goes on with.
  struct Content {
    let statement: String
    /// The relationship names that lead to the child query whose rows are paged; empty for the statement itself.
    let path: [String]
    let includesDeleted: Bool
  }

  /// One page of ids.
  struct Page {
    let content: Content
    let ids: [String]
    let total: Int
  }

  static func createTable(in db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE query_cursor(
          id TEXT PRIMARY KEY, soql TEXT NOT NULL, path TEXT NOT NULL, ids BLOB NOT NULL, deleted INTEGER NOT NULL,
          made INTEGER NOT NULL
        ) WITHOUT ROWID
        """)
  }

  /// Keeps the ids that a statement selects, in its order, and tells the id of the cursor and their number.
  static func make(
    _ world: World, _ content: Content, _ selection: SoqlRun.Selection
  ) throws -> (id: String, total: Int) {
    let id = try insert(world, content, Data())
    try world.db.cachedStatement(
      sql: "UPDATE query_cursor SET ids = (SELECT CAST(COALESCE(group_concat(\"Id\", ''), '') AS BLOB) FROM "
        + "(SELECT r.\"Id\" \(selection.sql))) WHERE id = ?"
    ).execute(arguments: selection.arguments + [id])
    let length = try Int.fetchOne(
      world.db.cachedStatement(sql: "SELECT length(ids) FROM query_cursor WHERE id = ?"), arguments: [id])
    return (id, (length ?? 0) / 18)
  }

  /// Keeps a list of ids and tells the id of the cursor.
  static func make(_ world: World, _ content: Content, _ ids: [String]) throws -> String {
    try insert(world, content, Data(ids.joined().utf8))
  }

  private static func insert(_ world: World, _ content: Content, _ ids: Data) throws -> String {
    let id = SalesforceID.make(prefix: "01g", number: try world.next("locator"))
    try world.db.cachedStatement(
      sql: "INSERT INTO query_cursor(id, soql, path, ids, deleted, made) VALUES (?, ?, ?, ?, ?, ?)"
    ).execute(arguments: [
      id, content.statement, content.path.joined(separator: "/"), ids, content.includesDeleted,
      try world.now.seconds,
    ])
    return id
  }

  /// The ids behind a locator `<cursor>-<offset>`.
  ///
  /// - Throws: a `Refusal` `INVALID_QUERY_LOCATOR` for a locator that is unknown, used up or too old.
  static func page(_ world: World, cursor: String, offset: Int, size: Int) throws -> Page {
    let row = try Row.fetchOne(
      world.db.cachedStatement(
        sql: "SELECT soql, path, deleted, made, length(ids) / 18 AS total, substr(ids, ?, ?) AS part "
          + "FROM query_cursor WHERE id = ?"), arguments: [offset * 18 + 1, size * 18, cursor])
    guard let row, offset >= 0, offset < row["total"] as Int || offset == 0,
      try world.now.seconds < (row["made"] as Int) + world.switches.number(.locatorSeconds)
    else { throw unknown }
    // SQLite gives NULL for a part of nothing.
    let part: Data? = row["part"]
    let bytes = [UInt8](part ?? Data())
    let ids = stride(from: 0, to: bytes.count, by: 18).map { String(decoding: bytes[$0..<$0 + 18], as: UTF8.self) }
    let path: String = row["path"]
    return Page(
      content: Content(
        statement: row["soql"], path: path.split(separator: "/").map(String.init), includesDeleted: row["deleted"]),
      ids: ids, total: row["total"])
  }

  static let unknown = Refusal(status: 400, code: "INVALID_QUERY_LOCATOR", message: "invalid query locator")
}
