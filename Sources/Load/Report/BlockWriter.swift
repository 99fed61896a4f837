import Foundation

/// Writes a file piece by piece, and hands it on in blocks, since pieces are small.
struct BlockWriter {
  private let handle: FileHandle
  private var block = Data()

  private static let blockSize = 1 << 20

  /// A writer to an open file, which stays open.
  init(_ handle: FileHandle) { self.handle = handle }

  /// Writes the next piece.
  mutating func write(_ piece: some Collection<UInt8>) throws {
    block.append(contentsOf: piece)
    if block.count >= Self.blockSize { try flush() }
  }

  /// Hands on what is left.
  mutating func flush() throws {
    try handle.write(contentsOf: block)
    block.removeAll(keepingCapacity: true)
  }
}
