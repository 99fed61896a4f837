package import Glibc

/// A file that only its owner may read unless somebody says otherwise, replaced as a whole.
package enum PrivateFile {
  /// Why a file could not be written.
  package struct WriteFailure: Error {
    /// What the system says of it.
    package let reason: String

    init(errno number: Int32) {
      reason = String(cString: strerror(number))
    }
  }

  /// Writes a text with a mode, by default 600: temporary file in the same folder, fsync, rename.
  package static func replace(_ path: String, with text: String, mode: mode_t = 0o600) throws(WriteFailure) {
    try replace(path, with: Array(text.utf8), mode: mode)
  }

  /// Writes bytes with a mode, by default 600: temporary file in the same folder, fsync, rename.
  static func replace(_ path: String, with bytes: [UInt8], mode: mode_t = 0o600) throws(WriteFailure) {
    let temporary = "\(path).\(String(UInt32.random(in: .min ... .max), radix: 36)).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw WriteFailure(errno: errno) }
    var number = WholeWrite.write(bytes, to: descriptor)
    // The process's mask must not take away what others need to read.
    if number == 0, mode != 0o600, fchmod(descriptor, mode) != 0 { number = errno }
    if number == 0, fsync(descriptor) != 0 { number = errno }
    close(descriptor)
    if number == 0, rename(temporary, path) != 0 { number = errno }
    guard number == 0 else {
      unlink(temporary)
      throw WriteFailure(errno: number)
    }
    syncFolder(of: path)
  }

  /// Makes the rename durable, where the file system can.
  private static func syncFolder(of path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
