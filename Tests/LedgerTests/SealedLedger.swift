import Foundation
import Model
import Testing

@testable import Ledger

/// A ledger that was filled and sealed in a folder of its own, and what can be done to its files.
struct SealedLedger {
  let folder: TemporaryFolder
  /// The files as they were left.
  let ledger: Data
  let seal: Data

  var path: String { folder.ledger }

  init() throws {
    folder = try TemporaryFolder()
    try Self.fill(folder.ledger)
    ledger = try Data(contentsOf: URL(fileURLWithPath: folder.ledger))
    seal = try Data(contentsOf: URL(fileURLWithPath: folder.ledger + ".seal"))
  }

  /// A ledger with some nights in it, sealed and closed.
  static func fill(_ path: String) throws {
    let lock = try RunLock(beside: path, purpose: "test")
    let ledger = try LedgerFile(at: path)
    try ledger.night(1, (0..<150).map { .of("r\($0)", String(repeating: "name \($0) ", count: 12)) })
    try ledger.write { transaction in
      try transaction.link("r1", "o1", run: 1)
      try transaction.agree(["Deal value": "5"], referral: "r1")
    }
    ledger.seal(holding: lock)
  }

  /// Two more commits, and no seal after them, as a death leaves it; the files beside the ledger are kept.
  func crashed() throws {
    let left = try filesWhileOpen()
    for (name, bytes) in left { try bytes.write(to: URL(fileURLWithPath: folder.path + "/state/" + name)) }
  }

  private func filesWhileOpen() throws -> [String: Data] {
    let open = try LedgerFile(at: path)
    try open.write { try $0.agree(["Deal value": "6"], referral: "r1") }
    try open.write { try $0.agree(["Deal value": "7"], referral: "r1") }
    let state = folder.path + "/state"
    let names = try FileManager.default.contentsOfDirectory(atPath: state)
    let files = try names.map { ($0, try Data(contentsOf: URL(fileURLWithPath: state + "/" + $0))) }
    return withExtendedLifetime(open) { Dictionary(uniqueKeysWithValues: files) }
  }

  /// Puts bytes in the place of a file of the ledger, without write-ahead file beside it; nil removes it.
  func place(_ bytes: Data?, at suffix: String = "") throws {
    if suffix != "-wal" { for name in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + name) } }
    try? FileManager.default.removeItem(atPath: path + suffix)
    try bytes?.write(to: URL(fileURLWithPath: path + suffix))
  }

  /// Puts both files back as they were left.
  func restore() throws {
    try place(ledger)
    try place(seal, at: ".seal")
  }

  /// The failure of opening it; nil when it opens.
  func failure() -> Failure? {
    do {
      _ = try LedgerFile(at: path)
      return nil
    } catch {
      return error as? Failure ?? Failure(.wrongUsage, "\(error)")
    }
  }

  /// The agreed value, which nobody may get wrong.
  func value() throws -> String? { try LedgerFile(at: path).read { try $0.base(of: "r1")["Deal value"] } }

  /// Fails unless opening is refused as damage, with something to do about it, and the file stays as it is.
  func expectRefused(_ what: String, code: Code = .ledgerUnreadable) throws {
    let before = try? Data(contentsOf: URL(fileURLWithPath: path))
    let failure = failure()
    #expect(failure?.code == code, "\(what): \(failure.map { "\($0)" } ?? "opened")")
    #expect(failure?.fix?.isEmpty == false, "\(what)")
    let after = try? Data(contentsOf: URL(fileURLWithPath: path))
    #expect(after == before, "\(what)")
  }
}

/// Numbers that are the same for the same seed.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
