import Foundation
import Model

/// The digest of a snapshot: over all its records, whatever their order.
///
/// A record that is taken in twice is out again.
struct SnapshotDigest {
  private static let size = 16

  private var bytes = [UInt8](repeating: 0, count: size)

  /// The digest of nothing.
  init() {}

  /// A digest that was kept.
  init(_ data: Data) {
    mix(data)
  }

  /// The digest as it is kept.
  var data: Data { Data(bytes) }

  /// Takes a record's hash in, or out.
  mutating func mix(_ hash: Data) {
    for (index, byte) in hash.prefix(Self.size).enumerated() { bytes[index] ^= byte }
  }

  /// The digest as text.
  var hexadecimal: String { bytes.hexadecimal }
}
