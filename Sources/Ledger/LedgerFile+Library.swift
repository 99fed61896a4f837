import GRDBSQLite

extension LedgerFile {
  /// The version of the SQLite that the loader found.
  package static var databaseVersion: String { String(cString: sqlite3_libversion()) }
}
