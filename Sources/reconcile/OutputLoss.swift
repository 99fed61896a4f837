import Foundation
import Model

/// Whether something that was printed got lost, and why.
final class OutputLoss: Sendable {
  private let number = Guarded<Int32>(0)

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
}
