import Glibc

/// Where the bytes of a list come from: memory, or a file that is read block by block.
enum ByteSource {
  case memory
  case file(Int32)

  /// Opens a file for reading.
  static func open(path: String) throws(JSONError) -> ByteSource {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw JSONError(.unreadable(String(cString: strerror(errno)))) }
    return .file(descriptor)
  }

  /// Reads up to `count` bytes; 0 at the end.
  func read(into start: UnsafeMutableRawPointer, count: Int, at offset: Int) throws(JSONError) -> Int {
    switch self {
    case .memory: return 0
    case .file(let descriptor):
      while true {
        let got = Glibc.read(descriptor, start, count)
        if got >= 0 { return got }
        guard errno == EINTR else {
          throw JSONError(.unreadable(String(cString: strerror(errno))), at: offset)
        }
      }
    }
  }

  func close() {
    switch self {
    case .memory: break
    case .file(let descriptor): _ = Glibc.close(descriptor)
    }
  }
}
