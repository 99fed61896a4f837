/// A record that the ledger holds as its source gave it last time, to be known by its bytes.
package struct KnownRecord: Sendable, Hashable {
  /// What its bytes were.
  package let fingerprint: Fingerprint
  /// The rows of the ledger that hold it, and the record of another kind that was read out of it; 0 for none.
  let row: Int64
  let companion: Int64
}

extension KnownRecord {
  /// How many bytes a known record takes in the ledger.
  static let size = Fingerprint.size + 8

  /// Whether the ledger's form of it has room for the numbers of its rows.
  var isStorable: Bool {
    fingerprint.length <= UInt32.max && 1...Int64(UInt32.max) ~= row && 0...Int64(UInt32.max) ~= companion
  }

  /// Writes it behind `bytes`.
  func write(to bytes: inout [UInt8]) {
    fingerprint.write(to: &bytes)
    let rows = (UInt32(truncatingIfNeeded: row).littleEndian, UInt32(truncatingIfNeeded: companion).littleEndian)
    withUnsafeBytes(of: rows) { bytes.append(contentsOf: $0) }
  }

  /// Reads it from a place in bytes, of which there must be enough.
  init(_ bytes: UnsafeRawBufferPointer, at place: Int) {
    fingerprint = Fingerprint(bytes, at: place)
    let rows = place + Fingerprint.size
    row = Int64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: rows, as: UInt32.self)))
    companion = Int64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: rows + 4, as: UInt32.self)))
  }
}
