package import Model
import Synchronization

/// How many requests each service was sent, counted from several threads.
package final class RequestTally: Sendable {
  private let counts = Mutex<[Side: Int]>([:])

  /// Nothing sent yet.
  package init() {}

  /// Counts requests to a service.
  package func add(_ count: Int, to side: Side) {
    counts.withLock { $0[side, default: 0] += count }
  }

  /// The requests by service; a service that was sent none is left out.
  package var requests: [Side: Int] { counts.withLock(\.self) }
}
