/// Keeps refusals from flooding the messages: of each reason one is told in ten seconds, with the number of the others.
struct RefusalTally: Sendable {
  private var told: [CallRefusal: ContinuousClock.Instant] = [:]
  private var untold: [CallRefusal: Int] = [:]

  /// What is told of a refusal; nil when one of the same reason was told just now.
  mutating func report(_ refusal: CallRefusal, at now: ContinuousClock.Instant) -> CallReport? {
    if let last = told[refusal], now - last < .seconds(10) {
      untold[refusal, default: 0] += 1
      return nil
    }
    told[refusal] = now
    return .refused(
      status: refusal.status, reason: refusal.rawValue, untold: untold.removeValue(forKey: refusal) ?? 0)
  }
}
