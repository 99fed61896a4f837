import Crypto
import CryptoExtras
import Foundation
import JSON
import Model
import Testing
import Wire

@Suite("Signing in to Salesforce")
struct SalesforceSessionTests {
  typealias Answer = ScriptedTransport.Answer

  static let granted: Answer = .json(
    200,
    #"{"access_token":"00Dxx0000001gPL!AR8","instance_url":"https://acme.my.salesforce.com","token_type":"Bearer"}"#)

  static func session(
    _ flow: SalesforceSession.Flow, _ scripted: ScriptedTransport, login: String = "https://login.salesforce.com",
    persist: @escaping (Secret) throws -> Void = { _ in }
  ) throws -> SalesforceSession {
    let transport = RetryingTransport(scripted, pacing: TestClock().pacing)
    return try SalesforceSession(
      loginURL: login, clientID: "app", flow: flow, wire: (transport, Redaction()), persist: persist)
  }

  static func form(_ request: Request) -> [String: String] {
    let text = String(decoding: request.body ?? [], as: UTF8.self)
    let pairs = text.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
    return Dictionary(uniqueKeysWithValues: pairs.map { ($0[0], $0[1].removingPercentEncoding ?? "") })
  }

  static let audiences: [(String, String)] = [
    ("https://login.salesforce.com", "https://login.salesforce.com"),
    ("https://test.salesforce.com/", "https://test.salesforce.com"),
    ("https://acme.my.salesforce.com", "https://login.salesforce.com"),
    ("https://acme--qa.sandbox.my.salesforce.com", "https://test.salesforce.com"),
    ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
  ]

  @Test("The statement of a JWT sign-in can be verified with the public key", arguments: audiences)
  func jwt(login: String, audience: String) throws {
    let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    let scripted = ScriptedTransport([Self.granted])
    let flow = SalesforceSession.Flow.jwt(
      username: "integration@example.com", privateKey: Secret(key.pemRepresentation))
    let grant = try Self.session(flow, scripted, login: login).grant()
    #expect(grant == Grant(token: Secret("00Dxx0000001gPL!AR8"), origin: "https://acme.my.salesforce.com"))

    let form = Self.form(scripted.sent[0])
    #expect(form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer")
    let parts = (form["assertion"] ?? "").split(separator: ".").map(String.init)
    try #require(parts.count == 3)
    let signature = _RSA.Signing.RSASignature(rawRepresentation: try Self.decoded(parts[2]))
    let digest = SHA256.hash(data: Data((parts[0] + "." + parts[1]).utf8))
    #expect(key.publicKey.isValidSignature(signature, for: digest, padding: .insecurePKCS1v1_5))
    let header = try JSONValue(parsing: Array(Self.decoded(parts[0])))
    #expect(header["alg"] == "RS256")
    let claims = try JSONValue(parsing: Array(Self.decoded(parts[1])))
    #expect(claims["iss"] == "app")
    #expect(claims["sub"] == "integration@example.com")
    #expect(claims["aud"]?.stringValue == audience)
    #expect(claims["exp"] == .number("1800000170"))
  }

  @Test("A key that is none is a failure that does not show it")
  func badKey() throws {
    let flow = SalesforceSession.Flow.jwt(username: "u", privateKey: Secret("-----BEGIN canary-----"))
    let error = #expect(throws: Failure.self) { try Self.session(flow, ScriptedTransport([])).grant() }
    #expect(error?.code == .secretUnreadable)
    #expect(error?.description.contains("canary") == false)
  }

  @Test("The app's own secret signs in")
  func clientCredentials() throws {
    let scripted = ScriptedTransport([Self.granted])
    _ = try Self.session(.clientCredentials(secret: Secret("s&s")), scripted).grant()
    #expect(
      Self.form(scripted.sent[0]) == ["grant_type": "client_credentials", "client_id": "app", "client_secret": "s&s"])
    #expect(scripted.sent[0].url == "https://login.salesforce.com/services/oauth2/token")
  }

