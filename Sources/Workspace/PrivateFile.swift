import Glibc

/// A file that only its owner may read, replaced as a whole.
package enum PrivateFile {
  /// Why a file could not be written.
  package struct WriteFailure: Error {
    /// The system's words.
    package let reason: String

    init(errno number: Int32) {
      reason = String(cString: strerror(number))
    }
  }

  /// Writes a text with mode 600: temporary file in the same folder, fsync, rename.
  package static func replace(_ path: String, with text: String) throws(WriteFailure) {
    try replace(path, with: Array(text.utf8))
  }

  /// Writes bytes with mode 600: temporary file in the same folder, fsync, rename.
  static func replace(_ path: String, with bytes: [UInt8]) throws(WriteFailure) {
    try put(bytes, at: path, by: rename)
  }

  /// Writes a text with mode 600 where nothing is yet; a file that is there stays, and is an error.
  package static func create(_ path: String, with text: String) throws(WriteFailure) {
    try put(Array(text.utf8), at: path) { temporary, path in
      guard link(temporary, path) == 0 else { return -1 }
      unlink(temporary)
      return 0
    }
  }

  /// Writes bytes into a temporary file beside the path, and has it put in its place.
  private static func put(
    _ bytes: [UInt8], at path: String, by place: (UnsafePointer<CChar>, UnsafePointer<CChar>) -> Int32
  ) throws(WriteFailure) {
    let temporary = "\(path).\(String(UInt32.random(in: .min ... .max), radix: 36)).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw WriteFailure(errno: errno) }
    var number = WholeWrite.write(bytes, to: descriptor)
    if number == 0, fsync(descriptor) != 0 { number = errno }
    close(descriptor)
    if number == 0, place(temporary, path) != 0 { number = errno }
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
