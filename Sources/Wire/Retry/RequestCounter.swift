/// What a run has cost at one service.
package struct RequestCounter: Hashable, Sendable {
  /// Requests sent, repetitions and sign-ins included.
  package var requests = 0
  /// How many of them were repetitions.
  package var repetitions = 0
  /// How often it was waited for the service.
  package var waits = 0
  /// Seconds of these waits together.
  package var waitedSeconds = 0.0
  /// Calls used and allowed in 24 hours by the service's own count; nil where it does not tell.
  package var limit: Limit?

  /// A quota as Salesforce reports it.
  package struct Limit: Hashable, Sendable {
    /// Calls used in the last 24 hours, by everybody.
    package let used: Int
    /// Calls allowed.
    package let allowed: Int

    /// Reads `api-usage=10018/100000`; nil for anything else.
    package init?(header: String) {
      guard let match = header.firstMatch(of: Self.pattern)?.output,
        let used = Int(match.1), let allowed = Int(match.2)
      else { return nil }
      self.used = used
      self.allowed = allowed
    }

    // Compiled once; a regular expression does not change by being used.
    nonisolated(unsafe) private static let pattern = /(?:^|[;,\s])api-usage=(\d{1,18})\/(\d{1,18})/
  }

  /// Nothing so far.
  package init() {}
}
