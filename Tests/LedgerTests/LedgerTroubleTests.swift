import Foundation
import GRDB
import Ledger
import Model
import Testing

/// Troubles below the ledger: each is told, and none passes for an empty ledger.
@Suite("Troubles of the ledger")
struct LedgerTroubleTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func code(_ body: () throws -> Void) -> Code? {
    do {
      try body()
      return nil
    } catch {
      return (error as? Failure)?.code
    }
  }

  /// A ledger with one night, closed and without its seal, so that it can be altered.
  private func altered(_ sql: String) throws -> LedgerFile {
    do {
      let ledger = try LedgerFile(at: folder.ledger)
      try ledger.night(1, [.of("r1", "One")], [.of("o1", "One")])
    }
    try DatabaseQueue(path: folder.ledger).writeWithoutTransaction { try $0.execute(sql: sql) }
    try FileManager.default.removeItem(atPath: folder.ledger + ".seal")
    return try LedgerFile(at: folder.ledger)
  }

  @Test("a ledger that another process writes is waited for, and then told as in use")
  func busy() throws {
    let ledger = try LedgerFile(at: folder.ledger)
    let other = try DatabaseQueue(path: folder.ledger)
    try other.writeWithoutTransaction { database in
      try database.execute(sql: "BEGIN IMMEDIATE")
      #expect(code { try ledger.write { try $0.setMeta("a", "b") } } == .ledgerLocked)
      try database.execute(sql: "ROLLBACK")
    }
    #expect(code { try ledger.write { try $0.setMeta("a", "b") } } == nil)
  }

  @Test("a record whose columns the ledger does not hold is no record without columns")
  func shapeless() throws {
    let ledger = try altered("PRAGMA foreign_keys = OFF; DELETE FROM shape")
    #expect(code { _ = try ledger.read { try $0.record(.referral, "r1") } } == .ledgerUnreadable)
  }

  @Test(
    "a row of a plan that is no row stops whoever reads it",
    arguments: [
      "writes = '{'", "writes = '[]'", "action = 'eat'", "direction = ''", "risk = 'x'", "code = 'X1'",
      "versions = 'a'",
      "answer = '{}'",
    ])
  func rotten(damage: String) throws {
    let ledger = try altered(
      """
      INSERT INTO change VALUES (
        1, 1, 'r1', 'o1', 'One', 'update', 'to-salesforce', 'Name', '', '', '', '', 'normal', 'R82', 'N102', '', '',
        char(31) || char(31), 'apply', 'planned', '');
      """)
    try ledger.read { try $0.eachRow(of: 1) { _ in } }
    try DatabaseQueue(path: folder.ledger).write { try $0.execute(sql: "UPDATE change SET \(damage)") }
    #expect(code { try ledger.read { try $0.eachRow(of: 1) { _ in } } } == .ledgerUnreadable)
  }

  @Test("where the seal cannot be written, nothing is")
  func sealless() throws {
    let ledger = try LedgerFile(at: folder.ledger)
    try ledger.write { try $0.setMeta("kept", "before") }
    ledger.seal(holding: try RunLock(beside: folder.ledger, purpose: "test"))
    // A folder in its place can be neither replaced nor written.
    try FileManager.default.removeItem(atPath: folder.ledger + ".seal")
    try FileManager.default.createDirectory(atPath: folder.ledger + ".seal/x", withIntermediateDirectories: true)
    #expect(code { try ledger.write { try $0.setMeta("kept", "after") } } == .ledgerUnwritable)
    #expect(try ledger.read { try $0.meta("kept") } == "before")
  }

  @Test("a lock in a folder that is none is told")
  func lockless() throws {
    let file = folder.path + "/file"
    try Data().write(to: URL(fileURLWithPath: file))
    #expect(code { _ = try RunLock(beside: file + "/ledger.sqlite", purpose: "test") } == .ledgerUnwritable)
  }

  @Test("what an opportunity was told last is kept, replaced and forgotten; so are the rejections of a run")
  func memory() throws {
    let ledger = try LedgerFile(at: folder.ledger)
    try ledger.night(1, [.of("r1", "One")], [.of("o1", "One")])
    let key = PairKey(referralID: "r1", opportunityID: "o1")
    let change = Change(
      .update, .toSalesforce, field: "Deal value",
      because: Change.Grounds(.changedInPartnerCenter, rule: "R82", "changed"), effect: .recordOpportunity)
    let row = PlanRow(seq: 1, key: key, name: "One", change: change, versions: PlanRow.Versions())
    try ledger.write { transaction in
      try transaction.reject(row, run: 1)
      #expect(try transaction.isRejected(change, of: key))
      try transaction.forgetRejections(of: 1)
      #expect(try !transaction.isRejected(change, of: key))
      for text in ["not ticked", "no customer"] {
        try transaction.tell("o1", text)
        #expect(try transaction.told("o1") == text)
      }
      try transaction.tell("o1", nil)
      #expect(try transaction.told("o1") == nil)
    }
  }
}
