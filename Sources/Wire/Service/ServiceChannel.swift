import Model

/// A request without address and token: both come with the grant.
struct Call {
  var method: Request.Method
  /// Path and query, percent-encoded, from the leading slash on.
  var target: String
  var headers: [(name: String, value: String)] = []
  /// The media type that the answer shall have.
  var accept = "application/json"
  /// The media type of the body.
  var contentType = "application/json"
  var body: [UInt8]?
  var repeatability: Request.Repeatability
  /// Whether it changes something; a POST may be a mere query.
  var isWrite: Bool
  /// Whether it asks for a page of a list, so that an answer that breaks off is a list that breaks off.
  var isPage = false
}

/// Carries calls to one service with its token.
///
/// A token that has run out is renewed once; a second refusal ends all.
final class ServiceChannel {
  let side: Side
  let transport: RetryingTransport

  private let signIn: any SignIn
  /// Where the calls of several lanes meet; nil while there are none.
  private var pool: CallPool?
  /// Once signing in has been refused, no further call goes out: thousands of refused calls would lock the user.
  private var refusal: ServiceError?

  init(_ side: Side, transport: RetryingTransport, signIn: any SignIn) {
    self.side = side
    self.transport = transport
    self.signIn = signIn
  }

  /// One call's answer.
  func send(_ call: Call) throws(ServiceError) -> Response {
    guard let result = send([call]).first else { throw ServiceError(side, .unreachable, "no answer came") }
    return try result.get()
  }

  /// Lets lanes have their calls sent side by side, as many as the service takes at a time.
  func share(_ lanes: Lanes) {
    pool = CallPool(lanes, parallelism: TransportLimits(for: side).parallelism)
    transport.lanes = lanes
  }

  /// The calls' answers, in the same order.
  func send(_ calls: [Call]) -> [Result<Response, ServiceError>] {
    guard !calls.isEmpty else { return [] }
    guard let pool else { return carry(calls) }
    return pool.send(
      calls, refusal: ServiceError(side, .serviceAbandoned, "\(side.title) is not asked any more: the run ends"),
      by: carry)
  }

  private func carry(_ calls: [Call]) -> [Result<Response, ServiceError>] {
    do {
      return try sendSigned(calls)
    } catch {
      return calls.map { _ in .failure(error) }
    }
  }

  /// What the service's addresses begin with, signing in when that is not known yet.
  func origin() throws(ServiceError) -> String {
    if let refusal { throw refusal }
    return try granted(signIn.grant).origin
  }

  private func sendSigned(_ calls: [Call]) throws(ServiceError) -> [Result<Response, ServiceError>] {
    if let refusal { throw refusal }
    var results = transport.send(requests(calls, try granted(signIn.grant)))
    let expired = results.indices.filter { isExpired(results[$0]) }
    if !expired.isEmpty {
      let again = transport.send(requests(expired.map { calls[$0] }, try granted(signIn.renew)))
      for (index, result) in zip(expired, again) { results[index] = result }
      if again.contains(where: isExpired) {
        refusal = ServiceError(
          side, .signInRefused, "\(side.title) refused a token that it had just issued",
          details: .init(status: 401), fix: "check the account's access, then run `reconcile doctor`")
      }
    }
    return zip(results, calls).map { result, call in
      switch result {
      case .success(let response):
        if let refusal, isExpired(result) { return .failure(refusal) }
        return .success(response)
      case .failure(let error) where call.isPage && error.reason == .truncated:
        return .failure(ServiceError(side, .snapshotIncomplete, "the list of \(side.title) is incomplete: \(error)"))
      case .failure(let error): return .failure(ServiceError(side, error, isWrite: call.isWrite))
      }
    }
  }

  private func isExpired(_ result: Result<Response, TransportError>) -> Bool {
    switch result {
    case .success(let response): signIn.isExpired(response)
    case .failure: false
    }
  }

  private func granted(_ sign: () throws(Failure) -> Grant) throws(ServiceError) -> Grant {
    do {
      return try sign()
    } catch {
      let refused = ServiceError(side, error)
      if error.code == .signInRefused { refusal = refused }
      throw refused
    }
  }

  private func requests(_ calls: [Call], _ grant: Grant) -> [Request] {
    calls.map { call in
      var headers = [(name: "Authorization", value: "Bearer " + grant.token.reveal())]
      headers.append((name: "Accept", value: call.accept))
      if call.body != nil { headers.append((name: "Content-Type", value: call.contentType)) }
      return Request(
        call.method, grant.origin + call.target, headers: headers + call.headers, body: call.body,
        repeatability: call.repeatability)
    }
  }
}
