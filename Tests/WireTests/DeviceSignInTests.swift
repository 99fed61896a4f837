import Foundation
import JSON
import Model
import Testing

@testable import Wire

@Suite("Signing in by a device code")
struct DeviceSignInTests {
  typealias Answer = ScriptedTransport.Answer

  static let secret = "client-secret-canary-1"
  static let deviceCode = "DAQdevice-code-canary-1"

  static let code = Answer.json(
    200,
    """
    {"user_code":"A9BXL4CHN","device_code":"\(deviceCode)","verification_uri":"https://microsoft.com/devicelogin",\
    "expires_in":900,"interval":5,"message":"To sign in, use a web browser"}
    """)

  static let tokens = Answer.json(
    200,
    #"{"token_type":"Bearer","expires_in":3600,"access_token":"eyJ0eXAi.canary","refresh_token":"0.AXnew-token-canary"}"#
  )

  static func refusal(_ error: String, _ number: Int = 70016, status: Int = 400) -> Answer {
    .json(status, #"{"error":"\#(error)","error_description":"AADSTS\#(number): \#(deviceCode) \#(secret)"}"#)
  }

  struct Rig {
    let scripted: ScriptedTransport
    let clock = TestClock()
    let signIn: DeviceSignIn

    init(_ answers: [Answer], secret: String = DeviceSignInTests.secret) throws {
      scripted = ScriptedTransport(answers)
      signIn = try DeviceSignIn(
        .init(
          loginURL: "https://login.microsoftonline.com/", tenant: "contoso.example", clientID: "app",
          clientSecret: Secret(secret)),
        transport: RetryingTransport(scripted, pacing: clock.pacing), redaction: Redaction())
    }

    func form(_ index: Int) -> String { String(decoding: scripted.sent[index].body ?? [], as: UTF8.self) }

    /// The whole way, as long as nobody stops it.
    func run() throws -> Secret? { try signIn.wait(for: signIn.begin()) { true } }
  }

  @Test("RFC 8628: a code is asked for, and then a token by it, at the tenant's v2 endpoints")
  func requests() throws {
    let rig = try Rig([Self.code, Self.refusal("authorization_pending"), Self.tokens])
    #expect(try rig.run() == Secret("0.AXnew-token-canary"))
    let base = "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/"
    #expect(rig.scripted.sent.map(\.url) == [base + "devicecode", base + "token", base + "token"])
    #expect(
      rig.form(0) == "client_id=app&scope=https%3A%2F%2Fapi.partner.microsoft.com%2F.default%20offline_access")
    #expect(
      rig.form(2) == "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&client_id=app"
        + "&device_code=\(Self.deviceCode)&client_secret=\(Self.secret)")
  }

  @Test("A public client sends no secret")
  func publicClient() throws {
    let rig = try Rig([Self.code, Self.tokens], secret: "")
    _ = try rig.run()
    #expect(!rig.form(1).contains("client_secret"))
  }

  @Test(
    "It is asked every interval, and five seconds more seldom each time that was too soon",
    arguments: [
      ([], 5), (["authorization_pending"], 10), (["slow_down"], 15), (["slow_down", "authorization_pending"], 25),
      (["slow_down", "slow_down"], 30),
    ] as [([String], Double)])
  func interval(refusals: [String], seconds: Double) throws {
    let rig = try Rig([Self.code] + refusals.map { Self.refusal($0) } + [Self.tokens])
    let start = rig.clock.now
    _ = try rig.run()
    #expect(abs(rig.clock.now.timeIntervalSince(start) - seconds) < 0.001)
  }

  /// What ends a sign-in, with code and fix.
  static let endings: [(Answer, Code, String?)] = [
    (
      refusal("expired_token", 70020), .codeExpired,
      "run `reconcile login partner-center` again and enter the new code"
    ),
    (
      refusal("authorization_declined", 65004), .signInDeclined,
      "run `reconcile login partner-center` again and approve it as the user who has the role Referrals admin"
    ),
    (
      refusal("access_denied"), .signInDeclined,
      "run `reconcile login partner-center` again and approve it as the user who has the role Referrals admin"
    ),
    (
      refusal("invalid_client", 7_000_215, status: 401), .applicationRefused,
      "in the Microsoft Entra admin center, App registrations > the app > Certificates & secrets: make a new client "
        + "secret and store its value, not its id, where `partner_center.client_secret` says"
    ),
    (
      refusal("invalid_client", 7_000_218, status: 401), .applicationRefused,
      "in the Microsoft Entra admin center, App registrations > the app > Authentication: set *Allow public client "
        + "flows* to Yes, or store a client secret where `partner_center.client_secret` says"
    ),
    (
      refusal("unauthorized_client", 700_016), .applicationRefused,
      "put the application (client) id into `partner_center.client_id`; the app must be registered in the directory "
        + "that `partner_center.tenant` names"
    ),
    (refusal("bad_verification_code"), .signInRefused, "sign in afresh: `reconcile login partner-center`"),
    (
      refusal("invalid_grant", 53003), .signInRefused,
      "a conditional access policy stands in the way: sign in with the method that it asks for, or have an "
        + "administrator let this app use the device code flow"
    ),
    (
      .json(200, #"{"access_token":"eyJ0eXAi.canary"}"#), .refreshTokenMissing,
      "in the Microsoft Entra admin center, App registrations > the app > API permissions: add `offline_access` of "
        + "Microsoft Graph, grant admin consent, then sign in again"
    ),
    (.json(200, "{}"), .malformedAnswer, nil), (.status(503), .serviceFailed, nil), (.status(429), .throttled, nil),
    (.fault(.timedOut), .timedOut, nil),
  ]

  @Test("Each ending has its code and its fix, and shows no secret", arguments: endings)
  func ending(answer: Answer, code: Code, fix: String?) throws {
    let rig = try Rig([Self.code, answer])
    let failure = try #require(throws: Failure.self) { try rig.run() }
    #expect(failure.code == code)
    #expect(failure.fix == fix)
    #expect(!failure.description.contains("canary"), "\(failure)")
  }

  @Test("The wish for a code can be refused as well", arguments: ["unauthorized_client", "invalid_client"])
  func refusedAtOnce(error: String) throws {
    let rig = try Rig([Self.refusal(error, 700_016)])
    let failure = try #require(throws: Failure.self) { try rig.signIn.begin() }
    #expect(failure.code == .applicationRefused)
    #expect(rig.scripted.sent.count == 1)
  }

  @Test("A code that nobody decides on ends with its own time, whatever the service says")
  func timeIsUp() throws {
    let rig = try Rig([Self.code, Self.refusal("authorization_pending")])
    let failure = try #require(throws: Failure.self) { try rig.run() }
    #expect(failure.code == .codeExpired)
    // Every five seconds up to the 895th, then the code is over.
    #expect(rig.scripted.sent.count == 1 + 179)
  }

  @Test("Whoever stops it stops it within a fraction of a second, and nothing comes of it")
  func stopped() throws {
    let rig = try Rig([Self.code, Self.refusal("authorization_pending")])
    let code = try rig.signIn.begin()
    let start = rig.clock.now
    #expect(try rig.signIn.wait(for: code) { rig.clock.now.timeIntervalSince(start) < 7 } == nil)
    #expect(rig.clock.now.timeIntervalSince(start) < 7.5)
    #expect(rig.scripted.sent.count == 2)
  }

  static let answers: [(String, Bool)] = [
    (#"{"user_code":"A-1","device_code":"d","verification_uri":"https://a.example","expires_in":900}"#, true),
    (#"{"user_code":"A1","device_code":"d","verification_url":"https://a.example","expires_in":"900"}"#, true),
    (#"{"user_code":"A1","device_code":"d","verification_uri":"http://127.0.0.1/x","expires_in":9}"#, true),
    (#"{"user_code":"A1","device_code":"d","verification_uri":"http://a.example","expires_in":900}"#, false),
    (#"{"user_code":"A1","device_code":"d","verification_uri":"nowhere","expires_in":900}"#, false),
    (#"{"user_code":"A1\u001b[2J","device_code":"d","verification_uri":"https://a.example","expires_in":9}"#, false),
    (#"{"user_code":"","device_code":"d","verification_uri":"https://a.example","expires_in":900}"#, false),
    (#"{"user_code":"A1","device_code":"","verification_uri":"https://a.example","expires_in":900}"#, false),
    (#"{"user_code":"A1","device_code":"d","verification_uri":"https://a.example"}"#, false),
    (#"{"user_code":"A1","device_code":"d","verification_uri":"https://a.example","expires_in":-1}"#, false),
  ]

  @Test("A code that no person could follow, or that would do something to a terminal, is refused", arguments: answers)
  func codes(answer: String, isGood: Bool) throws {
    let rig = try Rig([.json(200, answer)])
    do {
      let code = try rig.signIn.begin()
      #expect(isGood)
      #expect(code.interval == 5)
    } catch {
      #expect(!isGood)
      #expect(error.code == .malformedAnswer)
    }
  }

  @Test("Plain http is refused before anything is sent")
  func plainHTTP() {
    let error = #expect(throws: Failure.self) {
      try DeviceSignIn(
        .init(loginURL: "http://login.example", tenant: "t", clientID: "app", clientSecret: Secret("")),
        transport: RetryingTransport(ScriptedTransport([])), redaction: Redaction())
    }
    #expect(error?.code == .plainHTTP)
  }
}
