/// The address under which a call says that its certificate lies.
///
/// Whoever calls chooses it. So it is looked at before anything is fetched: its host must be in a list.
package struct CertificateAddress: Sendable, Hashable {
  /// The address as the call has it.
  package let url: String

  /// An address whose host is in the list; nil for any other one.
  package init?(_ text: String, hosts: [String]) {
    guard text.utf8.count <= Self.longest, let address = Address(text), AllowedHosts(hosts).allows(address) else {
      return nil
    }
    url = text
  }

  /// Why no certificate came.
  package enum Trouble: Error, Sendable, Hashable {
    /// The host did not answer, or not now.
    case unavailable
    /// It answered with something that is no certificate: a redirect, an error, too many bytes.
    case refused
  }

  /// Fetches what lies there, once and with little patience.
  ///
  /// No redirect is followed; an answer of more than 64 KiB is none. It blocks the thread.
  package func fetch() throws(Trouble) -> [UInt8] {
    var limits = TransportLimits()
    limits.connectMilliseconds = 3_000
    limits.totalMilliseconds = 5_000
    limits.bodyBytes = 64 << 10
    switch CurlTransport(limits: limits).send([Request(.get, url)]).first {
    case .success(let response) where response.status == 200: return response.body
    case .success(let response) where response.status == 429 || response.status >= 500: throw .unavailable
    case .success: throw .refused
    case .failure(let error):
      switch error.reason {
      case .unreachable, .timedOut, .tlsFailed, .cutOff, .abandoned, .spent: throw .unavailable
      case .truncated, .tooLarge, .refusedRedirect, .plainHTTP, .badAddress, .malformed: throw .refused
      }
    case nil: throw .unavailable
    }
  }

  private static let longest = 2048
}
