import CryptoExtras
import Foundation
import Testing

@testable import Sandbox

@Suite("The certificate of the sandbox's app")
struct AppCertificateTests {
  @Test("The app takes what the key of the uploaded certificate signed, and nothing of another key")
  func uploaded() async throws {
    let now = Stamp(Int(Date().timeIntervalSince1970))
    let certificate = try Certificate(root: "an app", from: now, to: now.adding(days: 1))
    let own = certificate.key.pemRepresentation
    try await LiveSandbox.run(referrals: 1, opportunities: 1) { sandbox in
      func status(_ key: String?) async throws -> Int {
        let grant = "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer"
        let assertion = try key.map { try sandbox.assertion(key: $0) } ?? sandbox.assertion()
        let url = sandbox.text(sandbox.salesforce["login_url"]) + "/services/oauth2/token"
        return try await sandbox.send("POST", url, .string("grant_type=\(grant)&assertion=\(assertion)")).status
      }
      var statuses: [[Int]] = []
      for pem in ["", certificate.pem, ""] {
        try await sandbox.set(("app_certificate", .string(pem)))
        statuses.append([try await status(nil), try await status(own)])
      }
      #expect(statuses == [[200, 400], [400, 200], [200, 400]])
    }
  }

  @Test("What is no self-signed certificate of an RSA key is refused")
  func refused() async throws {
    let now = Stamp(Int(Date().timeIntervalSince1970))
    let root = try Certificate(root: "root", from: now, to: now.adding(days: 1))
    let issued = try Certificate("issued", issuedBy: root, from: now, to: now.adding(days: 1))
    let broken = root.pem.replacing("-----BEGIN CERTIFICATE-----\nM", with: "-----BEGIN CERTIFICATE-----\nN")
    try await LiveSandbox.run(referrals: 1, opportunities: 1) { sandbox in
      for text in [issued.pem, broken, root.key.pemRepresentation, "no certificate", "{}"] {
        let answer = try await sandbox.set(("app_certificate", .string(text)))
        #expect(answer.status == 400)
      }
    }
  }
}
