import Glibc

/// Writes to a descriptor until every byte is out.
package enum WholeWrite {
  /// Writes all bytes, going on after interruptions and short writes.
  ///
  /// Gives the number of the error, as `errno` has it; 0 when all are written.
  package static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written >= 0 {
        rest = rest.dropFirst(written)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}
