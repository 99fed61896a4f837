import Foundation
import GRDB
import Model

extension LedgerFile {
  /// Seals the ledger: empties the write-ahead file, and writes down what the ledger consists of.
  ///
  /// Call it at the end of a command that wrote, also of one that failed. The run lock must still be held: whoever writes
  /// next has to find a seal that fits the ledger. Where it cannot be done, because the disk is full or
  /// another process reads, the seal stays open, and the next start checks the ledger in another way.
  package func seal(holding lock: borrowing RunLock) {
    let isDue = mark.withLock { ($0.isOpen || $0.seal == nil) && !$0.isDamaged }
    guard isDue, let state = try? sealed() else { return }
    mark.withLock { mark in
      guard (try? SealFile(beside: path).replace(with: state)) != nil else { return }
      mark.seal = state
    }
  }

  /// The seal that fits the ledger now; nil while another process reads what was not yet carried over into it.
  private func sealed() throws -> LedgerSeal? {
    let isWhole = try queue.writeWithoutTransaction { database in
      try Int.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == 0
    }
    guard isWhole, (LedgerBytes.length(of: path + "-wal") ?? 0) == 0 else { return nil }
    var seal = try identity()
    seal.state = .sealed(try LedgerBytes(of: path))
    return seal
  }

  /// Opens the seal before the first write.
  func unseal() throws {
    try mark.withLock { mark in
      if !mark.isOpen { try open(&mark) }
    }
  }

  /// Puts the name of a ledger into its seal, once it has one.
  func named() throws { try mark.withLock { try open(&$0) } }

  private func open(_ mark: inout SealMark) throws {
    let open = try identity()
    try writing { try SealFile(beside: path).replace(with: open) }
    mark.seal = open
  }

  /// Notes in the seal how many commits there are.
  ///
  /// Where that fails, the seal says fewer than there are, which is true as well.
  func count(_ commits: Int) {
    mark.withLock { mark in
      guard var open = mark.seal, open.state == .open else { return }
      open.commits = commits
      guard (try? SealFile(beside: path).overwrite(with: open)) != nil else { return }
      mark.seal = open
    }
  }

  /// An open seal with the name and the number of commits that the ledger has.
  private func identity() throws -> LedgerSeal {
    try queue.read { database in
      let transaction = LedgerTransaction(database: database)
      return LedgerSeal(state: .open, lineage: try transaction.lineage(), commits: try transaction.commits())
    }
  }

  private func writing(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch {
      throw Failure(
        .ledgerUnwritable, "the seal \(path).seal cannot be written: \(error.localizedDescription)",
        fix: "check free disk space and the folder's permissions")
    }
  }

  /// Checks a ledger before it is opened for work: whose it is; and, where no seal vouches for each byte, SQLite's own check,
  /// the ledger's name and the number of its commits.
  ///
  /// Nothing is changed by it, so that what is refused stays as it was found, with its write-ahead file.
  static func check(_ start: LedgerStart, path: String) throws {
    var configuration = GRDB.Configuration()
    // A process that died while it made the file may have left a journal that wants to be rolled back.
    configuration.readonly = !start.isFirstWrite
    configuration.busyMode = .timeout(busySeconds)
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try Schema.check(queue, maybeEmpty: start.isFirstWrite)
    switch start {
    case .new, .sealed: return
    case .unsealed: try checkIntegrity(queue, path: path)
    case .open(let seal):
      try checkIntegrity(queue, path: path)
      guard !seal.isOfFirstWrite else { return }
      try compare(queue, seal, path: path)
    }
  }

  private static func checkIntegrity(_ queue: DatabaseQueue, path: String) throws {
    let finding = try queue.read { try String.fetchOne($0, sql: "PRAGMA integrity_check(1)") }
    guard finding == "ok" else { throw LedgerStart.damage(path, "SQLite finds: \(finding ?? "nothing")") }
  }

  private static func compare(_ queue: DatabaseQueue, _ seal: LedgerSeal, path: String) throws {
    let (lineage, commits) = try queue.read { database in
      let transaction = LedgerTransaction(database: database)
      return (try transaction.lineage(), try transaction.commits())
    }
    guard lineage == seal.lineage else {
      throw LedgerStart.damage(path, "its seal belongs to another ledger", accepting: path)
    }
    guard commits >= seal.commits else {
      throw LedgerStart.damage(
        path,
        "it holds \(commits) commits and its seal counts \(seal.commits); the write-ahead file \(path)-wal was cut, "
          + "changed or lost", accepting: path)
    }
  }
}
