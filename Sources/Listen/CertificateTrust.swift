import CryptoExtras
import Foundation
package import Model
import SwiftASN1
import X509

/// Which certificates are trusted: those that a chain leads from to a trusted root, and that speak for Partner Center.
package struct CertificateTrust: Sendable {
  private let roots: CertificateStore
  private let intermediates: CertificateStore
  private let names: [String]

  /// Trusts the roots of the system, or those of a file.
  ///
  /// - Parameters:
  ///   - path: a PEM file. Self-issued certificates in it are the roots, in place of the system's; others may complete the
  ///     chain of a certificate that comes alone. Nil for no file.
  ///   - names: the names that a certificate may be issued for, each with all that lie below it.
  /// - Throws: `Failure` with `trustUnreadable`.
  package init(file path: String?, names: [String]) throws(Failure) {
    self.names = names
    let certificates = try path.map { (path) throws(Failure) in try Self.certificates(path) } ?? []
    let roots = certificates.filter { $0.issuer == $0.subject }
    self.roots = roots.isEmpty ? .systemTrustRoots : CertificateStore(roots)
    intermediates = CertificateStore(certificates.filter { $0.issuer != $0.subject })
  }

  /// The key of a certificate, which is DER or PEM; nil for one that is not trusted now, or is none.
  func key(of document: [UInt8]) async -> TrustedKey? {
    guard let leaf = try? Self.certificate(document), let key = _RSA.Signing.PublicKey(leaf.publicKey),
      key.keySizeInBits >= Self.shortestKey, leaf.notValidBefore <= leaf.notValidAfter
    else { return nil }
    var verifier = Verifier(rootCertificates: roots) {
      RFC5280Policy()
      SignaturePolicy(names: names)
    }
    switch await verifier.validate(leaf: leaf, intermediates: intermediates) {
    case .validCertificate: return TrustedKey(key, validity: leaf.notValidBefore...leaf.notValidAfter)
    case .couldNotValidate: return nil
    }
  }

  /// Bits of a key that is still thought safe.
  private static let shortestKey = 2048

  private static func certificate(_ document: [UInt8]) throws -> Certificate {
    // The first element of DER is a sequence; PEM begins with a line of text.
    guard document.first == 0x30 else {
      return try Certificate(pemEncoded: String(decoding: document, as: UTF8.self))
    }
    return try Certificate(derEncoded: document)
  }

  private static func certificates(_ path: String) throws(Failure) -> [Certificate] {
    do {
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let certificates = try PEMDocument.parseMultiple(pemString: text).map { try Certificate(pemDocument: $0) }
      guard !certificates.isEmpty else { throw CocoaError(.fileReadCorruptFile) }
      return certificates
    } catch {
      throw Failure(
        .trustUnreadable, "\(path) cannot be read as certificates in PEM form",
        fix: "correct webhooks.trusted_certificates, or leave it out: the roots of the system are then trusted")
    }
  }
}
