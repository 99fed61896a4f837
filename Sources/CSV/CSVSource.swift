import Glibc

/// Where the bytes come from: a file, block by block, or memory.
///
/// The file is closed when the source goes out of use.
final class CSVSource {
  private let descriptor: Int32
  private let memory: [UInt8]
  private var position = 0

  /// Bytes in memory.
  init(_ bytes: [UInt8]) {
    descriptor = -1
    memory = bytes
  }

  /// A file that is there and can be read.
  init(path: String) throws(CSVError) {
    descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    memory = []
    guard descriptor >= 0 else { throw CSVError(file: "cannot be opened: \(Self.reason(errno))") }
  }

  deinit {
    if descriptor >= 0 { Glibc.close(descriptor) }
  }

  /// Adds the next block, at most `size` bytes; false at the end.
  func append(to block: inout [UInt8], size: Int) throws(CSVError) -> Bool {
    guard descriptor >= 0 else {
      let end = position + min(memory.count - position, size)
      block += memory[position..<end]
      defer { position = end }
      return end > position
    }
    let count = block.count
    let part = try read(size)
    block += part
    return block.count > count
  }

  private func read(_ size: Int) throws(CSVError) -> [UInt8] {
    var failure: Int32 = 0
    let part = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let read = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), size - count)
        if read > 0 {
          count += read
        } else if read == 0 {
          return
        } else if errno != EINTR {
          failure = errno
          return
        }
      }
    }
    guard failure == 0 else { throw CSVError(file: "cannot be read: \(Self.reason(failure))") }
    return part
  }

  /// All bytes that are left, at most `limit`.
  func readAll(into block: inout [UInt8], limit: Int) throws(CSVError) {
    block = []
    while try append(to: &block, size: 1 << 16) {
      guard block.count <= limit else { throw CSVError(file: "is longer than \(limit) bytes") }
    }
  }

  static func reason(_ number: Int32) -> String {
    String(cString: strerror(number))
  }
}
