import Foundation
import Model

/// The digest of a snapshot: over all its records, whatever their order.
///
/// A record that is taken in twice is out again.
struct SnapshotDigest {
  private var bytes = [UInt8](repeating: 0, count: 16)

  /// Takes a record's hash in, or out.
  mutating func mix(_ hash: Data) {
    for (index, byte) in hash.prefix(bytes.count).enumerated() { bytes[index] ^= byte }
  }

  /// The digest as text.
  var hexadecimal: String { bytes.hexadecimal }
}
