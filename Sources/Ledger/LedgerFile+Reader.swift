import GRDB

extension LedgerFile {
  /// Reads what is committed over a connection of its own, so that another thread may use the ledger's meanwhile.
  package func readApart<Result>(_ body: (LedgerTransaction) throws -> Result) throws -> Result {
    try perform {
      try Self.reader(at: path).read { try body(LedgerTransaction(database: $0)) }
    }
  }

  /// A connection that reads: by default one that could do nothing else, beside the one that writes.
  static func reader(at path: String, isReadOnly: Bool = true) throws -> DatabaseQueue {
    var configuration = GRDB.Configuration()
    configuration.readonly = isReadOnly
    configuration.busyMode = .timeout(busySeconds)
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA query_only = ON") }
    return try DatabaseQueue(path: path, configuration: configuration)
  }
}
