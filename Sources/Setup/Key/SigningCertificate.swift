package import Foundation
import SwiftASN1
import X509

/// The certificate that Salesforce is given, so that it knows what the key has signed.
///
/// It is no secret.
package struct SigningCertificate: Sendable {
  /// Days before its end from which on it is warned of.
  package static let warningDays = 30

  /// The certificate in PEM form.
  package let pem: String
  /// When it ends.
  package let end: Date
  let publicKey: Certificate.PublicKey

  /// Reads a certificate in PEM form; nil for anything else.
  package init?(pem: String) {
    guard let certificate = try? Certificate(pemEncoded: pem) else { return nil }
    self.init(certificate, pem: pem)
  }

  init(_ certificate: Certificate, pem: String) {
    self.pem = pem.hasSuffix("\n") ? pem : pem + "\n"
    end = certificate.notValidAfter
    publicKey = certificate.publicKey
  }

  /// Whole days for which it is still good, 0 when it is over.
  package func daysLeft(now: Date) -> Int { max(0, Int(end.timeIntervalSince(now) / 86_400)) }
}
