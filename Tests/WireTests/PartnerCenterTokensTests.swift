import Foundation
import JSON
import Model
import Testing
import Wire

@Suite("Signing in to Partner Center")
struct PartnerCenterTokensTests {
  static let refresh = "0.AXrefresh-token-canary-1"
  static let secret = "client-secret-canary-1"

  struct Rig {
    let scripted: ScriptedTransport
    let clock = TestClock()
    let tokens: PartnerCenterTokens
    let kept = Kept()

    init(_ answers: [ScriptedTransport.Answer], persist: ((Secret) throws -> Void)? = nil) throws {
      scripted = ScriptedTransport(answers)
      let kept = kept
      tokens = try PartnerCenterTokens(
        .init(
          urls: (api: "https://api.partner.microsoft.com", login: "https://login.microsoftonline.com/"),
          tenant: "11111111-2222-4333-8444-555555555555", client: (id: "app", secret: Secret(secret)),
          refreshToken: Secret(refresh)),
        transport: RetryingTransport(scripted, pacing: clock.pacing), redaction: Redaction(),
        persist: persist ?? { kept.secrets.append($0) })
    }

    final class Kept {
      var secrets: [Secret] = []
    }

    func form(_ index: Int) -> String { String(decoding: scripted.sent[index].body ?? [], as: UTF8.self) }
  }

  static func answer(_ token: String, expires: String = "3600", refresh: String? = nil) -> ScriptedTransport.Answer {
    let rotated = refresh.map { #","refresh_token":"\#($0)""# } ?? ""
    return .json(200, #"{"token_type":"Bearer","expires_in":\#(expires),"access_token":"\#(token)"\#(rotated)}"#)
  }

  @Test("R121: the refresh token is exchanged at the tenant's v2 endpoint")
  func request() throws {
    let rig = try Rig([Self.answer("one")])
    let grant = try rig.tokens.grant()
    #expect(grant.token == Secret("one"))
    #expect(grant.origin == "https://api.partner.microsoft.com")
    #expect(
      rig.scripted.sent[0].url
        == "https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555/oauth2/v2.0/token")
    #expect(
      rig.form(0) == "grant_type=refresh_token&client_id=app&refresh_token=\(Self.refresh)"
        + "&scope=https%3A%2F%2Fapi.partner.microsoft.com%2F.default%20offline_access&client_secret=\(Self.secret)")
  }

  @Test("A token is used until shortly before it ends", arguments: ["3600", #""3600""#])
  func lifetime(expires: String) throws {
    let rig = try Rig([Self.answer("one", expires: expires), Self.answer("two")])
    #expect(try rig.tokens.grant().token == Secret("one"))
    rig.clock.advance(3400)
    #expect(try rig.tokens.grant().token == Secret("one"))
    rig.clock.advance(100)
    #expect(try rig.tokens.grant().token == Secret("two"))
    #expect(rig.scripted.sent.count == 2)
  }

  @Test("A rotated refresh token is kept before it is used")
  func rotation() throws {
    let rig = try Rig([Self.answer("one", refresh: "0.AXrotated-token"), Self.answer("two")])
    _ = try rig.tokens.grant()
    #expect(rig.kept.secrets == [Secret("0.AXrotated-token")])
    _ = try rig.tokens.renew()
    #expect(rig.form(1).contains("refresh_token=0.AXrotated-token"))
  }

  @Test("A rotated refresh token that cannot be kept is a failure")
  func rotationUnkept() throws {
    struct ReadOnly: Error {}
    let rig = try Rig([Self.answer("one", refresh: "0.AXrotated-token")], persist: { _ in throw ReadOnly() })
    let error = #expect(throws: Failure.self) { try rig.tokens.grant() }
    #expect(error?.code == .secretUnwritable)
  }

  @Test("One refresh token serves both audiences, and a replaced one serves the other audience, too")
  func audiences() throws {
    let rig = try Rig([
      Self.answer("one", refresh: "0.AXrotated-token"), Self.answer("two"), Self.answer("three"),
    ])
    #expect(try rig.tokens.grant() == Grant(token: Secret("one"), origin: "https://api.partner.microsoft.com"))
    let webhooks = rig.tokens.signIn(for: .webhooks)
    let grant = Grant(token: Secret("two"), origin: "https://api.partnercenter.microsoft.com")
    #expect(try webhooks.grant() == grant)
    #expect(rig.form(1).contains("refresh_token=0.AXrotated-token"))
    #expect(rig.form(1).contains("scope=https%3A%2F%2Fapi.partnercenter.microsoft.com%2F.default%20offline_access"))
    // Each keeps its own token, and a refused one costs the other nothing.
    #expect(try rig.tokens.signIn(for: .referrals).grant().token == Secret("one"))
    #expect(try webhooks.renew().token == Secret("three"))
    #expect(try rig.tokens.grant().token == Secret("one"))
    #expect(rig.scripted.sent.count == 3)
  }

  static let refusals: [(ScriptedTransport.Answer, Code)] = [
    (
      .json(400, #"{"error":"invalid_grant","error_description":"AADSTS700082: \#(refresh) expired \#(secret)"}"#),
      .signInRefused
    ),
    (.json(401, #"{"error":"invalid_client"}"#), .signInRefused),
    (.status(401, body: "<html>"), .signInRefused),
    (.json(200, "{}"), .malformedAnswer),
    (.status(200, [("Content-Type", "text/html")], body: "<html>"), .malformedAnswer),
    (.status(503), .serviceFailed),
    (.status(429), .throttled),
    (.fault(.timedOut), .timedOut),
  ]

  @Test("R121: a refusal has its own code, says what to do, and shows no secret", arguments: refusals)
  func refused(answer: ScriptedTransport.Answer, code: Code) throws {
    let rig = try Rig([answer])
    let error = #expect(throws: Failure.self) { try rig.tokens.grant() }
    #expect(error?.code == code)
    let text = error?.description ?? ""
    #expect(text.contains("Partner Center"))
    #expect(!text.contains("canary"))
    #expect((error?.fix != nil) == (code == .signInRefused))
  }

  @Test("Plain http is refused before anything is sent")
  func plainHTTP() {
    let error = #expect(throws: Failure.self) {
      try PartnerCenterTokens(
        .init(
          urls: (api: "https://api.example", login: "http://login.example"), tenant: "t",
          client: (id: "app", secret: Secret("")), refreshToken: Secret("x")),
        transport: RetryingTransport(ScriptedTransport([])), redaction: Redaction(), persist: { _ in })
    }
    #expect(error?.code == .plainHTTP)
  }
}
