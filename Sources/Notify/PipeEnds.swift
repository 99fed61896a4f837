import Foundation

/// Both ends of a pipe to or from a child; the child gets only what it is given, and this process never waits on either.
final class PipeEnds {
  let reading: Int32
  private(set) var writing: Int32

  /// A new pipe; nil when there is none to be had.
  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    (reading, writing) = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }

  deinit {
    close(reading)
    closeWriting()
  }

  /// Closes the end to which bytes go.
  func closeWriting() {
    guard writing >= 0 else { return }
    close(writing)
    writing = -1
  }

  /// Writes as much as there is room for, and gives the rest.
  func write(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard writing >= 0, !bytes.isEmpty else { return bytes }
    _ = fcntl(writing, F_SETFL, O_NONBLOCK)
    let count = bytes.withUnsafeBytes { Foundation.write(writing, $0.baseAddress, $0.count) }
    return bytes.dropFirst(max(0, count))
  }

  /// Waits for bytes, or for so many milliseconds; also where nobody can write any more.
  func wait(milliseconds: Int32) {
    var entry = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, milliseconds) > 0, entry.revents & Int16(POLLIN) == 0 else { return }
    usleep(UInt32(milliseconds) * 1_000)
  }

  /// Reads what is there, and keeps the last bytes of all.
  func read(into kept: inout [UInt8], keeping limit: Int) {
    _ = fcntl(reading, F_SETFL, O_NONBLOCK)
    var block = [UInt8](repeating: 0, count: 4_096)
    // What is written without end must not keep us here.
    for _ in 0..<64 {
      let count = Foundation.read(reading, &block, block.count)
      guard count > 0 else { return }
      kept = Array((kept + block[..<count]).suffix(limit))
    }
  }
}
