package import Foundation

/// The clock, the sleep and the dice of everything on the wire: real ones, or a test's.
package struct Pacing: Sendable {
  /// The time now.
  package let now: @Sendable () -> Date
  /// Waits for so many seconds.
  package let sleep: @Sendable (Double) -> Void
  /// A number between 0 and its argument, all equally likely.
  package let random: @Sendable (Double) -> Double

  /// The given clock, sleep and dice.
  package init(
    now: @escaping @Sendable () -> Date, sleep: @escaping @Sendable (Double) -> Void,
    random: @escaping @Sendable (Double) -> Double
  ) {
    self.now = now
    self.sleep = sleep
    self.random = random
  }

  /// The machine's own.
  package static let system = Pacing(
    now: { Date() }, sleep: { Thread.sleep(forTimeInterval: $0) },
    random: { $0 > 0 ? Double.random(in: 0...$0) : 0 })
}
