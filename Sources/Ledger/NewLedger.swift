import Foundation
import GRDB
import Model

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A ledger that appears under its name only when it has its tables.
///
/// An empty file is refused as one that was cut off, so a death while the first one is made must not leave one: it is made
/// beside its place, with a journal that goes when it is closed, and moved there.
enum NewLedger {
  /// Makes it; what an earlier attempt left is thrown away.
  static func make(at path: String) throws {
    let draft = path + ".new"
    remove(draft)
    // By hand, for SQLite would let everybody read it.
    let descriptor = open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { close(descriptor) }
    do {
      let queue = try DatabaseQueue(path: draft)
      try Schema.migrate(queue)
      try queue.close()
      guard fsync(descriptor) == 0, rename(draft, path) == 0 else { throw failure(path, errno) }
    } catch {
      remove(draft)
      throw error
    }
    syncFolder(of: path)
  }

  private static func remove(_ draft: String) {
    for suffix in ["", "-journal"] { unlink(draft + suffix) }
  }

  private static func failure(_ path: String, _ number: Int32) -> Failure {
    Failure(
      .ledgerUnwritable, "the ledger \(path) cannot be made: \(String(cString: strerror(number)))",
      fix: "free disk space, or make the folder writable for the user who runs reconcile")
  }

  /// Some file systems cannot fsync a folder; the new name is then as durable as they make it.
  private static func syncFolder(of path: String) {
    let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }
}
