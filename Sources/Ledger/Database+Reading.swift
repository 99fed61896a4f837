import GRDB

extension Database {
  /// Runs `body`, which only reads, on one state of the ledger.
  ///
  /// GRDB's own `read` forbids writes by a pragma, and a pragma makes SQLite compile every statement of the connection anew:
  /// here, after each read. So whatever is written is taken back, and then refused in the words of that pragma.
  func reading<Result>(_ body: () throws -> Result) throws -> Result {
    let changes = totalChangesCount
    try cachedStatement(sql: "SAVEPOINT reading").execute()
    let result = Swift.Result { try body() }
    try stopReading()
    guard totalChangesCount == changes else {
      throw DatabaseError(resultCode: .SQLITE_READONLY, message: "attempt to write a readonly database")
    }
    return try result.get()
  }

  private func stopReading() throws {
    // An error of the disk ends a transaction by itself.
    guard isInsideTransaction else { return }
    do {
      try cachedStatement(sql: "ROLLBACK TO reading").execute()
      try cachedStatement(sql: "RELEASE reading").execute()
    } catch {
      try rollback()
      throw error
    }
  }
}
