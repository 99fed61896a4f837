import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The file beside the ledger that holds its seal: `ledger.sqlite.seal`, its owner's alone.
struct SealFile: Sendable {
  /// What the file says.
  enum Content: Hashable, Sendable {
    case missing
    case unreadable
    case seal(LedgerSeal)
  }

  let path: String

  /// The seal of the ledger at a path.
  init(beside ledger: String) { path = ledger + ".seal" }

  /// What it says now.
  ///
  /// It is read again for a moment when it makes no sense: a process may be writing it.
  func read() -> Content {
    for attempt in 0..<Self.attempts {
      if attempt > 0 { usleep(20_000) }
      guard LedgerBytes.length(of: path) != nil else { return .missing }
      guard let data = FileManager.default.contents(atPath: path), data.count < Self.sizeLimit else { continue }
      if let seal = LedgerSeal(String(decoding: data, as: UTF8.self)) { return .seal(seal) }
    }
    return .unreadable
  }

  /// Puts a seal in place of the one that is there: temporary file, fsync, rename, fsync of the folder.
  ///
  /// - Throws: `POSIXError`.
  func replace(with seal: LedgerSeal) throws {
    let temporary = path + ".\(getpid()).tmp"
    unlink(temporary)
    do {
      try write(seal, to: temporary, flags: O_CREAT | O_EXCL)
      guard rename(temporary, path) == 0 else { throw Self.error() }
    } catch {
      unlink(temporary)
      throw error
    }
    let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  /// Overwrites an open seal by one of the same length: one block, which a disk writes whole or not at all.
  ///
  /// - Throws: `POSIXError`.
  func overwrite(with seal: LedgerSeal) throws {
    try write(seal, to: path, flags: 0)
  }

  private static let attempts = 5
  private static let sizeLimit = 4_096

  private func write(_ seal: LedgerSeal, to path: String, flags: Int32) throws {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | flags, 0o600)
    guard descriptor >= 0 else { throw Self.error() }
    defer { close(descriptor) }
    let bytes = Array(seal.text.utf8)
    guard pwrite(descriptor, bytes, bytes.count, 0) == bytes.count, ftruncate(descriptor, bytes.count) == 0,
      fdatasync(descriptor) == 0
    else {
      throw Self.error()
    }
  }

  private static func error() -> POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
