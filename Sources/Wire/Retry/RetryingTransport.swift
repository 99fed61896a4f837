/// The one place in which requests are sent again, and in which a dead service is left alone.
package final class RetryingTransport: Transport {
  /// What has been sent so far.
  package private(set) var counter = RequestCounter()
  /// Is told of every wait before it begins.
  package var onWait: (Wait) -> Void = { _ in }

  /// Those that may run while it is waited for an answer, or before a repetition; nil while there are none.
  var lanes: Lanes?

  /// The clock and dice that the waits follow.
  let pacing: Pacing
  private let transport: any Transport
  private let policy: RetryPolicy
  private var budget: Int
  private var circuits: [String: Circuit] = [:]
  private var lastHost = "the service"

  /// Repeats by `policy` what `transport` carries.
  package init(_ transport: any Transport, policy: RetryPolicy = RetryPolicy(), pacing: Pacing = .system) {
    self.transport = transport
    self.policy = policy
    self.pacing = pacing
    budget = policy.budget
  }

  /// Sends the requests, and those again that the policy allows; results in the order of the requests.
  ///
  /// After a row of requests to a host that came to nothing, further ones are refused without being sent, as
  /// `.serviceAbandoned`, until a while has passed; then one tries whether the host is back.
  package func send(_ requests: [Request]) -> [Result<Response, TransportError>] {
    let left = max(0, policy.mostRequests - counter.requests)
    return admit(Array(requests.prefix(left))) + requests.dropFirst(left).map { .failure(spent($0)) }
  }

  private func admit(_ requests: [Request]) -> [Result<Response, TransportError>] {
    let hosts = requests.map { Self.host(of: $0) }
    var results: [Result<Response, TransportError>?] = hosts.map { _ in nil }
    for host in Set(hosts) where admission(host) == .one {
      guard let first = hosts.firstIndex(of: host) else { continue }
      results[first] = probe(requests[first], host)
    }
    let admitted = requests.indices.filter { results[$0] == nil && admission(hosts[$0]) == .all }
    let sent = persist(admitted.map { requests[$0] }, admitted.map { hosts[$0] })
    for (index, result) in zip(admitted, sent) { results[index] = result }
    return zip(results, hosts).map { result, host in result ?? .failure(abandoned(host)) }
  }

  /// Waits before rows that a service refused for a passing reason are sent again; false when there is no more budget.
  func pause(before attempt: Int) -> Bool {
    guard attempt <= policy.attempts, budget > 0 else { return false }
    budget -= 1
    let seconds = policy.delay(before: attempt, retryAfter: nil, random: pacing.random)
    wait(
      Wait(host: lastHost, seconds: seconds, reason: .lockedRows, attempt: attempt, attempts: policy.attempts))
    return true
  }

  /// Waits so many seconds for something that the service works on, and tells it; it costs no repetition.
  func wait(_ seconds: Double, _ reason: Wait.Reason, host: String) {
    wait(Wait(host: host, seconds: max(0, seconds), reason: reason))
  }

  /// Notes the quota that a service reports with its answers.
  func note(_ limit: RequestCounter.Limit?) {
    if let limit { counter.limit = limit }
  }

  // MARK: Repetitions

  /// Sends requests until each has an answer that stands, its tries are used up or the budget is.
  private func persist(_ requests: [Request], _ hosts: [String]) -> [Result<Response, TransportError>] {
    guard !requests.isEmpty else { return [] }
    lastHost = hosts.last ?? lastHost
    var results = carry(requests)
    var unclear: Set<Int> = []
    var attempt = 2
    while true {
      let waits = waits(results, of: requests, attempt: attempt)
      guard let longest = waits.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { break }
      for index in waits.keys where RetryPolicy.isUnclear(results[index]) { unclear.insert(index) }
      wait(
        Wait(
          host: hosts[longest.key], seconds: longest.value,
          reason: policy.reason(of: results[longest.key]) ?? .throttled, attempt: attempt, attempts: policy.attempts))
      let again = waits.keys.sorted()
      for (index, result) in zip(again, carry(again.map { requests[$0] })) { results[index] = result }
      counter.repetitions += again.count
      attempt += 1
    }
    for (result, host) in zip(results, hosts) { note(result, host) }
    return results.enumerated().map { index, result in unclear.contains(index) ? marked(result) : result }
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

  private func wait(_ wait: Wait) {
    counter.waits += 1
    counter.waitedSeconds += wait.seconds
    onWait(wait)
    outside { pacing.sleep(wait.seconds) }
  }

  private func carry(_ requests: [Request]) -> [Result<Response, TransportError>] {
    counter.requests += requests.count
    return outside { transport.send(requests) }
  }

  private func outside<Result>(_ body: () -> Result) -> Result { lanes?.outside(body) ?? body() }

  private func marked(_ result: Result<Response, TransportError>) -> Result<Response, TransportError> {
    switch result {
    case .success(var response):
      response.followsUnclearAttempt = true
      return .success(response)
    case .failure(let error):
      return .failure(TransportError(error.reason, host: error.host, mayHaveTakenEffect: true))
    }
  }

  // MARK: The circuit

  /// Sends one request once, to see whether its host is back.
  private func probe(_ request: Request, _ host: String) -> Result<Response, TransportError>? {
    guard let result = carry([request]).first else { return nil }
    note(result, host)
    return result
  }

  private func admission(_ host: String) -> Circuit.Admission {
    circuits[host]?.admission(now: pacing.now()) ?? .all
  }

  private func note(_ result: Result<Response, TransportError>, _ host: String) {
    let outcome: Circuit.Outcome
    switch (result, policy.reason(of: result)) {
    case (.success(let response), .some): outcome = .nothing("status \(response.status)")
    case (.success, nil): outcome = .answered
    case (.failure(let error), .some): outcome = .nothing(error.description)
    case (.failure, nil): outcome = .neither
    }
    circuits[host, default: Circuit()].note(
      outcome, now: pacing.now(), coolDown: policy.coolDownSeconds, isSpent: budget == 0)
  }

  private func abandoned(_ host: String) -> TransportError {
    let circuit = circuits[host] ?? Circuit()
    return TransportError(
      .abandoned(failures: circuit.failures, lastFault: circuit.lastFault), host: host, mayHaveTakenEffect: false)
  }

  private func spent(_ request: Request) -> TransportError {
    TransportError(.spent(limit: policy.mostRequests), host: Self.host(of: request), mayHaveTakenEffect: false)
  }

  private static func host(of request: Request) -> String {
    Address(request.url)?.host ?? "the service"
  }
}
