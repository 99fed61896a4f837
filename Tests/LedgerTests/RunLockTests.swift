import Foundation
import Ledger
import Model
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

@Suite struct RunLockTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func refusal(_ purpose: String = "plan") -> Failure? {
    do {
      _ = try RunLock(beside: folder.ledger, purpose: purpose)
      return nil
    } catch {
      return error as? Failure
    }
  }

  @Test func aSecondHolderIsRefusedAtOnceAndToldWhoHoldsIt() throws {
    let lock = try RunLock(beside: folder.ledger, purpose: "apply 20261102T080000Z-abcd")
    let failure = try #require(refusal())
    #expect(failure.code == .ledgerLocked)
    #expect(failure.message.contains("pid \(getpid()), apply 20261102T080000Z-abcd, since "))
    _ = consume lock
    #expect(refusal() == nil)
  }

  @Test func theLockGoesWithItsHolder() throws {
    for _ in 0..<50 { #expect(refusal() == nil) }
    let text = try String(contentsOfFile: folder.ledger + ".lock", encoding: .utf8)
    #expect(text.isEmpty)
  }

  @Test func theLockIsTheOwnersAlone() throws {
    let lock = try RunLock(beside: folder.ledger, purpose: "plan")
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.ledger + ".lock")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    _ = consume lock
  }

  @Test("E1: another process is refused")
  func otherProcess() async throws {
    let lock = try RunLock(beside: folder.ledger, purpose: "plan")
    let path = folder.ledger
    let mine = getpid()
    await #expect(processExitsWith: .exitCode(6)) { [path = path as String, mine = mine as Int32] in
      do {
        _ = try RunLock(beside: path, purpose: "run")
      } catch let failure as Failure where failure.message.contains("pid \(mine), plan") {
        exit(failure.code.exitStatus.rawValue)
      }
    }
    _ = consume lock
  }

  @Test("A7: a holder that is killed leaves the lock free and the next one writes over its note")
  func killed() async throws {
    let path = folder.ledger
    for _ in 0..<3 {
      await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
        let lock = try RunLock(beside: path, purpose: "a much longer purpose than the next one has")
        kill(getpid(), SIGKILL)
        _ = consume lock
      }
      let text = try String(contentsOfFile: path + ".lock", encoding: .utf8)
      #expect(text.contains("a much longer purpose"))
    }
    let lock = try RunLock(beside: path, purpose: "p")
    #expect(refusal()?.message.contains("purpose") == false)
    #expect(refusal()?.message.contains(", p, since ") == true)
    _ = consume lock
  }

  @Test("a holder that has not written its name yet is waited for; one that never does stays unknown")
  func nameless() throws {
    try FileManager.default.createDirectory(atPath: folder.path + "/state", withIntermediateDirectories: true)
    let path = folder.ledger + ".lock"
    try Data("pid 999999999, plan, since long ago".utf8).write(to: URL(fileURLWithPath: path))
    let descriptor = open(path, O_RDWR)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    let start = Date()
    #expect(refusal()?.message.contains("unknown") == true, "a dead process is not named")
    #expect(Date().timeIntervalSince(start) < 30)
    let writer = Thread {
      usleep(100_000)
      try? Data("pid \(getpid()), apply, since now, and longer than before".utf8).write(to: URL(fileURLWithPath: path))
    }
    writer.start()
    #expect(refusal()?.message.contains("pid \(getpid()), apply, since now") == true)
    #expect(flock(descriptor, LOCK_UN) == 0)
    #expect(refusal() == nil)
  }

  @Test("A4: a process killed inside a transaction leaves the ledger as it was")
  func killedWhileWriting() async throws {
    let path = folder.ledger
    try LedgerFile(at: path).night(1, [.of("a", "1")])
    let before = try dump(path)
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      try LedgerFile(at: path).write { transaction in
        try transaction.beginTouching()
        let run = try transaction.open(night: 2)
        try transaction.take((0..<2_000).map { .of("r\($0)", String(repeating: "x", count: 500)) }, run: run)
        kill(getpid(), SIGKILL)
      }
    }
    #expect(try dump(path) == before)
    #expect(try LedgerFile(at: path).names(asOf: 1) == ["a": "1"])
  }
}
