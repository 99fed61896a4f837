package import Model

/// How long and how much a transport puts up with.
package struct TransportLimits: Sendable {
  /// Milliseconds until a connection must stand.
  package var connectMilliseconds = 15_000
  /// Milliseconds until a whole answer must be there.
  package var totalMilliseconds = 300_000
  /// Fewer bytes a second than this, for `lowSpeedSeconds`, count as a stall.
  package var lowSpeedBytes = 100
  /// Seconds, 1 or more.
  ///
  /// Time in which the service thinks counts, and a large query may take Salesforce two minutes.
  package var lowSpeedSeconds = 130
  /// Bytes of body, decompressed.
  package var bodyBytes = 64 << 20
  /// Requests in flight at a time, 1 or more.
  package var parallelism = 4

  /// The limits for real services.
  package init() {}

  /// What is usual with a service.
  package init(for side: Side) {
    switch side {
    case .partnerCenter: self = .partnerCenter
    case .salesforce: self.init()
    }
  }

  /// The limits for Partner Center, which asks its clients to keep the number of requests at a time low.
  package static let partnerCenter: TransportLimits = {
    var limits = TransportLimits()
    limits.parallelism = 2
    return limits
  }()
}
