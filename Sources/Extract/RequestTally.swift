package import Model
package import Wire

/// What both services cost a run, counted from several threads.
package final class RequestTally: Sendable {
  private let counters = Guarded<[Side: RequestCounter]>([:])

  /// Nothing sent yet.
  package init() {}

  /// Adds what one client has cost.
  package func add(_ counter: RequestCounter, to side: Side) {
    counters.withLock { $0[side, default: RequestCounter()].add(counter) }
  }

  /// What each service cost; a service that was sent nothing is left out.
  package var cost: [Side: RequestCounter] { counters.withLock(\.self) }
}
