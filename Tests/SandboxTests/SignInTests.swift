import CryptoExtras
import Foundation
import Testing

@testable import Sandbox

@Suite struct SignInTests {
  @Test func signInToPartnerCenterChecksSecretTokenScopeAndTenant() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let url = sandbox.partnerTokenURL
      let good = try await sandbox.send("POST", url, .string(sandbox.partnerForm()))
      #expect(good.status == 200)
      #expect(good.json["expires_in"].int == 3600)
      let cases: [(String, Int, String)] = [
        (sandbox.partnerForm(secret: "wrong"), 401, "invalid_client"),
        (sandbox.partnerForm(refresh: "wrong"), 400, "invalid_grant"),
        (sandbox.partnerForm(audience: "https://graph.microsoft.com"), 400, "invalid_scope"),
        (sandbox.partnerForm().replacing("refresh_token&", with: "password&"), 400, "unsupported_grant_type"),
      ]
      for (form, status, code) in cases {
        let answer = try await sandbox.send("POST", url, .string(form))
        #expect(answer.status == status, "\(code)")
        #expect(answer.code == code)
        #expect(answer.json["error_description"].string?.hasPrefix("AADSTS") == true)
      }
      let foreign = url.replacing(Identity.tenant, with: "11111111-2222-3333-4444-555555555555")
      #expect(try await sandbox.send("POST", foreign, .string(sandbox.partnerForm())).status == 400)
    }
  }

  @Test func firstTokenEndpointAnswersNumbersAsText() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let url = sandbox.partnerTokenURL.replacing("/v2.0", with: "")
      let form = sandbox.partnerForm().replacing("scope=", with: "resource=").replacing("/.default", with: "")
      let answer = try await sandbox.send("POST", url, .string(form))
      for name in ["expires_in", "ext_expires_in", "expires_on", "not_before"] {
        #expect(Int(answer.json[name].string ?? "") != nil, "\(name)")
      }
      #expect(answer.json["expires_in"] == "3600")
      #expect(answer.json["resource"] == "https://api.partner.microsoft.com")
      let rotated = try #require(answer.json["refresh_token"].string)
      #expect(rotated != sandbox.text(sandbox.partnerCenter["refresh_token"]))
      _ = try await sandbox.partnerToken(refresh: rotated)
    }
  }

  @Test("S1: each of the two audiences opens its own host only, and a token ends with its hour")
  func audiences() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.partnerToken()
      let other = try await sandbox.partnerToken(audience: "https://api.partnercenter.microsoft.com")
      let hooks = sandbox.text(sandbox.partnerCenter["webhook_url"]) + "/webhooks/v1/registration/events"
      let table: [(String, String?, Int)] = [
        (sandbox.referrals, token, 200), (sandbox.referrals, other, 401), (sandbox.referrals, nil, 401),
        (sandbox.referrals, "forged", 401), (hooks, other, 200), (hooks, token, 401),
      ]
      for (url, token, status) in table {
        #expect(try await sandbox.send("GET", url, token: token).status == status, "\(url)")
      }
      _ = try await sandbox.send("POST", sandbox.control + "/clock", ["advance_seconds": 3601])
      let late = try await sandbox.send("GET", sandbox.referrals, token: token)
      #expect(late.status == 401)
      #expect(late.code == "unauthenticated")
      #expect(late.headers["www-authenticate"] == "Bearer")
    }
  }

  /// What is signed in with in turn: the first token, or the one answered last.
  enum Use: Sendable { case first, last, lastButOne }

  @Test(
    "Refresh tokens are kept, rotated or revoked by a switch",
    arguments: [
      ("keep", [.first, .first, .last], [200, 200, 200]),
      ("rotate", [.first, .first, .last, .lastButOne, .first], [200, 200, 200, 200, 200]),
      ("rotate-until-used", [.first, .first, .last, .first], [200, 200, 200, 400]),
      ("rotate-and-revoke", [.first, .first, .last, .last, .lastButOne], [200, 400, 200, 200, 400]),
    ] as [(String, [Use], [Int])])
  func refreshTokens(mode: String, uses: [Use], statuses: [Int]) async throws {
    try await LiveSandbox.run(referrals: 1, opportunities: 1) { sandbox in
      try await sandbox.set("partner-center", ["refresh_tokens": .string(mode)])
      let first = sandbox.text(sandbox.partnerCenter["refresh_token"])
      var tokens = [first]
      var found: [Int] = []
      for use in uses {
        let token: String
        switch use {
        case .first: token = first
        case .last: token = tokens[tokens.count - 1]
        case .lastButOne: token = tokens[tokens.count - 2]
        }
        let form = JSONValue.string(sandbox.partnerForm(refresh: token))
        let answer = try await sandbox.send("POST", sandbox.partnerTokenURL, form)
        found.append(answer.status)
        if let next = answer.json["refresh_token"].string {
          #expect((next == token) == (mode == "keep"))
          tokens.append(next)
        } else {
          #expect(answer.json["error_codes"] == [50173])
        }
      }
      #expect(found == statuses)
    }
  }

  @Test("A refresh token that nobody uses for ninety days is over")
  func refreshTokensAge() async throws {
    try await LiveSandbox.run(referrals: 1, opportunities: 1) { sandbox in
      let form = JSONValue.string(sandbox.partnerForm())
      for _ in 0..<2 {
        _ = try await sandbox.send("POST", sandbox.control + "/clock", ["advance_seconds": .int(89 * 86400)])
        #expect(try await sandbox.send("POST", sandbox.partnerTokenURL, form).status == 200)
      }
      _ = try await sandbox.send("POST", sandbox.control + "/clock", ["advance_seconds": .int(91 * 86400)])
      let late = try await sandbox.send(
        "POST", sandbox.partnerTokenURL, form, headers: ["client-request-id": "11111111-2222-4333-8444-555555555501"])
      #expect(late.status == 400)
      #expect(late.code == "invalid_grant")
      #expect(late.json["error_codes"] == [700082])
      #expect(late.json["correlation_id"] == "11111111-2222-4333-8444-555555555501")
      #expect(late.json["timestamp"].string?.hasSuffix("Z") == true)
      #expect(late.json["trace_id"].string?.count == 36)
      let text = try #require(late.json["error_description"].string)
      #expect(text.hasPrefix("AADSTS700082: ") && text.contains("Correlation ID: 11111111"))
    }
  }

  @Test func assertionsAreReallyVerified() async throws {
    let foreign = try _RSA.Signing.PrivateKey(keySize: .bits2048).pemRepresentation
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let past = Int(Date().timeIntervalSince1970) - 60
      let cases: [(String, Int, String?)] = [
        (try sandbox.assertion(), 200, nil),
        (try sandbox.assertion(["exp": .string("\(past + 120)")]), 200, nil),
        (try sandbox.assertion(["aud": "https://test.salesforce.com"]), 200, nil),
        (try sandbox.assertion(key: foreign), 400, "invalid_grant"),
        (try sandbox.assertion(["exp": .int(past)]), 400, "invalid_grant"),
        (try sandbox.assertion(["aud": "https://example.com"]), 400, "invalid_grant"),
        (try sandbox.assertion(["sub": "someone@example.com"]), 400, "invalid_grant"),
        (try sandbox.assertion(["iss": "unknown"]), 400, "invalid_client_id"),
        ("not.an.assertion", 400, "invalid_grant"),
      ]
      let url = sandbox.text(sandbox.salesforce["login_url"]) + "/services/oauth2/token"
      for (index, (assertion, status, code)) in cases.enumerated() {
        let grant = "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer"
        let answer = try await sandbox.send("POST", url, .string("grant_type=\(grant)&assertion=\(assertion)"))
        #expect(answer.status == status, "case \(index)")
        #expect(answer.code == code, "case \(index)")
        if status == 200 {
          let keys = Set(answer.json.object?.keys ?? [])
          #expect(keys == ["access_token", "scope", "instance_url", "id", "token_type"])
        }
      }
    }
  }

  @Test func sessionsSlideAndEnd() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let clock = sandbox.control + "/clock"
      for _ in 0..<3 {
        _ = try await sandbox.send("POST", clock, ["advance_seconds": 7000])
        #expect(try await sandbox.send("GET", sandbox.data + "/limits", token: token).status == 200)
      }
      _ = try await sandbox.send("POST", clock, ["advance_seconds": 7201])
      let late = try await sandbox.send("GET", sandbox.data + "/limits", token: token)
      #expect(late.status == 401)
      #expect(late.code == "INVALID_SESSION_ID")
    }
  }

  @Test func refreshTokenAndWrongSecretOfSalesforce() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let url = sandbox.text(sandbox.salesforce["login_url"]) + "/services/oauth2/token"
      let client = "client_id=\(sandbox.text(sandbox.salesforce["client_id"]))"
      let refresh = Identity(seed: 1, privateKey: "").salesforceRefresh
      let table: [(String, Int, String?)] = [
        ("grant_type=refresh_token&\(client)&refresh_token=\(refresh)", 200, nil),
        ("grant_type=refresh_token&\(client)&refresh_token=old", 400, "invalid_grant"),
        ("grant_type=client_credentials&\(client)&client_secret=wrong", 400, "invalid_client"),
        ("grant_type=password&\(client)", 400, "unsupported_grant_type"),
      ]
      for (form, status, code) in table {
        let answer = try await sandbox.send("POST", url, .string(form))
        #expect(answer.status == status, "\(form)")
        #expect(answer.code == code, "\(form)")
      }
    }
  }
}
