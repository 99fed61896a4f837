import CryptoExtras
import Foundation
import Testing

@testable import Sandbox

/// What a listener must not believe, made by the sandbox itself.
@Suite struct WebhookForgeryTests {
  @Test("S23: any body is signed on demand, by the key of any certificate")
  func signing() async throws {
    try await LiveSandbox.run(referrals: 1, opportunities: 1) { sandbox in
      let wish: JSONValue = ["sign": ["body": "no event at all", "certificate": "expired"]]
      let headers = try await sandbox.send("POST", sandbox.control + "/webhooks", wish).json["headers"]
      #expect(headers["X-MS-Certificate-Url"].string?.hasSuffix("/webhook/certificates/expired.cer") == true)
      let value = try #require(headers["x-ms-signature"].string)
      let signature = try #require(Data(base64Encoded: String(value.dropFirst("Signature ".count))))
      let key = try CallbackCertificates.shared.get().dispatch.key.publicKey
      #expect(
        key.isValidSignature(
          _RSA.Signing.RSASignature(rawRepresentation: signature), for: Data("no event at all".utf8),
          padding: .insecurePKCS1v1_5))
      let wrong: JSONValue = ["sign": ["body": "x", "certificate": "golden"]]
      #expect(try await sandbox.send("POST", sandbox.control + "/webhooks", wrong).status == 400)
    }
  }

  @Test("S23: every certificate lies under its name", arguments: CallbackCertificate.allCases)
  func certificates(certificate: CallbackCertificate) async throws {
    let expected =
      switch certificate {
      case .redirect: 302
      case .failing: 500
      case .dispatch, .root, .expired, .future, .selfSigned, .otherRoot, .otherName, .otherIssuer, .otherIssuerRoot,
        .truncated, .huge, .text:
        200
      }
    try await LiveSandbox.run(referrals: 1, opportunities: 1) { sandbox in
      let base = sandbox.text(sandbox.partnerCenter["webhook_url"])
      #expect(try CallbackCertificates.shared.get().document(certificate).status == expected)
      // This client follows redirects by itself.
      if certificate != .redirect {
        let answer = try await sandbox.send("GET", "\(base)/certificates/\(certificate.rawValue).cer")
        #expect(answer.status == expected)
      }
      #expect(try await sandbox.send("GET", base + "/certificates/none.cer").status == 404)
    }
  }

  @Test("S23: callbacks name the certificate that was chosen, and come in the order that was chosen")
  func chosen() async throws {
    try await CallbackListener.run { listener in
      try await LiveSandbox.run { sandbox in
        let token = try await sandbox.partnerToken(audience: "https://api.partnercenter.microsoft.com")
        try await sandbox.set(
          "partner-center",
          ["webhook_delivery": "manual", "webhook_order": "reversed", "webhook_certificate": "self-signed"])
        let hooks = sandbox.text(sandbox.partnerCenter["webhook_url"]) + "/webhooks/v1/registration"
        let wish: JSONValue = ["WebhookUrl": .string(listener.url), "WebhookEvents": ["referral-created"]]
        #expect(try await sandbox.send("POST", hooks, wish, token: token).status == 200)
        for name in ["first", "second"] {
          let made: JSONValue = ["side": "partner-center", "set": ["name": .string(name)]]
          _ = try await sandbox.send("POST", sandbox.control + "/edit", made)
        }
        let shown = try await sandbox.send("POST", sandbox.control + "/webhooks", ["deliver": true]).json["events"]
        let calls = await listener.calls
        #expect(calls.count == 2)
        #expect(
          calls.map { $0.json["ResourceUri"].string }
            == [shown[1]["event"]["ResourceUri"].string, shown[0]["event"]["ResourceUri"].string])
        #expect(
          calls.allSatisfy { $0.headers["x-ms-certificate-url"]?.hasSuffix("/certificates/self-signed.cer") == true })
      }
    }
  }
}
