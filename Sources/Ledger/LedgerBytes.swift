import CXXHash
import Dispatch
import Foundation
import Model

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What a file consists of: its length and a digest of each byte.
///
/// The digest is there against rot and lost writes, not against a forger, who could write a new seal as well. So it is a
/// fast one, XXH3: a ledger of gigabytes is looked through at every start.
struct LedgerBytes: Hashable, Sendable {
  /// Bytes.
  let length: Int
  /// The XXH3 of the XXH3 of all blocks, in hexadecimal digits.
  let digest: String
}

extension LedgerBytes {
  /// How much is hashed at a time, in bytes; the digest depends on it.
  private static let block = 1 << 22

  /// Reads a file from its beginning to its end, as many blocks at a time as there are processors.
  ///
  /// - Throws: `POSIXError` when it cannot be read.
  init(of path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.error(errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.error(errno) }
    let length = Int(status.st_size)
    let blocks = (length + Self.block - 1) / Self.block
    let hashes = Guarded([reconcile_hash](repeating: reconcile_hash(), count: blocks))
    let failure = Guarded<Int32>(0)
    let readers = max(1, min(blocks, ProcessInfo.processInfo.activeProcessorCount))
    DispatchQueue.concurrentPerform(iterations: readers) { reader in
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: min(Self.block, max(length, 1)), alignment: 16)
      defer { buffer.deallocate() }
      for block in stride(from: reader, to: blocks, by: readers) {
        let start = block * Self.block
        let wanted = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(Self.block, length - start)])
        let problem = Self.read(descriptor, at: start, into: wanted)
        guard problem == 0 else { return failure.withLock { $0 = problem } }
        let hash = reconcile_hash_of(wanted.baseAddress, wanted.count, 0)
        hashes.withLock { $0[block] = hash }
      }
    }
    let problem = failure.withLock { $0 }
    guard problem == 0 else { throw Self.error(problem) }
    self.init(length: length, digest: Self.digest(of: hashes.withLock { $0 }))
  }

  /// Fills a buffer from a place in a file on; the error number when the file has not so much, or cannot be read.
  private static func read(_ descriptor: Int32, at start: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int32 {
    var filled = 0
    while filled < buffer.count {
      let count = pread(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled, start + filled)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return count == 0 ? EIO : errno }
      filled += count
    }
    return 0
  }

  private static func digest(of hashes: [reconcile_hash]) -> String {
    let bytes = hashes.flatMap { hash in
      withUnsafeBytes(of: (hash.high.bigEndian, hash.low.bigEndian)) { Array($0) }
    }
    let whole = bytes.withUnsafeBytes { reconcile_hash_of($0.baseAddress, $0.count, 0) }
    return withUnsafeBytes(of: (whole.high.bigEndian, whole.low.bigEndian)) { Array($0).hexadecimal }
  }

  /// The length of a file in bytes; nil when there is none.
  static func length(of path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  private static func error(_ number: Int32) -> POSIXError { POSIXError(POSIXErrorCode(rawValue: number) ?? .EIO) }
}
