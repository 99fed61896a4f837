import GRDB
import GRDBSQLite
import Model
import Testing

@testable import Ledger

@Suite("Reading a ledger") struct ReadingTests {
  private let folder: TemporaryFolder
  private let ledger: LedgerFile

  init() throws {
    folder = try TemporaryFolder()
    ledger = try LedgerFile(at: folder.ledger)
    try ledger.write { try $0.setMeta("name", "value") }
  }

  @Test("what writes is refused, and nothing of it stays")
  func refusesWrites() throws {
    let before = try dump(folder.ledger)
    let thrown = failure { try ledger.read { try $0.setMeta("name", "other") } }
    #expect(
      thrown
        == Failure(
          .ledgerUnwritable, "the ledger \(folder.ledger) cannot be used: attempt to write a readonly database",
          fix: "check free disk space and the folder's permissions"))
    #expect(try dump(folder.ledger) == before)
    #expect(try ledger.read { try $0.meta("name") } == "value")
    try ledger.write { try $0.setMeta("name", "other") }
    #expect(try ledger.read { try $0.meta("name") } == "other")
  }

  @Test("an error on the way comes through, and the next transaction finds none open")
  func passesErrorsOn() throws {
    let wanted = Failure(.runUnknown, "no such run")
    #expect(failure { try ledger.read { _ in throw wanted } } == wanted)
    let isOpen = ledger.queue.writeWithoutTransaction { $0.isInsideTransaction }
    #expect(!isOpen)
    #expect(try ledger.read { try $0.meta("name") } == "value")
  }

  @Test("a transaction that the body has ended leaves nothing open")
  func endsWithTheTransaction() throws {
    // An error of the disk ends it in the same way.
    #expect(try ledger.read { try $0.database.rollback() } == ())
    let isOpen = ledger.queue.writeWithoutTransaction { $0.isInsideTransaction }
    #expect(!isOpen)
  }

  @Test("it is one state of the ledger, whatever another process writes meanwhile")
  func isOneState() throws {
    let other = try DatabaseQueue(path: folder.ledger)
    try ledger.read { transaction in
      #expect(try transaction.meta("name") == "value")
      try other.write { try $0.execute(sql: "UPDATE meta SET value = 'other' WHERE name = 'name'") }
      #expect(try transaction.meta("name") == "value")
    }
    #expect(try ledger.read { try $0.meta("name") } == "other")
  }

  @Test("no statement has to be compiled again because the ledger was read")
  func keepsStatements() throws {
    let before = try compilations()
    for _ in 0..<5 { #expect(try ledger.read { try $0.meta("name") } == "value") }
    #expect(try compilations() == before)
  }

  /// How often the statement that reads a remembered text was compiled again.
  private func compilations() throws -> Int32 {
    #expect(try ledger.read { try $0.meta("name") } == "value")
    return try ledger.queue.writeWithoutTransaction { database in
      let statement = try database.cachedStatement(sql: "SELECT value FROM meta WHERE name = ?")
      return sqlite3_stmt_status(statement.sqliteStatement, SQLITE_STMTSTATUS_REPREPARE, 0)
    }
  }
}
