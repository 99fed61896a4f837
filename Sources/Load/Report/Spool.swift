import Foundation

/// Bytes that are set aside while reports are written, until their turn comes: so many would fill the memory.
///
/// They lie in a file of the run's folder that has no name any more, and is gone with the process.
final class Spool {
  private let file: ReportFolder.Temporary
  private var block = Data()
  /// How many bytes the file holds.
  private var written = 0

  private static let blockSize = 1 << 20

  /// An empty spool in a folder.
  ///
  /// - Throws: `Failure` with `reportUnwritable`, as the other calls do.
  init(in folder: ReportFolder) throws {
    file = try folder.temporary("spool")
    file.remove()
  }

  deinit { try? file.handle.close() }

  /// How many bytes were set aside.
  var count: Int { written + block.count }

  /// Sets more bytes aside.
  func add(_ bytes: some Collection<UInt8>) throws {
    block.append(contentsOf: bytes)
    if block.count >= Self.blockSize { try flush() }
  }

  /// The bytes of a range.
  func bytes(_ range: Range<Int>) throws -> Data {
    if range.upperBound > written { try flush() }
    return try file.attempt { handle in
      try handle.seek(toOffset: UInt64(range.lowerBound))
      return try handle.read(upToCount: range.count) ?? Data()
    }
  }

  private func flush() throws {
    try file.attempt { handle in
      try handle.seek(toOffset: UInt64(written))
      try handle.write(contentsOf: block)
    }
    written += block.count
    block.removeAll(keepingCapacity: true)
  }
}
