/// How often something may happen: a bucket that fills at a steady rate and is emptied by one at each time.
struct RateLimit: Sendable {
  private let perSecond: Double
  private let burst: Double
  private var level: Double
  private var last: ContinuousClock.Instant?

  /// So many in a second over a while, and so many at once.
  init(perSecond: Double, burst: Double) {
    self.perSecond = perSecond
    self.burst = burst
    level = burst
  }

  /// Whether it may happen at a moment; then it has.
  mutating func take(at now: ContinuousClock.Instant) -> Bool {
    if let last {
      let passed = (now - last).components
      level = min(burst, level + perSecond * (Double(passed.seconds) + Double(passed.attoseconds) * 1e-18))
    }
    last = now
    guard level >= 1 else { return false }
    level -= 1
    return true
  }
}
