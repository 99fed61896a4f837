import Crypto
import CryptoExtras
import Foundation

/// An X.509 certificate with an RSA key, and the key that belongs to it.
struct Certificate: Sendable {
  let der: [UInt8]
  let key: _RSA.Signing.PrivateKey
  private let name: [UInt8]
  private let keyIdentifier: [UInt8]

  /// A certificate of its own: the root of a chain.
  init(
    root commonName: String, of organization: String = microsoft, from: Stamp, to: Stamp,
    key: _RSA.Signing.PrivateKey? = nil
  ) throws {
    try self.init(commonName, organization, issuer: nil, from: from, to: to, key: key)
  }

  /// A certificate issued by another one.
  init(
    _ commonName: String, issuedBy issuer: Certificate, from: Stamp, to: Stamp, key: _RSA.Signing.PrivateKey? = nil
  ) throws {
    try self.init(commonName, Certificate.microsoft, issuer: issuer, from: from, to: to, key: key)
  }

  /// Clients of the real service ask for an issuer with this organization.
  static let microsoft = "Microsoft Corporation"

  /// A key is made where none is given, which takes a good while.
  private init(
    _ commonName: String, _ organization: String, issuer: Certificate?, from: Stamp, to: Stamp,
    key given: _RSA.Signing.PrivateKey?
  ) throws {
    key = try given ?? _RSA.Signing.PrivateKey(keySize: .bits2048)
    let publicKey = [UInt8](key.publicKey.derRepresentation)
    name = DER.sequence(
      Certificate.attribute(6, "US"), Certificate.attribute(10, organization),
      Certificate.attribute(3, commonName))
    keyIdentifier = Array(SHA256.hash(data: publicKey).prefix(20))
    var random = SystemRandomNumberGenerator()
    let serial = (0..<12).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    let content = DER.sequence(
      DER.context(0, DER.integer([2])), DER.integer([0x01] + serial), Certificate.algorithm, issuer?.name ?? name,
      DER.sequence(DER.time(from), DER.time(to)), name, publicKey,
      DER.context(
        3, Certificate.extensions(isRoot: issuer == nil, keyIdentifier, issuer?.keyIdentifier ?? keyIdentifier)))
    let signature = try (issuer?.key ?? key).signature(for: Data(content), padding: .insecurePKCS1v1_5)
    der = DER.sequence(content, Certificate.algorithm, DER.bits([UInt8](signature.rawRepresentation)))
  }

  var pem: String {
    let lines = Data(der).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
    return "-----BEGIN CERTIFICATE-----\n\(lines)\n-----END CERTIFICATE-----\n"
  }

  /// The RSA signature, PKCS#1 v1.5 over SHA-256, of some bytes.
  func signature(of bytes: Data) throws -> Data {
    try key.signature(for: bytes, padding: .insecurePKCS1v1_5).rawRepresentation
  }

  /// sha256WithRSAEncryption.
  private static let algorithm = DER.sequence(DER.identifier(1, 2, 840, 113549, 1, 1, 11), DER.null)

  /// A part of a name: 3 is the common name, 6 the country, 10 the organization.
  private static func attribute(_ number: Int, _ value: String) -> [UInt8] {
    DER.set(DER.sequence(DER.identifier(2, 5, 4, number), DER.text(value)))
  }

  private static func extensions(isRoot: Bool, _ own: [UInt8], _ issuer: [UInt8]) -> [UInt8] {
    // Of the bits of a key's usage, 0 is for signatures and 5 for certificates.
    let usage = isRoot ? DER.bits([0x04], unused: 2) : DER.bits([0x80], unused: 7)
    return DER.sequence(
      DER.sequence(
        DER.identifier(2, 5, 29, 19), DER.boolean(true),
        DER.octets(isRoot ? DER.sequence(DER.boolean(true)) : DER.sequence())),
      DER.sequence(DER.identifier(2, 5, 29, 15), DER.boolean(true), DER.octets(usage)),
      DER.sequence(DER.identifier(2, 5, 29, 14), DER.octets(DER.octets(own))),
      DER.sequence(
        // The identifier of the issuer's key is a context-specific, primitive element.
        DER.identifier(2, 5, 29, 35), DER.octets(DER.sequence([0x80, UInt8(issuer.count)] + issuer))))
  }
}
