import Foundation
import GRDB
import Model
import Testing

@testable import Ledger

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// While a process writes, the seal is open, and after its death the commits are counted.
@Suite("Seal after a death")
struct SealCrashTests {
  private let sealed: SealedLedger

  init() throws { sealed = try SealedLedger() }

  private func file(_ suffix: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: sealed.path + suffix))
  }

  @Test("After a death nothing is missing, and the next run seals again")
  func wholeAfterDeath() throws {
    try sealed.crashed()
    #expect(try file("-wal").count > 0)
    #expect(LedgerSeal(String(decoding: try file(".seal"), as: UTF8.self))?.state == .open)
    #expect(try sealed.value() == "7")
    let lock = try RunLock(beside: sealed.path, purpose: "test")
    try LedgerFile(at: sealed.path).seal(holding: lock)
    let seal = try #require(LedgerSeal(String(decoding: try file(".seal"), as: UTF8.self)))
    #expect(seal.state == .sealed(try LedgerBytes(of: sealed.path)) && seal.commits == 4)
  }

  @Test("A write-ahead file that is lost, emptied, or cut before its last commit is noticed")
  func cutWAL() throws {
    try sealed.crashed()
    let (ledger, wal, seal) = (try file(""), try file("-wal"), try file(".seal"))
    func place(_ part: Data?) throws {
      try sealed.place(ledger)
      try sealed.place(seal, at: ".seal")
      try sealed.place(part, at: "-wal")
    }
    try place(nil)
    try sealed.expectRefused("lost")
    let frame = 4_096 + 24
    #expect((wal.count - 32) % frame == 0 && wal.count > 32 + 2 * frame)
    var ends: Set<Int> = [0, 1]
    for end in stride(from: 32, to: wal.count, by: frame) { ends.formUnion([end - 1, end, end + 1]) }
    for end in ends {
      try place(wal.prefix(end))
      try sealed.expectRefused("\(end) of \(wal.count) bytes")
      // What is left of it stays for whoever wants to look.
      #expect(try end == 0 || file("-wal").count == end)
    }
    #expect(ends.count > 6)
    try place(wal)
    #expect(try sealed.value() == "7")
  }

  @Test(
    "Garbage in the write-ahead file is noticed, whether the seal is closed or open", arguments: [1, 2, 3] as [UInt64])
  func garbageInWAL(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let garbage = Data((0..<9_000).map { _ in UInt8.random(in: .min ... .max, using: &dice) })
    try sealed.place(garbage, at: "-wal")
    try sealed.expectRefused("seed \(seed), sealed")
    try sealed.restore()
    try sealed.crashed()
    let (ledger, wal, seal) = (try file(""), try file("-wal"), try file(".seal"))
    for round in 0..<60 {
      let offset = Int.random(in: 0..<wal.count, using: &dice)
      var bytes = wal
      bytes[offset] ^= UInt8(1 << Int.random(in: 0..<8, using: &dice))
      try sealed.place(ledger)
      try sealed.place(seal, at: ".seal")
      try sealed.place(round == 0 ? garbage : bytes, at: "-wal")
      // Some bytes of its header mean nothing to a ledger that has one process.
      if sealed.failure() == nil {
        #expect(offset < 32, "seed \(seed), byte \(offset)")
        #expect(try sealed.value() == "7")
      }
    }
  }

  @Test("Without its last commit's mark a ledger is accepted: the mark is a floor")
  func deathBeforeTheMark() throws {
    let before = try {
      let ledger = try LedgerFile(at: sealed.path)
      try ledger.write { try $0.agree(["Deal value": "6"], referral: "r1") }
      return try file(".seal")
    }()
    try sealed.crashed()
    try before.write(to: URL(fileURLWithPath: sealed.path + ".seal"))
    #expect(try sealed.value() == "7")
  }

  @Test("A death at any moment of making, writing and sealing leaves a ledger that opens", arguments: 0..<40)
  func killedAnywhere(round: Int) async throws {
    let path = sealed.path
    let folder = try TemporaryFolder()
    let made = folder.ledger
    // From before anything is opened to after all is sealed; what is hit is up to the machine.
    let delay = UInt32(round * round * 60)
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, made = made as String, delay = delay as UInt32] in
      Thread.detachNewThread {
        usleep(delay)
        kill(getpid(), SIGKILL)
      }
      for target in [made, path] {
        let lock = try RunLock(beside: target, purpose: "test")
        for number in 6..<14 {
          let ledger = try LedgerFile(at: target)
          try ledger.write { transaction in
            try transaction.setMeta("told", String(number))
          }
          ledger.seal(holding: lock)
        }
        _ = consume lock
      }
      while true { pause() }
    }
    #expect(try sealed.value() == "5")
    #expect(throws: Never.self) { try LedgerFile(at: made) }
    let lock = try RunLock(beside: path, purpose: "test")
    let ledger = try LedgerFile(at: path)
    try ledger.write { try $0.setMeta("told", "") }
    ledger.seal(holding: lock)
    #expect(sealed.failure() == nil)
  }

  @Test("Whoever reads while another writes and seals is never told of damage")
  func readersAtWork() throws {
    let path = sealed.path
    let isDone = Guarded(false)
    let troubles = Guarded<[String]>([])
    let opened = Guarded(0)
    let readers = (0..<2).map { _ in
      Thread {
        while !isDone.withLock({ $0 }) {
          do {
            let value = try LedgerFile(at: path).read { try $0.base(of: "r1")["Deal value"] }
            if value == nil { troubles.withLock { $0.append("no value") } }
            opened.withLock { $0 += 1 }
          } catch {
            troubles.withLock { $0.append("\(error)") }
          }
        }
      }
    }
    for reader in readers { reader.start() }
    let lock = try RunLock(beside: path, purpose: "test")
    for number in 0..<60 {
      let ledger = try LedgerFile(at: path)
      try ledger.night(number + 2, (0..<40).map { .of("r\($0)", "night \(number) \($0)") })
      try ledger.write { try $0.agree(["Deal value": "\(number)"], referral: "r1") }
      ledger.seal(holding: lock)
    }
    isDone.withLock { $0 = true }
    while readers.contains(where: { !$0.isFinished }) { usleep(1_000) }
    #expect(troubles.withLock { $0 } == [])
    #expect(opened.withLock { $0 } > 10)
    #expect(sealed.failure() == nil)
  }

  @Test("A reader that holds an old state keeps the seal open, and the next run closes it")
  func busyReader() throws {
    let lock = try RunLock(beside: sealed.path, purpose: "test")
    let ledger = try LedgerFile(at: sealed.path)
    let reader = try LedgerFile(at: sealed.path)
    try reader.read { transaction in
      #expect(try transaction.base(of: "r1") == ["Deal value": "5"])
      try ledger.write { try $0.agree(["Deal value": "6"], referral: "r1") }
      ledger.seal(holding: lock)
      #expect(LedgerSeal(String(decoding: try file(".seal"), as: UTF8.self))?.state == .open)
    }
    ledger.seal(holding: lock)
    #expect(LedgerSeal(String(decoding: try file(".seal"), as: UTF8.self))?.state != .open)
    #expect(try sealed.value() == "6")
  }

  @Test("A transaction that fails is no loss, and a ledger that SQLite found damaged is not sealed")
  func failures() throws {
    let lock = try RunLock(beside: sealed.path, purpose: "test")
    let ledger = try LedgerFile(at: sealed.path)
    #expect(throws: Failure.self) {
      try ledger.write { transaction in
        try transaction.agree(["Deal value": "6"], referral: "r1")
        throw Failure(.snapshotShrunk, "too few")
      }
    }
    ledger.seal(holding: lock)
    #expect(try sealed.value() == "5")
    #expect(throws: Failure.self) {
      try ledger.write { _ in throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
    }
    ledger.seal(holding: lock)
    #expect(LedgerSeal(String(decoding: try file(".seal"), as: UTF8.self))?.state == .open)
  }
}
