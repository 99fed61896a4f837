import CryptoExtras
package import Foundation
package import Model
import SwiftASN1
import X509

/// The RSA key by which this program signs in to Salesforce, and the certificate that goes with it.
package struct SigningKey: Sendable {
  /// How many bits a new key may have.
  package enum Size: Int, CaseIterable, Sendable {
    case bits2048 = 2048
    case bits3072 = 3072
    case bits4096 = 4096
  }

  private let key: _RSA.Signing.PrivateKey

  /// A new key.
  package init(_ size: Size) throws(Failure) {
    do {
      key = try _RSA.Signing.PrivateKey(keySize: .init(bitCount: size.rawValue))
    } catch {
      throw Failure(.keyUnwritable, "no RSA key of \(size.rawValue) bits can be made on this machine")
    }
  }

  /// Reads a key; nil for anything but an RSA key of at least 2,048 bits in PEM form, without a password.
  package init?(pem: Secret) {
    guard let key = try? _RSA.Signing.PrivateKey(pemRepresentation: pem.reveal()) else { return nil }
    self.key = key
  }

  /// The key in PEM form, as PKCS#8.
  package var pem: Secret { Secret(key.pkcs8PEMRepresentation) }

  /// How many bits it has.
  package var bits: Int { key.keySizeInBits }

  /// Days for which a certificate is good: Salesforce refuses one that has expired.
  package static let certificateDays = 730

  /// A certificate of the key, signed by itself; it is good an hour longer at both ends, since clocks differ.
  package func certificate(now: Date) throws(Failure) -> SigningCertificate {
    do {
      let own = Certificate.PrivateKey(key)
      let name = try DistinguishedName { CommonName("reconcile") }
      let certificate = try Certificate(
        version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: own.publicKey,
        notValidBefore: now.addingTimeInterval(-3600),
        notValidAfter: now.addingTimeInterval(Double(Self.certificateDays) * 86_400 + 3600), issuer: name,
        subject: name, signatureAlgorithm: .sha256WithRSAEncryption,
        extensions: try Certificate.Extensions {
          Critical(BasicConstraints.notCertificateAuthority)
          Critical(KeyUsage(digitalSignature: true))
        }, issuerPrivateKey: own)
      return SigningCertificate(certificate, pem: try certificate.serializeAsPEM().pemString)
    } catch {
      throw Failure(.keyUnwritable, "no certificate can be made for the key of Salesforce")
    }
  }

  /// Whether a certificate is of this key.
  package func fits(_ certificate: SigningCertificate) -> Bool {
    certificate.publicKey == Certificate.PrivateKey(key).publicKey
  }
}
