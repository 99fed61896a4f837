/// The one place in which requests are sent again.
package final class RetryingTransport: Transport {
  /// What has been sent so far.
  package private(set) var counter = RequestCounter()

  /// The clock and dice that the waits follow.
  let pacing: Pacing
  private let transport: any Transport
  private let policy: RetryPolicy
  private var budget: Int

  /// Repeats by `policy` what `transport` carries.
  package init(_ transport: any Transport, policy: RetryPolicy = RetryPolicy(), pacing: Pacing = .system) {
    self.transport = transport
    self.policy = policy
    self.pacing = pacing
    budget = policy.budget
  }

  /// Sends the requests, and those again that the policy allows; results in the order of the requests.
  package func send(_ requests: [Request]) -> [Result<Response, TransportError>] {
    var results = transport.send(requests)
    counter.requests += requests.count
    var unclear: Set<Int> = []
    var attempt = 2
    while true {
      let waits = waits(results, of: requests, attempt: attempt)
      guard !waits.isEmpty else { break }
      for index in waits.keys where RetryPolicy.isUnclear(results[index]) { unclear.insert(index) }
      pacing.sleep(waits.values.max() ?? 0)
      let again = waits.keys.sorted()
      for (index, result) in zip(again, transport.send(again.map { requests[$0] })) { results[index] = result }
      counter.requests += again.count
      counter.repetitions += again.count
      attempt += 1
    }
    return results.enumerated().map { index, result in unclear.contains(index) ? marked(result) : result }
  }

  /// Waits before rows that a service refused for a passing reason are sent again; false when there is no more budget.
  func pause(before attempt: Int) -> Bool {
    guard attempt <= policy.attempts, budget > 0 else { return false }
    budget -= 1
    pacing.sleep(policy.delay(before: attempt, retryAfter: nil, random: pacing.random))
    return true
  }

  /// Notes the quota that a service reports with its answers.
  func note(_ limit: RequestCounter.Limit?) {
    if let limit { counter.limit = limit }
  }

  /// The wait of each request that shall be sent again, within the budget.
  private func waits(
    _ results: [Result<Response, TransportError>], of requests: [Request], attempt: Int
  ) -> [Int: Double] {
    guard attempt <= policy.attempts else { return [:] }
    var waits: [Int: Double] = [:]
    for (index, result) in results.enumerated() where budget > 0 {
      switch policy.verdict(on: result, repeatability: requests[index].repeatability, now: pacing.now()) {
      case .final: continue
      case .again(let retryAfter):
        budget -= 1
        waits[index] = policy.delay(before: attempt, retryAfter: retryAfter, random: pacing.random)
      }
    }
    return waits
  }

  private func marked(_ result: Result<Response, TransportError>) -> Result<Response, TransportError> {
    switch result {
    case .success(var response):
      response.followsUnclearAttempt = true
      return .success(response)
    case .failure(let error):
      return .failure(TransportError(error.reason, host: error.host, mayHaveTakenEffect: true))
    }
  }
}
