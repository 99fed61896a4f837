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
    let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard opened >= 0 else {
      throw Failure(
        .ledgerUnwritable, "the lock \(path) cannot be opened: \(String(cString: strerror(errno)))",
        fix: "make the folder writable for the user who runs reconcile")
    }
    if let holder = Self.holder(of: path, keptBy: opened) {
      close(opened)
      throw Failure(
        .ledgerLocked, "another run holds the lock: \(holder)",
        fix: "wait until it ends; the lock goes with its process")
    }
    let note = "pid \(getpid()), \(purpose), since \(Timestamp.iso(Date()))"
    ftruncate(opened, 0)
    _ = note.withCString { pwrite(opened, $0, strlen($0), 0) }
    descriptor = opened
  }

  /// The words of the run that holds the lock beside a ledger, such as `pid 17, plan, since …`; nil when none does.
  ///
  /// A look: the lock is not taken, so that nobody is kept from it.
  package static func words(beside ledger: String) -> String? {
    guard let words = try? String(contentsOfFile: ledger + ".lock", encoding: .utf8), isOfTheLiving(words) else {
      return nil
    }
    return words
  }

  /// Takes the lock, or gives the words of the process that has it.
  ///
  /// Who has just taken it has not written them yet, and the file still says nothing or names a process that is dead:
  /// that lasts for moments, and they are waited for.
  private static func holder(of path: String, keptBy descriptor: Int32) -> String? {
    for _ in 0..<50 {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return nil }
      let words = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      if isOfTheLiving(words) { return words }
      usleep(10_000)
    }
    return "unknown"
  }

  /// Whether the words name a process that is there.
  private static func isOfTheLiving(_ words: String) -> Bool {
    guard words.hasPrefix("pid "), let number = words.dropFirst(4).split(separator: ",").first.flatMap({ Int32($0) })
    else { return false }
    return kill(number, 0) == 0 || errno == EPERM
  }

  deinit {
    ftruncate(descriptor, 0)
    close(descriptor)
  }
}
