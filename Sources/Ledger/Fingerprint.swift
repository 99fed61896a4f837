import CXXHash

/// What a record's bytes were when its source gave them.
///
/// A record that comes with the same bytes is the same record: it need not be read again.
package struct Fingerprint: Sendable, Hashable {
  private let high: UInt64
  private let low: UInt64
  /// How many bytes there were.
  package let length: Int

  /// The fingerprint of some bytes; `seed` is the ledger's own, so that nobody can write texts of equal fingerprint.
  init(of bytes: UnsafeRawBufferPointer, seed: UInt64) {
    let hash = reconcile_hash_of(bytes.baseAddress, bytes.count, seed)
    (high, low) = (hash.high, hash.low)
    length = bytes.count
  }
}

extension Fingerprint {
  /// How many bytes a fingerprint takes in the ledger.
  static let size = 20

  /// Writes it behind `bytes`; nothing when there were so many bytes that no export has them.
  func write(to bytes: inout [UInt8]) {
    withUnsafeBytes(of: (high.littleEndian, low.littleEndian, UInt32(truncatingIfNeeded: length).littleEndian)) {
      bytes.append(contentsOf: $0[..<Self.size])
    }
  }

  /// Reads it from a place in bytes, of which there must be enough.
  init(_ bytes: UnsafeRawBufferPointer, at place: Int) {
    high = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    low = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place + 8, as: UInt64.self))
    length = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place + 16, as: UInt32.self)))
  }
}
