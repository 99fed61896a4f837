package import Model

/// Why no whole answer came back.
///
/// It never holds anything of the request but the host.
package struct TransportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What happened.
  package enum Reason: Hashable, Sendable {
    /// No such host, or it takes no connection.
    case unreachable
    /// A time limit has passed.
    case timedOut
    /// No trusted encrypted connection came about.
    case tlsFailed
    /// The connection ended before the answer did.
    case cutOff
    /// The answer began, and the connection ended in the middle of it.
    case truncated
    /// The body is larger than the limit in bytes.
    case tooLarge(Int)
    /// The service sends elsewhere, to the host named; nothing is ever sent there.
    case refusedRedirect(String)
    /// The address is neither `https` nor on this machine.
    case plainHTTP
    /// The address is none.
    case badAddress
    /// What came back is not HTTP.
    case malformed
    /// Nothing was sent: so many requests in a row had come to nothing, the last with the fault told.
    case abandoned(failures: Int, lastFault: String)
    /// Nothing was sent: the run has sent as many requests as it may.
    case spent(limit: Int)
  }

  /// What happened.
  package let reason: Reason
  /// The host that was asked.
  package let host: String
  /// Whether the service may have got the request and acted on it.
  package let mayHaveTakenEffect: Bool

  /// An error of a request to `host`.
  package init(_ reason: Reason, host: String, mayHaveTakenEffect: Bool) {
    self.reason = reason
    self.host = host
    self.mayHaveTakenEffect = mayHaveTakenEffect
  }

  /// The stable code for it.
  package var code: Code {
    switch reason {
    case .unreachable: .unreachable
    case .cutOff, .truncated: .connectionLost
    case .tlsFailed: .tlsFailed
    case .timedOut: .timedOut
    case .tooLarge: .answerTooLarge
    case .refusedRedirect: .redirectRefused
    case .plainHTTP: .plainHTTP
    case .badAddress: .requestRefused
    case .malformed: .malformedAnswer
    case .abandoned: .serviceAbandoned
    case .spent: .requestsSpent
    }
  }

  /// One sentence that names the host and nothing else of the request.
  package var description: String {
    switch reason {
    case .unreachable: "\(host) cannot be reached"
    case .timedOut: "\(host) did not answer in time"
    case .tlsFailed: "no trusted connection to \(host): its certificate or TLS version was refused"
    case .cutOff: "the connection to \(host) ended before its answer did"
    case .truncated: "the connection to \(host) ended in the middle of its answer"
    case .tooLarge(let limit): "the answer of \(host) is larger than \(limit) bytes"
    case .refusedRedirect(let target): "\(host) redirects to \(target), where nothing is sent"
    case .plainHTTP: "\(host) may not be asked without encryption: only https, or http on this machine"
    case .badAddress: "the address of a request to \(host) is malformed"
    case .malformed: "the answer of \(host) is not HTTP"
    case .spent(let limit):
      "\(host) is not asked any more: this run may send \(limit) requests, and has"
    case .abandoned(let failures, let lastFault):
      "\(host) is not asked for now: \(failures) \(failures == 1 ? "request" : "requests in a row") came to nothing, "
        + "the last with: \(lastFault)"
    }
  }
}
