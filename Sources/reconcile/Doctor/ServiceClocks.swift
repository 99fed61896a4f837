import Foundation
import Model
import Wire

/// What the services' answers tell of this machine's clock.
final class ServiceClocks: Sendable {
  private let seconds = Guarded<[Side: Double]>([:])

  /// Seconds by which each service that answered is ahead of this machine, as its quickest answer tells.
  var ahead: [Side: Double] { seconds.withLock { $0 } }

  /// Takes note of an answer that has just come.
  @Sendable func note(_ side: Side, _ response: Response) {
    // The header is cut to whole seconds.
    guard let ahead = response.date.map({ $0.timeIntervalSinceNow + 0.5 }) else { return }
    seconds.withLock { known in
      if abs(ahead) < abs(known[side] ?? .infinity) { known[side] = ahead }
    }
  }
}
