import Foundation
import Testing

@testable import Sandbox

@Suite struct SessionTests {
  private func refresh(_ sandbox: LiveSandbox, _ token: String) async throws -> Answer {
    let form =
      "grant_type=refresh_token&client_id=\(sandbox.text(sandbox.salesforce["client_id"]))&refresh_token=\(token)"
    let url = sandbox.text(sandbox.salesforce["login_url"]) + "/services/oauth2/token"
    return try await sandbox.send("POST", url, .string(form))
  }

  @Test("A rotated refresh token ends the one before it once it was used itself")
  func rotation() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let first = Identity(seed: 1, privateKey: "").salesforceRefresh
      #expect(try await refresh(sandbox, first).json["refresh_token"].isNull)
      try await sandbox.set(("rotate_refresh_tokens", true))
      let second = sandbox.text(try await refresh(sandbox, first).json["refresh_token"])
      #expect(second != first)
      let again = try await refresh(sandbox, first)
      #expect(again.json["refresh_token"].string == second, "a lost answer locks nobody out")
      let third = sandbox.text(try await refresh(sandbox, second).json["refresh_token"])
      let over = try await refresh(sandbox, first)
      #expect(over.status == 400)
      #expect(over.json == ["error": "invalid_grant", "error_description": "expired access/refresh token"])
      #expect(over.headers["cache-control"] == "no-store")
      #expect(try await refresh(sandbox, third).status == 200)
      #expect(try await refresh(sandbox, third + "x").code == "invalid_grant")
    }
  }

  @Test("Revocation ends a session, or all of them with the refresh token")
  func revocation() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let url = sandbox.text(sandbox.salesforce["login_url"]) + "/services/oauth2/revoke"
      let (one, two) = (try await sandbox.session(), try await sandbox.session())
      #expect(try await sandbox.send("POST", url, .string("token=\(one)")).status == 200)
      #expect(try await sandbox.call("GET", "/limits", nil, one).status == 401)
      #expect(try await sandbox.call("GET", "/limits", nil, two).status == 200)
      let refresh = Identity(seed: 1, privateKey: "").salesforceRefresh
      #expect(try await sandbox.send("POST", url, .string("token=\(refresh)")).status == 200)
      #expect(try await sandbox.call("GET", "/limits", nil, two).status == 401)
      #expect(try await self.refresh(sandbox, refresh).code == "invalid_grant")
      #expect(try await sandbox.send("POST", url, .string("token=unknown")).code == "invalid_token")
    }
  }

  @Test("Identity and user info tell of the user of a session")
  func identity() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let origin = sandbox.text(sandbox.salesforce["instance_url"])
      let info = try await sandbox.send("GET", origin + "/services/oauth2/userinfo", token: token)
      let needed: Set<String> = [
        "user_id", "name", "email", "organization_id", "sub", "email_verified", "given_name", "family_name",
        "zoneinfo", "photos", "profile", "picture", "address", "urls", "active", "user_type", "language", "locale",
        "utcOffset", "updated_at", "preferred_username",
      ]
      #expect(needed.isSubset(of: info.json.object?.keys ?? []))
      let who = try await sandbox.send("GET", sandbox.text(info.json["sub"]), token: token)
      #expect(who.json["username"] == sandbox.salesforce["username"])
      let stranger = try await sandbox.send("GET", sandbox.text(info.json["sub"]))
      #expect(stranger.status == 403)
      #expect(stranger.text == "Bad_OAuth_Token")
      let versions = try await sandbox.send("GET", sandbox.data + "/", token: token)
      #expect(versions.json["identity"] == info.json["sub"])
    }
  }

  @Test("Sessions end after the org's time, and some refusals are not worth a new one")
  func sessions() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      try await sandbox.set(("session_seconds", 60))
      let token = try await sandbox.session()
      _ = try await sandbox.send("POST", sandbox.control + "/clock", ["advance_seconds": 61])
      #expect(try await sandbox.call("GET", "/limits", nil, token).code == "INVALID_SESSION_ID")
      let fresh = try await sandbox.session()
      let texts = [
        "none": nil, "not_for_rest": "This session is not valid for use with the REST API",
        "not_attached_to_agent": "Connected app is not attached to Agent",
      ]
      for (name, text) in texts {
        try await sandbox.set(("session_refusal", .string(name)))
        let answer = try await sandbox.call("GET", "/limits", nil, fresh)
        #expect(answer.status == (text == nil ? 200 : 401))
        #expect(answer.json[0]["message"].string == text)
      }
    }
  }

  @Test("A sign-in can be refused for good", arguments: ["inactive_user", "inactive_org", "invalid_app_access"])
  func refusals(code: String) async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      try await sandbox.set(("sign_in_refusal", .string(code)))
      let grant = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion="
      let url = sandbox.text(sandbox.salesforce["login_url"]) + "/services/oauth2/token"
      let answer = try await sandbox.send("POST", url, .string(grant + (try sandbox.assertion())))
      #expect(answer.status == 400)
      #expect(answer.code == code)
    }
  }
}
