import CCurl
import Foundation

/// When a request is sent again, and after how long.
///
/// What decides is the status or the kind of fault, never a message's words (R109). 429, 503, 504 and other passing
/// faults are repeated, refusals are not (R110).
package struct RetryPolicy: Sendable {
  /// Statuses that pass: the same request may succeed a moment later.
  package var passingStatuses: Set<Int> = [429, 500, 502, 503, 504]
  /// How often a request is sent at most, the first time included.
  package var attempts = 5
  /// Seconds: the first wait is at most this, each further one at most twice the one before.
  package var baseSeconds = 1.0
  /// Seconds that a wait of our own choice may take at most.
  package var capSeconds = 60.0
  /// Seconds of a service's `Retry-After` that are honoured at most.
  package var retryAfterCapSeconds = 300.0
  /// Repetitions in a whole run, so that a service that is down is not asked for hours.
  package var budget = 200
  /// Seconds for which a host that was given up is left alone before one request tries it.
  package var coolDownSeconds = 60.0

  /// Requests in a whole run, repetitions and sign-ins included (R124).
  package var mostRequests = Int.max

  /// The policy for real services.
  package init() {}

  /// Salesforce's: its edge answers 420 while it finds no route to the org, and 406 without a body in passing.
  package static let salesforce: RetryPolicy = {
    var policy = RetryPolicy()
    policy.passingStatuses.formUnion([406, 420])
    return policy
  }()

  /// What to do about a result.
  enum Verdict: Equatable {
    /// It stands.
    case final
    /// Send again, not before so many seconds where the service named a number.
    case again(retryAfter: Double?)
  }

  /// Whether a result of a request calls for another attempt.
  func verdict(
    on result: Result<Response, TransportError>, repeatability: Request.Repeatability, now: Date
  ) -> Verdict {
    guard reason(of: result) != nil else { return .final }
    switch (result, repeatability) {
    case (.failure, .freely): return .again(retryAfter: nil)
    case (.failure(let error), .onlyWithoutEffect):
      return error.mayHaveTakenEffect ? .final : .again(retryAfter: nil)
    case (.success(let response), .freely):
      return .again(retryAfter: Self.retryAfter(response, now: now))
    case (.success(let response), .onlyWithoutEffect):
      let wait = Self.retryAfter(response, now: now)
      // A service that names a time has turned the request away; a bare 503 may come from a gateway in front of one
      // that is still at work on it.
      let isTurnedAway = response.status == 429 || (response.status == 503 && wait != nil)
      return isTurnedAway ? .again(retryAfter: wait) : .final
    }
  }

  /// The passing fault in a result; nil where there is none, so that a repetition would come to the same.
  func reason(of result: Result<Response, TransportError>) -> Wait.Reason? {
    switch result {
    case .success(let response):
      guard passingStatuses.contains(response.status) else { return nil }
      return response.status == 429 ? .throttled : .failed(response.status)
    case .failure(let error):
      switch error.reason {
      case .unreachable: return .unreachable
      case .timedOut: return .timedOut
      case .cutOff, .truncated: return .connectionLost
      case .tlsFailed, .tooLarge, .refusedRedirect, .plainHTTP, .badAddress, .malformed, .abandoned, .spent:
        return nil
      }
    }
  }

  /// The wait before attempt number `attempt` (2 is the first repetition): full jitter, or what the service asks for.
  func delay(before attempt: Int, retryAfter: Double?, random: (Double) -> Double) -> Double {
    if let retryAfter { return min(max(0, retryAfter), retryAfterCapSeconds) }
    let ceiling = baseSeconds * Double(1 << min(max(0, attempt - 2), 20))
    return random(min(capSeconds, ceiling))
  }

  /// Whether a request that came to this may have changed something at the service all the same.
  static func isUnclear(_ result: Result<Response, TransportError>) -> Bool {
    switch result {
    case .failure(let error): error.mayHaveTakenEffect
    case .success(let response): response.status == 406 || (500...599).contains(response.status)
    }
  }

  /// Seconds to wait by `Retry-After`, a number or a date; nil when it is absent or neither.
  static func retryAfter(_ response: Response, now: Date) -> Double? {
    guard let text = response.headers["Retry-After"] else { return nil }
    if let seconds = Double(text), seconds.isFinite, seconds >= 0 { return seconds }
    let date = curl_getdate(text, nil)
    return date < 0 ? nil : max(0, Double(date) - now.timeIntervalSince1970)
  }
}
