import Foundation
import GRDB
import Model
import Testing

@testable import Ledger

@Suite struct LedgerFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open() throws -> LedgerFile { try LedgerFile(at: folder.ledger) }

  /// A ledger with something in it, closed.
  private func filled() throws {
    let ledger = try open()
    try ledger.night(1, (0..<200).map { .of("r\($0)", String(repeating: "name ", count: 20)) })
    try ledger.write { transaction in
      try transaction.link("r1", "o1", run: 1)
      try transaction.agree(["Deal value": "5"], referral: "r1")
    }
  }

  private func mode(_ path: String) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? 0
  }

  @Test func fileAndFolderAreTheOwnersAlone() throws {
    let ledger = try open()
    try ledger.night(1, [.of("a", "1")])
    #expect(try mode(folder.ledger) == 0o600)
    #expect(try mode(folder.path + "/state") == 0o700)
    for suffix in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: folder.ledger + suffix) {
      #expect(try mode(folder.ledger + suffix) == 0o600)
    }
  }

  @Test func aTransactionThatFailsLeavesTheFileAsItWas() throws {
    try filled()
    let before = try dump(folder.ledger)
    #expect(before.count > 200)
    let ledger = try open()
    let thrown = failure {
      try ledger.write { transaction in
        try transaction.beginTouching()
        let run = try transaction.open(night: 2)
        try transaction.take([.of("r1", "other"), .of("new", "1")], run: run)
        try transaction.link("r2", "o2", run: run)
        try transaction.agree(["Deal value": "6"], referral: "r1")
        try transaction.setMeta("x", "y")
        try transaction.advanceSerial()
        throw Failure(.snapshotShrunk, "too few")
      }
    }
    #expect(thrown == Failure(.snapshotShrunk, "too few"))
    #expect(try dump(folder.ledger) == before)
    // The same file takes the next night.
    try ledger.night(2, [.of("r1", "other")])
    #expect(try dump(folder.ledger) != before)
  }

  @Test func lineageStaysAndSerialCounts() throws {
    let lineage = try open().read { try $0.lineage() }
    #expect(lineage.count == 36)
    let ledger = try open()
    try ledger.write { try $0.advanceSerial() }
    try ledger.write { try $0.advanceSerial() }
    #expect(try ledger.read { try $0.serial() } == 2)
    #expect(try open().read { try $0.lineage() } == lineage)
    let other = try TemporaryFolder()
    #expect(try LedgerFile(at: other.ledger).read { try $0.lineage() } != lineage)
  }

  private func place(_ bytes: Data) throws {
    try FileManager.default.createDirectory(atPath: folder.path + "/state", withIntermediateDirectories: true)
    for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: folder.ledger + suffix) }
    try bytes.write(to: URL(fileURLWithPath: folder.ledger))
  }

  static let foreign: [(String, Data)] = [
    ("text", Data("this is no ledger\n".utf8)),
    ("longer text", Data(String(repeating: "no ledger ", count: 1_000).utf8)),
    ("nothing", Data()), ("zeros", Data(count: 8_192)),
    ("a header and nothing else", Data("SQLite format 3\u{0}".utf8)),
  ]

  @Test("what is no ledger is refused and stays as it is", arguments: foreign.indices)
  func notALedger(_ index: Int) throws {
    try place(Self.foreign[index].1)
    let failure = failure { _ = try open() }
    #expect(failure?.code == .ledgerUnreadable, "\(Self.foreign[index].0): \(failure.map { "\($0)" } ?? "opened")")
    #expect(failure?.fix != nil)
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.ledger)) == Self.foreign[index].1)
  }

  @Test("a database of another program is no ledger")
  func otherDatabase() throws {
    try FileManager.default.createDirectory(atPath: folder.path + "/state", withIntermediateDirectories: true)
    do {
      let queue = try DatabaseQueue(path: folder.ledger)
      try queue.write { try $0.execute(sql: "CREATE TABLE customer (id INTEGER)") }
    }
    #expect(failure { _ = try open() }?.code == .ledgerUnreadable)
    #expect(try number("SELECT count(*) FROM sqlite_master", in: folder.ledger) == 1)
  }

  @Test("a ledger of a newer release is refused")
  func newer() throws {
    try filled()
    try DatabaseQueue(path: folder.ledger).write {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999 the future')")
    }
    #expect(failure { _ = try open() }?.code == .ledgerNewer)
  }

  @Test("a ledger cut short is refused, and never an empty one", arguments: [100, 1_024, 4_096, 5_000, 8_192, 20_480])
  func truncated(_ length: Int) throws {
    try filled()
    try DatabaseQueue(path: folder.ledger).writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.ledger))
    #expect(bytes.count > 20_480)
    try place(bytes.prefix(length))
    let failure = failure {
      let ledger = try open()
      try ledger.read { transaction in
        #expect(try transaction.base(of: "r1") == ["Deal value": "5"])
        var count = 0
        try transaction.eachRecord(.referral, asOf: 1) { _ in count += 1 }
        #expect(count == 200)
      }
      Issue.record("a ledger of \(length) bytes reads as if it were whole")
    }
    #expect(failure?.code == .ledgerUnreadable, "\(length): \(failure.map { "\($0)" } ?? "")")
  }

  @Test("the header with any of its bytes changed never gives an empty ledger")
  func damagedHeader() throws {
    try filled()
    try DatabaseQueue(path: folder.ledger).writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.ledger))
    var refused = 0
    for offset in 0..<100 {
      var damaged = bytes
      damaged[offset] ^= 0xFF
      try place(damaged)
      let failure = failure {
        let base = try open().read { try $0.base(of: "r1") }
        #expect(base == ["Deal value": "5"], "byte \(offset)")
      }
      if let failure {
        refused += 1
        #expect([.ledgerUnreadable, .ledgerUnwritable].contains(failure.code), "byte \(offset): \(failure)")
      }
    }
    #expect(refused > 20)
  }

  @Test("a folder that cannot be made is named")
  func unwritable() throws {
    try Data("x".utf8).write(to: URL(fileURLWithPath: folder.path + "/state"))
    let failure = failure { _ = try open() }
    #expect(failure?.code == .ledgerUnwritable)
    #expect(failure?.message.contains(folder.ledger) == true)
  }

  @Test("F1: a full disk stops the write and leaves what was there")
  func full() throws {
    try filled()
    let before = try dump(folder.ledger)
    let ledger = try open()
    let failure = failure {
      try ledger.write { transaction in
        try transaction.database.execute(sql: "PRAGMA max_page_count = 1")
        try transaction.beginTouching()
        let run = try transaction.open(night: 2)
        try transaction.take((0..<5_000).map { .of("r\($0)", String(repeating: "other ", count: 30)) }, run: run)
      }
    }
    #expect(failure?.code == .ledgerUnwritable)
    #expect(try dump(folder.ledger) == before)
  }
}
