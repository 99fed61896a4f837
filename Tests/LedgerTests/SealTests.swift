import Foundation
import GRDB
import Model
import Testing

@testable import Ledger

/// A ledger that rots, or loses what was committed, is noticed when it is opened.
@Suite("Seal")
struct SealTests {
  private let sealed: SealedLedger

  init() throws { sealed = try SealedLedger() }

  @Test("A sealed ledger opens, and reading changes neither it nor its seal")
  func asItWasLeft() throws {
    for _ in 0..<3 {
      #expect(try sealed.value() == "5")
      #expect(try Data(contentsOf: URL(fileURLWithPath: sealed.path)) == sealed.ledger)
      #expect(try Data(contentsOf: URL(fileURLWithPath: sealed.path + ".seal")) == sealed.seal)
    }
    #expect(LedgerSeal(String(decoding: sealed.seal, as: UTF8.self))?.commits == 2)
    let mode = try FileManager.default.attributesOfItem(atPath: sealed.path + ".seal")[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test("Each byte of the header is sealed")
  func header() throws {
    for offset in 0..<100 {
      for mask: UInt8 in [0xFF, 0x01] {
        var bytes = sealed.ledger
        bytes[offset] ^= mask
        try sealed.place(bytes)
        try sealed.expectRefused("byte \(offset) ^ \(mask)")
      }
    }
    try sealed.restore()
    #expect(try sealed.value() == "5")
  }

  @Test("So is any other byte, also within a text, which SQLite's own check does not see", arguments: [20_261_127])
  func anyByte(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    var unseen = 0
    for round in 0..<1_000 {
      let offset = Int.random(in: 0..<sealed.ledger.count, using: &dice)
      var bytes = sealed.ledger
      bytes[offset] ^= UInt8(1 << Int.random(in: 0..<8, using: &dice))
      try sealed.place(bytes)
      try sealed.expectRefused("seed \(seed), round \(round), byte \(offset)")
      if round % 20 == 0, try passesIntegrityCheck() { unseen += 1 }
    }
    // Without the seal many of them would pass.
    #expect(unseen > 5, "seed \(seed)")
  }

  private func passesIntegrityCheck() throws -> Bool {
    let queue = try? DatabaseQueue(path: sealed.path)
    return (try? queue?.read { try String.fetchOne($0, sql: "PRAGMA integrity_check(1)") }) == "ok"
  }

  @Test("A ledger that was cut or went on growing is refused, at every page and beside it")
  func length() throws {
    let page = 4_096
    let pages = sealed.ledger.count / page
    #expect(pages > 5 && sealed.ledger.count % page == 0)
    var lengths: Set<Int> = [0, 1, 16, 100]
    for end in stride(from: page, through: pages * page, by: page) { lengths.formUnion([end - 1, end, end + 1]) }
    lengths.remove(sealed.ledger.count)
    for length in lengths {
      let missing = max(0, length - sealed.ledger.count)
      try sealed.place(sealed.ledger.prefix(length) + Data(count: missing))
      try sealed.expectRefused("\(length) bytes")
    }
  }

  @Test("Without a seal, a ledger that was cut is refused all the same")
  func cutWithoutSeal() throws {
    try sealed.place(nil, at: ".seal")
    for length in stride(from: 0, to: sealed.ledger.count, by: 4_096) {
      try sealed.place(sealed.ledger.prefix(length))
      try sealed.expectRefused("\(length) bytes")
    }
  }

  /// What may lie in the ledger's place, and what is said of it with the seal there and without.
  private static let others: [(String, Code, @Sendable (String) throws -> Void)] = [
    (
      "a database of another program", .ledgerUnreadable,
      { try DatabaseQueue(path: $0).write { try $0.execute(sql: "CREATE TABLE customer (id INTEGER)") } }
    ),
    (
      "a database without tables", .ledgerUnreadable,
      { try DatabaseQueue(path: $0).write { try $0.execute(sql: "PRAGMA user_version = 7") } }
    ),
    ("text", .ledgerUnreadable, { try Data("no ledger\n".utf8).write(to: URL(fileURLWithPath: $0)) }),
    (
      "a ledger of a newer release", .ledgerNewer,
      { path in
        try SealedLedger.fill(path)
        try DatabaseQueue(path: path).write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999 later')") }
        try FileManager.default.removeItem(atPath: path + ".seal")
      }
    ),
  ]

  @Test("What is no ledger of this release is refused, with a seal beside it and without", arguments: others.indices)
  func another(_ index: Int) throws {
    let (what, code, make) = Self.others[index]
    let other = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: other.path + "/state", withIntermediateDirectories: true)
    try make(other.ledger)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: other.ledger))
    try sealed.place(bytes)
    try sealed.expectRefused(what)
    try sealed.place(nil, at: ".seal")
    try sealed.expectRefused("\(what), no seal", code: code)
  }

  @Test("A ledger that is gone while its seal or its write-ahead file is there is no first run")
  func gone() throws {
    try sealed.place(nil)
    try sealed.expectRefused("gone")
    #expect(LedgerFile.isKnown(at: sealed.path))
    try sealed.place(nil, at: ".seal")
    try sealed.place(Data("frames".utf8), at: "-wal")
    try sealed.expectRefused("write-ahead file left")
    try sealed.place(nil, at: "-wal")
    #expect(!LedgerFile.isKnown(at: sealed.path))
    #expect(sealed.failure() == nil)
    #expect(try sealed.value() == nil)
  }

  @Test("A seal of which a letter was changed is refused; one that was removed gives way to SQLite's check")
  func sealItself() throws {
    for offset in sealed.seal.indices {
      var bytes = sealed.seal
      bytes[offset] ^= 0x01
      try sealed.place(bytes, at: ".seal")
      if offset % 7 == 0 { try sealed.expectRefused("seal byte \(offset)") }
      #expect(LedgerSeal(String(decoding: bytes, as: UTF8.self)) == nil, "seal byte \(offset)")
    }
    try sealed.place(nil, at: ".seal")
    #expect(try sealed.value() == "5")
    // The next run that writes, and also one that does not, seals it anew.
    try closeInGoodOrder { _ in }
    #expect(try Data(contentsOf: URL(fileURLWithPath: sealed.path + ".seal")) == sealed.seal)
  }

  @Test("What a person changed knowingly is taken over by removing the seal, and sealed by the next run")
  func accepted() throws {
    try DatabaseQueue(path: sealed.path).write { try $0.execute(sql: "DELETE FROM link") }
    try sealed.expectRefused("changed by another program")
    let seal = try #require(sealed.failure()?.fix)
    #expect(seal.contains("remove \(sealed.path).seal"))
    try FileManager.default.removeItem(atPath: sealed.path + ".seal")
    try closeInGoodOrder { try $0.write { try $0.link("r1", "o9", run: 1) } }
    #expect(sealed.failure() == nil)
    #expect(try Data(contentsOf: URL(fileURLWithPath: sealed.path + ".seal")) != sealed.seal)
  }

  /// A command that takes the lock, works, and seals.
  private func closeInGoodOrder(_ work: (LedgerFile) throws -> Void) throws {
    let lock = try RunLock(beside: sealed.path, purpose: "test")
    let ledger = try LedgerFile(at: sealed.path)
    defer { ledger.seal(holding: lock) }
    try work(ledger)
  }

  @Test("A backup of both files opens; one of the ledger alone is told from the newer seal; so is another's seal")
  func backups() throws {
    try closeInGoodOrder { try $0.write { try $0.agree(["Deal value": "6"], referral: "r1") } }
    #expect(try sealed.value() == "6")
    let newer = try Data(contentsOf: URL(fileURLWithPath: sealed.path + ".seal"))
    try sealed.place(sealed.ledger)
    try sealed.expectRefused("an older ledger with a newer seal")
    try sealed.restore()
    #expect(try sealed.value() == "5")
    try sealed.place(SealedLedger().seal, at: ".seal")
    try sealed.expectRefused("another ledger's seal")
    // Also when both are open, as after a death.
    for (seal, what) in [(newer, "commits"), (try SealedLedger().seal, "another ledger")] {
      var open = try #require(LedgerSeal(String(decoding: seal, as: UTF8.self)))
      open.state = .open
      try sealed.place(Data(open.text.utf8), at: ".seal")
      try sealed.expectRefused(what)
      #expect(sealed.failure()?.message.contains(what) == true)
    }
  }

  @Test("A ledger of an earlier release, which counted nothing and had no seal, is checked and sealed")
  func earlierRelease() throws {
    try DatabaseQueue(path: sealed.path).write { try $0.execute(sql: "DELETE FROM meta WHERE name = 'commits'") }
    try sealed.place(nil, at: ".seal")
    #expect(try sealed.value() == "5")
    try closeInGoodOrder { try $0.write { try $0.agree(["Deal value": "6"], referral: "r1") } }
    let seal = try String(contentsOfFile: sealed.path + ".seal", encoding: .utf8)
    #expect(LedgerSeal(seal)?.commits == 1)
    #expect(try sealed.value() == "6")
  }
}
