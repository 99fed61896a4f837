import GRDB

extension LedgerFile {
  /// Reads what is committed over a connection of its own, so that another thread may use the ledger's meanwhile.
  package func readApart<Result>(_ body: (LedgerTransaction) throws -> Result) throws -> Result {
    try perform {
      try Self.reader(at: path).read { try body(LedgerTransaction(database: $0)) }
    }
  }

  /// A connection that reads, beside the one that writes.
  static func reader(at path: String) throws -> DatabaseQueue {
    var configuration = GRDB.Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(busySeconds)
    return try DatabaseQueue(path: path, configuration: configuration)
  }
}
