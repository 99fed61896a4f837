import Foundation
import GRDB
import Model

/// The ledger inside one transaction.
///
/// What a run reads and writes goes through it, table by table.
///
/// It lives as long as the closure that it was handed to, and must not be kept.
package struct LedgerTransaction {
  let database: Database
  let shapes = ShapeBook()
  /// Whether what earlier runs counted is taken as it stands.
  var trustsCounts = true
  let labels = LabelBook()
  private let queries = QueryBook()

  /// A transaction on an open database.
  init(database: Database) {
    self.database = database
  }

  /// The statement of a question that is asked for every pair.
  func ask(_ question: PairQuestion) throws -> Query { try queries.query(question, in: database) }
}

extension LedgerTransaction {
  /// The name that this ledger got when it was made: a plan is applied only to the ledger that it was made in.
  package func lineage() throws -> String { try meta("lineage") }

  /// How often the agreement has moved.
  ///
  /// A plan is stale once it differs from the plan's own.
  package func serial() throws -> Int { Int(try meta("serial")) ?? 0 }

  /// Counts one move of the agreement.
  package func advanceSerial() throws {
    try setMeta("serial", String(try serial() + 1))
  }

  /// How many transactions were committed since the ledger was made, or came from a release that did not count.
  func commits() throws -> Int { Int(try meta("commits")) ?? 0 }

  /// Counts this transaction among the committed ones, and gives their number.
  func countCommit() throws -> Int {
    let count = try commits() + 1
    try setMeta("commits", String(count))
    return count
  }

  /// A remembered text; empty when there is none.
  package func meta(_ name: String) throws -> String {
    let statement = try database.cachedStatement(sql: "SELECT value FROM meta WHERE name = ?")
    return try String.fetchOne(statement, arguments: [name]) ?? ""
  }

  /// Remembers a text.
  package func setMeta(_ name: String, _ value: String) throws {
    let statement = try database.cachedStatement(sql: "INSERT OR REPLACE INTO meta VALUES (?, ?)")
    try statement.execute(arguments: [name, value])
  }
}
