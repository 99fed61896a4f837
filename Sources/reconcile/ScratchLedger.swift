import Foundation
import Ledger

/// A ledger for one command, in a folder that only its owner may enter; a name of its own, so that two do not meet.
struct ScratchLedger {
  let ledger: LedgerFile
  private let path: String

  init(in folder: String) throws {
    path = folder + "/verify.\(getpid()).sqlite"
    // What a killed process of the same number left behind.
    Self.remove(path)
    ledger = try LedgerFile(at: path)
  }

  /// Takes it away, with what the database keeps beside it.
  func remove() { Self.remove(path) }

  private static func remove(_ path: String) {
    for name in [path, path + "-wal", path + "-shm", path + ".seal"] {
      try? FileManager.default.removeItem(atPath: name)
    }
  }
}
