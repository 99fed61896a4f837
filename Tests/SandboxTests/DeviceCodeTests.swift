import Foundation
import Testing

@testable import Sandbox

@Suite("The sandbox's device codes")
struct DeviceCodeTests {
  /// Asks for a code, or by one for a token.
  static func ask(
    _ sandbox: LiveSandbox, _ deviceCode: String? = nil, scope: String = "https://api.partner.microsoft.com/.default",
    endpoint: String? = nil, secret: String? = nil, _ replaced: (String, String) = ("", "")
  ) async throws -> Answer {
    let client = "client_id=\(sandbox.text(sandbox.partnerCenter["client_id"]))"
    let url = sandbox.partnerTokenURL
    var form = "\(client)&scope=\(scope)%20offline_access"
    if let deviceCode {
      form =
        "\(client)&grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=\(deviceCode)"
        + "&client_secret=\(secret ?? sandbox.text(sandbox.partnerCenter["client_secret"]))"
    }
    if !replaced.0.isEmpty { form = form.replacing(replaced.0, with: replaced.1) }
    let target = endpoint ?? (deviceCode == nil ? url.replacing("v2.0/token", with: "v2.0/devicecode") : url)
    return try await sandbox.send("POST", target, .string(form))
  }

  static func decide(_ sandbox: LiveSandbox, _ body: JSONValue) async throws -> Answer {
    try await sandbox.send("POST", sandbox.control + "/device", body)
  }

  @Test("A code waits, is approved, and gives tokens once")
  func approved() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let code = try await Self.ask(sandbox)
      #expect(code.status == 200)
      #expect(
        code.json.object?.keys
          == ["user_code", "device_code", "verification_uri", "expires_in", "interval", "message"])
      let device = sandbox.text(code.json["device_code"])
      let user = sandbox.text(code.json["user_code"])
      #expect(user.count == 9)
      #expect(code.json["expires_in"] == 900 && code.json["interval"] == 5)
      let page = try await sandbox.send("GET", sandbox.text(code.json["verification_uri"]))
      #expect(page.status == 200)
      let early = try await Self.ask(sandbox, device)
      #expect(early.status == 400 && early.code == "authorization_pending")
      #expect(early.json["error_codes"] == [70016])
      let shown = try await Self.decide(sandbox, ["user_code": .string(user.lowercased()), "action": "approve"])
      #expect(shown.json["codes"].array?.first?["state"] == "approved")
      let tokens = try await Self.ask(sandbox, device)
      #expect(tokens.status == 200)
      let list = try await sandbox.send(
        "GET", sandbox.referrals + "?$top=1", token: sandbox.text(tokens.json["access_token"]))
      #expect(list.status == 200)
      _ = try await sandbox.partnerToken(refresh: sandbox.text(tokens.json["refresh_token"]))
      let again = try await Self.ask(sandbox, device)
      #expect(again.code == "invalid_grant" && again.json["error_codes"] == [70000])
    }
  }

  @Test(
    "A person decides, or the clock does",
    arguments: [
      ("deny", "authorization_declined", 65004), ("expire", "expired_token", 70020), ("slow_down", "slow_down", 70016),
      ("clock", "expired_token", 70020),
    ])
  func decided(action: String, error: String, number: Int) async throws {
    try await LiveSandbox.run(referrals: 1, opportunities: 1) { sandbox in
      let device = sandbox.text(try await Self.ask(sandbox).json["device_code"])
      if action == "clock" {
        _ = try await sandbox.send("POST", sandbox.control + "/clock", ["advance_seconds": 901])
      } else {
        #expect(try await Self.decide(sandbox, ["action": .string(action)]).status == 200)
      }
      let answer = try await Self.ask(sandbox, device)
      #expect(answer.status == 400 && answer.code == error)
      #expect(answer.json["error_codes"] == [.int(number)])
      // Too soon is too soon once; the others are for good.
      let next = try await Self.ask(sandbox, device)
      #expect(next.code == (action == "slow_down" ? "authorization_pending" : error))
    }
  }

  @Test("A switch decides in everybody's place", arguments: [("approve", 200), ("deny", 400), ("wait", 400)])
  func switched(decision: String, status: Int) async throws {
    try await LiveSandbox.run(referrals: 1, opportunities: 1) { sandbox in
      try await sandbox.set("partner-center", ["device_codes": .string(decision), "device_interval": 1])
      let code = try await Self.ask(sandbox)
      #expect(code.json["interval"] == 1)
      #expect(try await Self.ask(sandbox, sandbox.text(code.json["device_code"])).status == status)
    }
  }

  @Test("A Referrals user's code gives a token that sees less")
  func restricted() async throws {
    try await LiveSandbox.run(referrals: 40, opportunities: 1) { sandbox in
      var seen: [Int] = []
      for principal in ["admin", "user"] {
        let device = sandbox.text(try await Self.ask(sandbox).json["device_code"])
        _ = try await Self.decide(sandbox, ["action": "approve", "as": .string(principal)])
        let token = sandbox.text(try await Self.ask(sandbox, device).json["access_token"])
        let list = try await sandbox.send("GET", sandbox.referrals + "?$count=true", token: token)
        seen.append(list.json["@odata.count"].int ?? 0)
      }
      #expect(seen[0] > seen[1])
    }
  }

  @Test("Without offline_access there is no refresh token")
  func online() async throws {
    try await LiveSandbox.run(referrals: 1, opportunities: 1) { sandbox in
      try await sandbox.set("partner-center", ["device_codes": "approve"])
      let code = try await Self.ask(sandbox, nil, ("%20offline_access", ""))
      let tokens = try await Self.ask(sandbox, sandbox.text(code.json["device_code"]))
      #expect(tokens.status == 200 && tokens.json["refresh_token"].isNull)
    }
  }

  @Test("The first version of the endpoint writes numbers as texts")
  func firstVersion() async throws {
    try await LiveSandbox.run(referrals: 1, opportunities: 1) { sandbox in
      let url = sandbox.partnerTokenURL.replacing("v2.0/token", with: "devicecode")
      let code = try await Self.ask(sandbox, nil, endpoint: url, ("scope=", "resource="))
      #expect(code.status == 400)
      let plain = try await sandbox.send(
        "POST", url,
        .string(
          "client_id=\(sandbox.text(sandbox.partnerCenter["client_id"]))&resource=https://api.partner.microsoft.com"))
      #expect(plain.json["expires_in"] == "900" && plain.json["verification_url"].string != nil)
    }
  }

  @Test("What is wrong with the app or the code is refused as the service does")
  func refused() async throws {
    try await LiveSandbox.run(referrals: 1, opportunities: 1) { sandbox in
      let unknownApp = try await Self.ask(sandbox, nil, ("client_id=", "client_id=x"))
      #expect(unknownApp.status == 400 && unknownApp.code == "unauthorized_client")
      let device = sandbox.text(try await Self.ask(sandbox).json["device_code"])
      let wrong = try await Self.ask(sandbox, device, secret: "wrong")
      #expect(wrong.status == 401 && wrong.json["error_codes"] == [7_000_215])
      let missing = try await Self.ask(sandbox, device, secret: "")
      #expect(missing.status == 401 && missing.json["error_codes"] == [7_000_218])
      #expect(try await Self.ask(sandbox, "unknown").code == "bad_verification_code")
      for body: JSONValue in [
        ["action": "shrug"], ["user_code": "NOTHERE", "action": "approve"], ["action": "approve", "as": "x"],
      ] {
        #expect([400, 404].contains(try await Self.decide(sandbox, body).status), "\(body)")
      }
    }
  }
}
