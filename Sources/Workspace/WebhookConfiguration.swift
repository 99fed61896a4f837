/// How events of Partner Center are heard, and what is believed of them.
package struct WebhookConfiguration: Sendable {
  /// The public address to which Partner Center sends events; nil when none is configured.
  package let url: String?
  /// The hosts from which a certificate is fetched; no call can name another.
  package let certificateHosts: [String]
  /// The names that the certificate may be issued for, each with all that lie below it.
  package let certificateNames: [String]
  /// The hosts that the address of a referral may have.
  package let resourceHosts: [String]
  /// The absolute path of a PEM file: roots in it are trusted in place of the system's, others complete the chain.
  package let trustedCertificates: String?
}
