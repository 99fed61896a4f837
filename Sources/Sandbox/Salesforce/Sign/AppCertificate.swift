import Crypto
import CryptoExtras
import Foundation

/// The certificate that an administrator uploads to the application: whose signatures it takes.
struct AppCertificate {
  let publicKey: _RSA.Signing.PublicKey

  /// Reads a certificate in PEM form; nil for anything but an RSA certificate that its own key has signed.
  init?(pem: String) {
    let lines = pem.split(whereSeparator: \.isNewline).map(String.init)
    guard lines.first == "-----BEGIN CERTIFICATE-----", lines.last == "-----END CERTIFICATE-----",
      let der = Data(base64Encoded: lines.dropFirst().dropLast().joined()),
      let certificate = DERElement.all(in: Array(der))?.first, certificate.tag == 0x30,
      let parts = DERElement.all(in: certificate.content), parts.count == 3,
      let fields = DERElement.all(in: parts[0].content), fields.count > 6, fields[0].tag == 0xA0,
      let key = try? _RSA.Signing.PublicKey(derRepresentation: Data(fields[6].whole))
    else { return nil }
    let signature = _RSA.Signing.RSASignature(rawRepresentation: Data(parts[2].content.dropFirst()))
    guard
      key.isValidSignature(signature, for: SHA256.hash(data: Data(parts[0].whole)), padding: .insecurePKCS1v1_5)
    else { return nil }
    publicKey = key
  }
}
