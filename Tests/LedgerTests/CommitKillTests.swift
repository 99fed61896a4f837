import Foundation
import GRDB
import Ledger
import Model
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A process is killed while it commits, after so many bytes of the write-ahead log: what is there afterwards is the ledger
/// as it was before, or as it is with the whole transaction.
@Suite("A ledger whose process is killed inside a commit")
struct CommitKillTests {
  /// Bytes of the log after which the process dies: within its header, within frames, between them, and never.
  static let places = [0, 1, 31, 32, 40] + stride(from: 1_000, to: 92_700, by: 2_060)

  @Test(arguments: places)
  func killed(after bytes: Int) async throws {
    let folder = try TemporaryFolder()
    let path = folder.ledger
    try LedgerFile(at: path).night(1, [.of("a", "1"), .of("b", "1")])
    let before = try dump(path)
    let copy = folder.path + "/whole.sqlite"
    try FileManager.default.copyItem(atPath: path, toPath: copy)
    try Self.change(copy)
    let whole = try dump(copy)
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, bytes = bytes as Int] in
      _ = try LedgerFile(at: path).read { try $0.runs() }
      // A write beyond the limit raises the signal; everything up to it is in the file.
      dieAtTheLimit()
      try Self.change(path, after: bytes)
      kill(getpid(), SIGKILL)
    }
    let after = try dump(path)
    #expect(after == before || after == whole, "neither the one nor the other after \(bytes) bytes")
    #expect(bytes > 32 || after == before)
    #expect(try Self.integrity(path) == "ok")
    // It takes the next transaction, whatever it was left with.
    try Self.change(path)
    #expect(try dump(path).count >= whole.count)
  }

  /// The places lie before the end of the transaction and behind it.
  @Test func placesAreBothBeforeAndBehindTheCommit() throws {
    let folder = try TemporaryFolder()
    let ledger = try LedgerFile(at: folder.ledger)
    try ledger.night(1, [.of("a", "1"), .of("b", "1")])
    try DatabaseQueue(path: folder.ledger).writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    try Self.change(ledger)
    let size = try FileManager.default.attributesOfItem(atPath: folder.ledger + "-wal")[.size] as? Int ?? 0
    #expect(size > Self.places[Self.places.count / 2] && size < Self.places.last ?? 0, "\(size)")
  }

  private static func integrity(_ path: String) throws -> String? {
    try DatabaseQueue(path: path).read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
  }

  private static func change(_ path: String, after limit: Int? = nil) throws {
    let ledger = try LedgerFile(at: path)
    if let limit {
      var most = rlimit()
      getrlimit(RLIMIT_FSIZE.resource, &most)
      most.rlim_cur = rlim_t(limit)
      setrlimit(RLIMIT_FSIZE.resource, &most)
    }
    try change(ledger)
  }

  /// A transaction of some dozen pages: a run, records, a link and a base.
  private static func change(_ ledger: LedgerFile) throws {
    try ledger.write { transaction in
      try transaction.beginTouching()
      let run = try transaction.open(night: try transaction.runs().count + 1)
      try transaction.take((0..<60).map { .of("r\($0)", String(repeating: "name \(run) ", count: 60)) }, run: run)
      try transaction.link("r1", "o1", run: run)
      try transaction.agree(["Deal value": "\(run)"], referral: "r1")
      try transaction.advanceSerial()
    }
  }
}

/// From now on the process is killed by a write beyond its limit, also where whoever started it has blocked that signal.
private func dieAtTheLimit() {
  signal(SIGXFSZ) { _ in kill(getpid(), SIGKILL) }
  var signals = sigset_t()
  sigemptyset(&signals)
  sigaddset(&signals, SIGXFSZ)
  pthread_sigmask(SIG_UNBLOCK, &signals, nil)
}

extension __rlimit_resource {
  /// As the calls want it.
  fileprivate var resource: __rlimit_resource_t { __rlimit_resource_t(rawValue) }
}
