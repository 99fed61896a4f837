import Foundation
import Synchronization
import Wire

/// The time of a history: it passes when somebody waits.
final class VirtualClock: Sendable {
  private let current: Atomic<Int>
  private let isStopped = Atomic(false)
  private let thrown = Atomic(0)

  /// A clock that shows so many seconds since 1970.
  init(_ seconds: Int) { current = Atomic(seconds) }

  /// Seconds since 1970.
  var seconds: Int { current.load(ordering: .relaxed) }
  var date: Date { Date(timeIntervalSince1970: Double(seconds)) }

  /// Sets it forward; it never goes back.
  func advance(to seconds: Int) {
    if seconds > self.seconds, !isStopped.load(ordering: .relaxed) { current.store(seconds, ordering: .relaxed) }
  }

  /// Stands still while a process lives on that is dead.
  func stop(_ isStopped: Bool) { self.isStopped.store(isStopped, ordering: .relaxed) }

  /// Clock, sleep and dice of the product's wire.
  func pacing(_ dice: Dice, run: Int) -> Pacing {
    Pacing(
      now: { self.date },
      sleep: { seconds in self.advance(to: self.seconds + Int(seconds.rounded(.up))) },
      random: { limit in
        let number = self.thrown.wrappingAdd(1, ordering: .relaxed).newValue
        return dice.fraction(Event(.random, run, number)) * limit
      })
  }
}
