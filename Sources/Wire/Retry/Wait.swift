/// A wait on the wire, as a progress line tells it: nobody should wonder why a run stands still.
package struct Wait: Sendable, Hashable, CustomStringConvertible {
  /// Why it is waited.
  package enum Reason: Sendable, Hashable {
    /// The service asks to be sent less.
    case throttled
    /// The service answered with this status, an error of its own.
    case failed(Int)
    /// No connection came about.
    case unreachable
    /// No answer came in time.
    case timedOut
    /// The connection ended before the answer did.
    case connectionLost
    /// The service holds rows of the request locked for somebody else.
    case lockedRows
    /// A job that the service works on is in this state.
    case job(String)
  }

  /// The host that is waited for.
  package let host: String
  /// Seconds, 0 or more.
  package let seconds: Double
  /// Why.
  package let reason: Reason
  /// The number of the try that follows, 2 or more; 0 where tries are not counted, as with a job.
  package let attempt: Int
  /// Tries that there are at most; 0 where they are not counted.
  package let attempts: Int

  /// A wait of so many seconds before a try.
  package init(host: String, seconds: Double, reason: Reason, attempt: Int = 0, attempts: Int = 0) {
    self.host = host
    self.seconds = seconds
    self.reason = reason
    self.attempt = attempt
    self.attempts = attempts
  }

  /// One short sentence for a progress line, without the full stop.
  package var description: String {
    let next = attempts > 0 ? "next try in \(duration) (\(attempt) of \(attempts))" : "next look in \(duration)"
    return "\(cause): \(next)"
  }

  private var cause: String {
    switch reason {
    case .throttled: "\(host) asks to wait"
    case .failed(let status): "\(host) answered \(status)"
    case .unreachable: "\(host) cannot be reached"
    case .timedOut: "\(host) did not answer in time"
    case .connectionLost: "the connection to \(host) was lost"
    case .lockedRows: "\(host) holds rows locked"
    case .job(let state): "\(host) works on a job (\(state))"
    }
  }

  private var duration: String {
    seconds < 0.95 ? "under 1 s" : "\(Int(min(seconds, 86_400).rounded())) s"
  }
}
