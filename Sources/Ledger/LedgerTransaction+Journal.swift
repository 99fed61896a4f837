import Foundation
import GRDB
package import Model

/// A write that was begun: what was intended, and what became of it.
package struct JournalEntry: Sendable, Hashable {
  /// Its place in the journal.
  package let number: Int
  /// The key of the operation; the same for every attempt at it.
  package let key: String
  /// The plan rows that it carries out.
  package let rows: [Int]
  /// What is sent, in words: `PATCH referral …`.
  package let what: String
}

extension LedgerTransaction {
  /// Records an intent before its first attempt.
  ///
  /// The same key gives the same entry, so that a repeat is recognised; the entry is open again.
  package func intend(_ key: String, rows: [Int], what: String, of run: Int, at time: String) throws -> Int {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO journal (run, key, rows, what, intended) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET intended = excluded.intended, outcome = NULL, settled = NULL
        RETURNING number
        """)
    return try Int.fetchOne(
      statement, arguments: [run, key, rows.map(String.init).joined(separator: ","), what, time]) ?? 0
  }

  /// Records what became of an intent.
  ///
  /// `result` is what the next steps need: the id of a created record.
  package func conclude(
    _ number: Int, _ outcome: Outcome, result: String = "", requestID: String, at time: String
  ) throws {
    try database.cachedStatement(
      sql: "UPDATE journal SET outcome = ?, result = ?, request_id = ?, settled = ? WHERE number = ?"
    ).execute(arguments: [outcome.rawValue, result, requestID, time, number])
  }

  /// Records what became of the intent under that key; does nothing when there is none.
  package func conclude(
    _ key: String, _ outcome: Outcome, result: String, requestID: String, at time: String
  ) throws {
    let statement = try database.cachedStatement(
      sql: "UPDATE journal SET outcome = ?, result = ?, request_id = ?, settled = ? WHERE key = ?")
    try statement.execute(arguments: [outcome.rawValue, result, requestID, time, key])
  }

  /// The result of an acknowledged operation of that key; nil when it was not acknowledged.
  package func result(of key: String) throws -> String? {
    let statement = try database.cachedStatement(
      sql: "SELECT result FROM journal WHERE key = ? AND outcome = 'applied'")
    return try String.fetchOne(statement, arguments: [key])
  }

  /// Intents of a run that have no outcome yet: a death came between.
  package func openIntents(of run: Int) throws -> [JournalEntry] {
    try Row.fetchAll(
      database.cachedStatement(sql: "SELECT * FROM journal WHERE run = ? AND outcome IS NULL ORDER BY number"),
      arguments: [run]
    ).map { row in
      JournalEntry(
        number: row["number"], key: row["key"], rows: Self.rows(in: row), what: row["what"])
    }
  }

  /// The plan rows that an entry of the journal carries out.
  static func rows(in entry: Row) -> [Int] {
    let list: String = entry["rows"]
    return list.split(separator: ",").compactMap { Int($0) }
  }
}
