import CryptoExtras
import Foundation

/// The key of a certificate that was found trusted, and how long that holds.
struct TrustedKey: Sendable {
  private let key: _RSA.Signing.PublicKey
  private let validity: ClosedRange<Date>

  /// A key whose certificate is valid for a time.
  init(_ key: _RSA.Signing.PublicKey, validity: ClosedRange<Date>) {
    self.key = key
    self.validity = validity
  }

  /// Whether the certificate is valid at a moment.
  func isValid(at moment: Date) -> Bool { validity.contains(moment) }

  /// Whether a signature, PKCS#1 v1.5 over SHA-256, is that of just these bytes.
  func hasSigned(_ bytes: [UInt8], _ signature: [UInt8]) -> Bool {
    key.isValidSignature(
      _RSA.Signing.RSASignature(rawRepresentation: signature), for: Data(bytes), padding: .insecurePKCS1v1_5)
  }
}
