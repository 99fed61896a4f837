import Foundation
import Model
import Testing

@testable import Listen
@testable import Sandbox

@Suite("Which certificates are trusted")
struct CertificateTrustTests {
  private static let right = ["sandbox-dispatch.example"]

  /// A trust in the roots of the sandbox, for the time of a body.
  private func withRoots(_ names: [String], _ body: (CertificateTrust) async throws -> Void) async throws {
    let path = NSTemporaryDirectory() + "roots-\(UUID().uuidString).pem"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let certificates = try CallbackCertificates.shared.get()
    let stranger = certificates.document(.otherIssuerRoot).body.base64EncodedString(options: .lineLength64Characters)
    let text = certificates.root.pem + "-----BEGIN CERTIFICATE-----\n\(stranger)\n-----END CERTIFICATE-----\n"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    try await body(try CertificateTrust(file: path, names: names))
  }

  private static func document(_ certificate: CallbackCertificate) throws -> [UInt8] {
    Array(try CallbackCertificates.shared.get().document(certificate).body)
  }

  @Test("The right one alone", arguments: CallbackCertificate.allCases)
  func trusted(certificate: CallbackCertificate) async throws {
    try await withRoots(Self.right) { trust in
      let key = await trust.key(of: try Self.document(certificate))
      #expect((key != nil) == (certificate == .dispatch))
    }
  }

  @Test(
    "For the names that are allowed, and those below them",
    arguments: [
      (["sandbox-dispatch.example"], true), (["example"], true), (["SANDBOX-DISPATCH.example"], true),
      (["dispatch.example"], false), (["microsoft.com"], false), ([], false), ([""], false),
    ])
  func names(names: [String], isTrusted: Bool) async throws {
    try await withRoots(names) { trust in
      let key = await trust.key(of: try Self.document(.dispatch))
      #expect((key != nil) == isTrusted)
    }
  }

  @Test("Not by the system's roots, which know nothing of the sandbox")
  func system() async throws {
    let trust = try CertificateTrust(file: nil, names: Self.right)
    let key = await trust.key(of: try Self.document(.dispatch))
    #expect(key == nil)
  }

  @Test("A signature holds for its bytes alone")
  func signature() async throws {
    try await withRoots(Self.right) { trust in
      let key = try #require(await trust.key(of: try Self.document(.dispatch)))
      let body = Data(#"{"a":1}"#.utf8)
      let signature = [UInt8](try CallbackCertificates.shared.get().dispatch.signature(of: body))
      #expect(key.hasSigned(Array(body), signature))
      #expect(!key.hasSigned(Array(body) + [0x20], signature))
      #expect(!key.hasSigned([], signature) && !key.hasSigned(Array(body), []))
      #expect(!key.hasSigned(Array(body), signature.dropLast() + [signature.last.map { $0 ^ 1 } ?? 0]))
      #expect(key.isValid(at: Date()) && !key.isValid(at: Date(timeIntervalSinceNow: 40 * 365 * 86_400)))
    }
  }

  @Test(
    "A file that holds no certificate is refused",
    arguments: ["", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
  func file(text: String) throws {
    let path = NSTemporaryDirectory() + "roots-\(UUID().uuidString).pem"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    #expect(
      throws: Failure(
        .trustUnreadable, "\(path) cannot be read as certificates in PEM form",
        fix: "correct webhooks.trusted_certificates, or leave it out: the roots of the system are then trusted")
    ) { try CertificateTrust(file: path, names: []) }
  }
}
