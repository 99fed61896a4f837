import Foundation
import Synchronization

/// Whether something that was printed got lost, and why.
final class OutputLoss: Sendable {
  private let number = Mutex<Int32>(0)

  /// The first error's words; nil when there was none.
  var reason: String? {
    let number = number.withLock { $0 }
    return number == 0 ? nil : String(cString: strerror(number))
  }

  /// Takes note of an error's number; 0 is none.
  func note(_ error: Int32) {
    // A reader that went away has read what it wanted: `reconcile show | head`.
    guard error != 0, error != EPIPE else { return }
    number.withLock { if $0 == 0 { $0 = error } }
  }

  /// Writes all bytes, going on after interruptions and short writes; gives the number of the error, 0 when all are written.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if written >= 0 {
        rest = rest.dropFirst(written)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}
