import Foundation
import Model

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The lock that keeps two runs apart.
///
/// The kernel holds it and lets go when the process dies, however it dies.
package struct RunLock: ~Copyable {
  private let descriptor: Int32

  /// Takes the lock beside the ledger, or says who holds it.
  ///
  /// - Throws: `Failure` with `ledgerLocked` at once when another process holds it; nobody waits.
  package init(beside ledger: String, purpose: String) throws {
    let path = ledger + ".lock"
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    try? FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard opened >= 0 else {
      throw Failure(
        .ledgerUnwritable, "the lock \(path) cannot be opened: \(String(cString: strerror(errno)))",
        fix: "make the folder writable for the user who runs reconcile")
    }
    guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
      close(opened)
      let holder = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      throw Failure(
        .ledgerLocked, "another run holds the lock: \(holder.isEmpty ? "unknown" : holder)",
        fix: "wait until it ends; the lock goes with its process")
    }
    let note = "pid \(getpid()), \(purpose), since \(Timestamp.iso(Date()))"
    ftruncate(opened, 0)
    _ = note.withCString { pwrite(opened, $0, strlen($0), 0) }
    descriptor = opened
  }

  deinit {
    ftruncate(descriptor, 0)
    close(descriptor)
  }
}
