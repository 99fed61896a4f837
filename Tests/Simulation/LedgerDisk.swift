import Foundation
import Glibc
import Ledger

/// The ledger's files, as a power cut leaves them.
///
/// The write-ahead log only grows while a run goes on, so every earlier moment since a mark can be had back by cutting it
/// short there: at the end of a commit, or in the middle of one, of which SQLite keeps nothing.
struct LedgerDisk {
  let folder: String
  var path: String { folder + "/ledger.sqlite" }

  /// What lay on the disk.
  struct Moment {
    let file: Data
    let log: Data
    /// The seal; nil where it would count commits that the log has lost.
    let seal: Data?
  }

  /// A folder that holds what lay on another disk.
  init(holding moment: Moment? = nil) throws {
    let memory = "/dev/shm"
    let parent =
      FileManager.default.isWritableFile(atPath: memory) ? memory : FileManager.default.temporaryDirectory.path
    folder = parent + "/reconcile-sim-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    if let moment { try restore(moment) }
  }

  /// Bytes of the log so far.
  var mark: Int {
    var status = stat()
    return stat(path + "-wal", &status) == 0 ? Int(status.st_size) : 0
  }

  /// What lies on the disk, with the log cut after so many bytes.
  func moment(cutAt bytes: Int) throws -> Moment {
    let log = (try? Data(contentsOf: URL(fileURLWithPath: path + "-wal"))) ?? Data()
    return Moment(
      file: try Data(contentsOf: URL(fileURLWithPath: path)), log: log.prefix(bytes),
      seal: bytes < log.count ? nil : try? Data(contentsOf: URL(fileURLWithPath: path + ".seal")))
  }

  /// Puts a moment back; nobody may have the ledger open.
  func restore(_ moment: Moment) throws {
    for end in ["-wal", "-shm", ".seal"] { try? FileManager.default.removeItem(atPath: path + end) }
    try moment.file.write(to: URL(fileURLWithPath: path))
    try moment.seal?.write(to: URL(fileURLWithPath: path + ".seal"))
    if !moment.log.isEmpty { try moment.log.write(to: URL(fileURLWithPath: path + "-wal")) }
  }

  /// Every byte of it.
  func bytes() throws -> [Data] {
    try FileManager.default.contentsOfDirectory(atPath: folder).map {
      try Data(contentsOf: URL(fileURLWithPath: folder + "/" + $0))
    }
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
