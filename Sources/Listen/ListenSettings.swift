/// Where a listener listens, and what it believes.
package struct ListenSettings: Sendable {
  /// The name or number of the interface; a proxy on the same machine reaches the loopback address.
  package var host = "127.0.0.1"
  /// The port; 0 takes any free one.
  package var port = 8787
  /// The path at which events are taken.
  package var path = "/"
  /// The hosts from which a certificate is fetched.
  package var certificateHosts: [String] = []
  /// The hosts that the address of a referral may have.
  package var resourceHosts: [String] = []

  /// The settings that go without saying.
  package init() {}

  /// Bytes of a body; an event takes some hundred.
  static let mostBytes = 64 << 10
  /// Seconds until a body must have come.
  static let bodySeconds = 10
  /// Calls that are looked at, at a time; more are asked to come again.
  static let mostAtOnce = 256
  /// Calls in a second over a while, and at once; more are asked to come again.
  static let rate = RateLimit(perSecond: 200, burst: 2_000)
  /// Certificates that are fetched in a second over a while, and at once.
  static let fetchRate = RateLimit(perSecond: 0.5, burst: 30)
}