  @Test("A refresh token that is replaced is kept, and the new one is used")
  func refreshToken() throws {
    let rotated = Answer.json(
      200, #"{"access_token":"a","instance_url":"https://acme.my.salesforce.com","refresh_token":"new-token"}"#)
    let scripted = ScriptedTransport([rotated, Self.granted])
    final class Kept { var secrets: [Secret] = [] }
    let kept = Kept()
    let session = try Self.session(.refreshToken(Secret("old-token"), secret: Secret("")), scripted) {
      kept.secrets.append($0)
    }
    _ = try session.grant()
    _ = try session.grant()
    _ = try session.renew()
    #expect(kept.secrets == [Secret("new-token")])
    #expect(scripted.sent.map { Self.form($0)["refresh_token"] } == ["old-token", "new-token"])
    #expect(Self.form(scripted.sent[0])["client_secret"] == nil)
  }

  static let refusals: [(Answer, Code)] = [
    (
      .json(400, #"{"error":"invalid_grant","error_description":"user hasn't approved this consumer"}"#), .signInRefused
    ),
    (.json(400, #"{"error":"invalid_grant"}"#), .signInRefused),
    (.json(400, #"{"error":"invalid_grant","error_description":"expired access/refresh token"}"#), .signInRefused),
    (.json(400, #"{"error":"invalid_grant","error_description":"Audience validation failed"}"#), .signInRefused),
    (.json(400, #"{"error":"unsupported_grant_type","error_description":"grant type not supported"}"#), .signInRefused),
    (.json(400, #"{"error":"invalid_client_id"}"#), .signInRefused), (.json(400, "{}"), .signInRefused),
    (.status(400, body: "<html>"), .signInRefused), (.json(200, "[]"), .malformedAnswer),
    (.status(500), .serviceFailed),
    (.json(200, #"{"access_token":"a"}"#), .malformedAnswer),
    (.json(200, #"{"access_token":"a","instance_url":"http://acme.example"}"#), .malformedAnswer),
    (.json(200, #"{"access_token":"a","instance_url":"https://x@acme.example"}"#), .malformedAnswer),
  ]

  @Test("R121: a refused sign-in has its own code", arguments: refusals)
  func refused(answer: Answer, code: Code) throws {
    let session = try Self.session(.clientCredentials(secret: Secret("secret-canary")), ScriptedTransport([answer]))
    let error = #expect(throws: Failure.self) { try session.grant() }
    #expect(error?.code == code)
    #expect(error?.message.contains("Salesforce") == true)
  }

  static let ends: [(Answer, Bool)] = [
    (.json(401, #"[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]"#), true),
    (.json(401, #"[{"errorCode":"INVALID_SESSION_ID"}]"#), true),
    (.json(401, #"[{"errorCode":"InvalidSessionId","message":"m"}]"#), true),
    (.json(401, #"{"errorCode":"INVALID_SESSION_ID","message":"m"}"#), true),
    (.json(401, "[]"), false), (.json(401, #"["INVALID_SESSION_ID"]"#), false),
    (
      .json(
        401, #"[{"message":"This session is not valid for use with the REST API","errorCode":"INVALID_SESSION_ID"}]"#),
      false
    ),
    (.json(401, #"[{"message":"Connected app is not attached to Agent","errorCode":"INVALID_SESSION_ID"}]"#), false),
    (.json(401, #"[{"message":"x","errorCode":"INVALID_AUTH_HEADER"}]"#), false),
    (.status(401, body: "<html>"), false),
    (.json(403, #"[{"errorCode":"INVALID_SESSION_ID"}]"#), false),
  ]

  @Test("Only a session that has ended is renewed", arguments: ends)
  func ended(answer: Answer, isExpired: Bool) throws {
    let session = try Self.session(.clientCredentials(secret: Secret("s")), ScriptedTransport([]))
    #expect(try session.isExpired(answer.get()) == isExpired)
  }

  static func decoded(_ text: String) throws -> Data {
    let base64 = text.replacing("-", with: "+").replacing("_", with: "/")
    return try #require(Data(base64Encoded: base64 + String(repeating: "=", count: (4 - base64.count % 4) % 4)))
  }
}
