import Glibc

/// A file that appears under its name only when it is complete.
///
/// The bytes go to a temporary file in the same folder; `commit()` makes them durable (fsync), renames the file over the
/// old one and makes the rename durable. Whatever happens before that, the old file stays as it was; a temporary file
/// that was not committed is removed.
struct AtomicFile: ~Copyable {
  let descriptor: Int32
  private let path: String
  private let temporaryPath: String
  private var isOpen = true

  /// A new temporary file beside `path`; throws when it cannot be made.
  init(path: String, mode: UInt32) throws(CSVError) {
    self.path = path
    temporaryPath = "\(path).\(String(UInt32.random(in: .min ... .max), radix: 36)).tmp"
    descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else {
      isOpen = false
      throw CSVError(file: "cannot be written: \(CSVSource.reason(errno))")
    }
  }

  deinit {
    guard isOpen else { return }
    close(descriptor)
    unlink(temporaryPath)
  }

  /// Makes the bytes durable and puts the file in its place.
  mutating func commit() throws(CSVError) {
    guard isOpen else { return }
    guard fsync(descriptor) == 0, rename(temporaryPath, path) == 0 else {
      throw CSVError(file: "cannot be written: \(CSVSource.reason(errno))")
    }
    isOpen = false
    close(descriptor)
    syncFolder()
  }

  /// Some file systems cannot fsync a folder; the rename is then as durable as they make it.
  private func syncFolder() {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Writes all bytes, going on after interruptions and short writes.
  static func write(_ bytes: [UInt8], to descriptor: Int32) throws(CSVError) {
    var failure: Int32 = 0
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let part = UnsafeRawBufferPointer(rebasing: rest)
        let written = Glibc.write(descriptor, part.baseAddress, part.count)
        if written >= 0 {
          rest = rest.dropFirst(written)
        } else if errno != EINTR {
          failure = errno
          return
        }
      }
    }
    guard failure == 0 else { throw CSVError(file: "cannot be written: \(CSVSource.reason(failure))") }
  }
}
