import Crypto
import Foundation
import Model

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What a file consists of: its length and SHA-256.
struct LedgerBytes: Hashable, Sendable {
  /// Bytes.
  let length: Int
  /// SHA-256 in hexadecimal digits.
  let digest: String
}

extension LedgerBytes {
  /// How much is read at a time.
  private static let block = 1 << 20

  /// Reads a file from its beginning to its end.
  ///
  /// - Throws: `POSIXError` when it cannot be read.
  init(of path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.error() }
    defer { close(descriptor) }
    var hash = SHA256()
    var length = 0
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.block, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Self.error() }
      if count == 0 { break }
      hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      length += count
    }
    self.init(length: length, digest: hash.finalize().hexadecimal)
  }

  /// The length of a file in bytes; nil when there is none.
  static func length(of path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  private static func error() -> POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
