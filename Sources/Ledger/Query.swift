import GRDB
import GRDBSQLite
import Model

/// A prepared statement that is run for every pair: its texts go in and out as they are, without being boxed on the way.
///
/// It is bound, run and reset in one go, so that it is free again before anything else asks with it.
final class Query {
  /// Keeps the handle alive.
  private let statement: Statement
  private let handle: OpaquePointer

  /// The statement of a text, prepared once for as long as the ledger is open.
  init(_ sql: String, in database: Database) throws {
    statement = try database.cachedStatement(sql: sql)
    handle = statement.sqliteStatement
  }

  /// A value that a statement is run with.
  enum Argument {
    case text(String)
    case number(Int)
  }

  /// A row while it is looked at.
  struct Row {
    fileprivate let handle: OpaquePointer

    /// The text of a column, from 0.
    func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }

    /// The text of a column; nil where there is none.
    func textIfAny(_ column: Int32) -> String? {
      sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : text(column)
    }

    /// The bytes of a column's text, which are gone once the next row is asked for.
    func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
      // The text first: counting comes after the conversion.
      guard let start = sqlite3_column_text(handle, column) else { return UnsafeRawBufferPointer(start: nil, count: 0) }
      return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
    }

    /// The number of a column.
    func number(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }
  }

  /// Runs it for what it changes.
  func run(_ arguments: [Argument]) throws {
    try each(arguments) { _ in }
  }

  /// What `read` makes of the first row; nil when there is none.
  func first<Result>(_ arguments: [Argument], _ read: (Row) throws -> Result) throws -> Result? {
    defer { sqlite3_reset(handle) }
    try bind(arguments)
    return try step() ? read(Row(handle: handle)) : nil
  }

  /// Whether there is a row.
  func hasRow(_ arguments: [Argument]) throws -> Bool { try first(arguments) { _ in true } ?? false }

  /// What `read` makes of each row.
  func all<Result>(_ arguments: [Argument], _ read: (Row) throws -> Result) throws -> [Result] {
    var result: [Result] = []
    try each(arguments) { result.append(try read($0)) }
    return result
  }

  /// Hands over each row; the body must not ask with the same statement.
  func each(_ arguments: [Argument], _ body: (Row) throws -> Void) throws {
    defer { sqlite3_reset(handle) }
    try bind(arguments)
    while try step() { try body(Row(handle: handle)) }
  }

  private func bind(_ arguments: [Argument]) throws {
    sqlite3_reset(handle)
    for (index, argument) in arguments.enumerated() {
      let place = Int32(index + 1)
      let code: Int32
      switch argument {
      case .number(let number): code = sqlite3_bind_int64(handle, place, Int64(number))
      case .text(var text):
        code = text.withUTF8 { bytes in
          bytes.withMemoryRebound(to: CChar.self) {
            // No address would be no value.
            $0.isEmpty
              ? sqlite3_bind_text(handle, place, "", 0, Self.transient)
              : sqlite3_bind_text(handle, place, $0.baseAddress, Int32($0.count), Self.transient)
          }
        }
      }
      guard code == SQLITE_OK else { throw trouble(code) }
    }
  }

  private func step() throws -> Bool {
    let code = sqlite3_step(handle)
    guard code != SQLITE_ROW else { return true }
    guard code == SQLITE_DONE else { throw trouble(code) }
    return false
  }

  private func trouble(_ code: Int32) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(sqlite3_db_handle(handle))),
      sql: statement.sql)
  }

  /// Lets SQLite copy what is bound.
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
