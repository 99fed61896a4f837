import Foundation
import JSON
import Model
import Testing

@testable import Wire

/// A conversation is led, recorded, and led again with the recording in the place of the services: the same code, fed
/// with made-up texts, has to ask the same questions.
@Suite("A recording can be replayed")
struct ReplayTests {
  static let api = "https://api.partner.microsoft.com"
  static let org = "https://acme.my.salesforce.com"

  /// The services of the original conversation, in one script.
  static func services(_ request: Request) -> ScriptedTransport.Answer {
    let list = api + "/v1.0/engagements/referrals"
    let next = "http://api.partner.microsoft.com/v1.0/referrals?$skiptoken=Bx/9 Northwind%3D"
    if request.url.contains("/oauth2/") {
      return .json(
        200,
        #"{"access_token":"00Dxx!secret-token-1","instance_url":"\#(org)","expires_in":"3600","refresh_token":"0.Arotated-token"}"#
      )
    }
    if request.url.contains("$orderby") {
      return .json(200, #"{"@odata.count":2,"value":[\#(CanaryTests.referral)],"@odata.nextLink":"\#(next)"}"#)
    }
    if request.url.contains("$skiptoken") {
      return .json(200, #"{"value":[{"id":"11111111-2222-4333-8444-555555555502","name":"Fabrikam","eTag":"\"2\""}]}"#)
    }
    if request.url.hasPrefix(list + "/"), request.method == .patch {
      return .json(200, CanaryTests.referral, [("request-id", "r")])
    }
    if request.url.contains("/query?") {
      let row =
        #"{"attributes":{"type":"Account","url":"/services/data/v62.0/sobjects/Account/0015g00000ABCDEAA5"},"Id":"0015g00000ABCDEAA5","Name":"Northwind & Sons Ltd","BillingPostalCode":"98101"}"#
      return .json(200, #"{"totalSize":1,"done":true,"records":[\#(row)]}"#)
    }
    return .json(404, "[]")
  }

  /// Reads the list, looks the customer up by name, and writes its Salesforce name back: what each step asks comes from
  /// the answers before it.
  static func converse(_ partner: any Transport, _ sales: any Transport) throws -> [String] {
    let clock = TestClock()
    let redaction = Redaction()
    let first = RetryingTransport(partner, pacing: clock.pacing)
    let tokens = try PartnerCenterTokens(
      .init(
        urls: (api: api, login: "https://login.microsoftonline.com"), tenant: "11111111-2222-4333-8444-555555555555",
        client: (id: "app", secret: Secret("secret-of-client")), refreshToken: Secret("0.Arefresh-token")),
      transport: first, redaction: redaction, persist: { _ in })
    let client = PartnerCenterClient(transport: first, tokens: tokens, redaction: redaction)
    let second = RetryingTransport(sales, pacing: clock.pacing)
    let session = try SalesforceSession(
      loginURL: "https://login.salesforce.com", clientID: "app",
      flow: .clientCredentials(secret: Secret("other-secret")), wire: (second, redaction))
    let salesforce = SalesforceClient(transport: second, session: session, redaction: redaction, apiVersion: "62.0")
    var pages = client.referrals()
    let projector = RecordProjector(paths: ["id", "customerProfile.name", "eTag"])
    var referrals: [[String]] = []
    while let page = try pages.next(projector) { referrals += page }
    let name = referrals[0][1].replacing("&amp;", with: "&").trimmingCharacters(in: .whitespaces)
    var rows = salesforce.query("SELECT Id, Name FROM Account WHERE Name = \(SOQL.literal(name))")
    let account = try JSONValue(parsing: try #require(try rows.next()).body).at("records")?.arrayValue?.first
    let found = try #require(account?["Name"]?.stringValue)
    #expect(found == name)
    let answer = try client.patch(
      referrals[0][0], eTag: referrals[0][2], operations: [["op": "replace", "path": "/name", "value": .string(found)]])
    return [name, found, answer.body?["name"]?.stringValue ?? ""] + referrals.map { $0[0] }
  }

  @Test("The same conversation comes about over made-up texts")
  func replay() throws {
    let place = try RecordingTests.Place()
    defer { place.remove() }
    let recording = try Recording(folder: place.folder, settings: [:])
    let real = ScriptedTransport { request, _ in Self.services(request) }
    let original = try Self.converse(
      RecordingTransport(real, to: recording, service: RecordingTests.service),
      RecordingTransport(real, to: recording, service: .salesforce(loginURL: "https://login.salesforce.com")))
    let exchanges = try place.exchanges()
    #expect(exchanges.count == 6)
    let replayed = ScriptedTransport { request, _ in Self.answer(request, from: exchanges) }
    let result = try Self.converse(replayed, replayed)
    #expect(replayed.sent.count == real.sent.count)
    #expect(result.suffix(2) == original.suffix(2))
    #expect(zip(result, original).prefix(3).allSatisfy { $0 != $1 })
  }

  /// The recorded answer to a request: by service, method, target and, for a change, its body.
  static func answer(_ request: Request, from exchanges: [JSONValue]) -> ScriptedTransport.Answer {
    var addresses = ServiceAddresses()
    addresses.learn(.partnerCenter, api)
    addresses.learn(.partnerCenterLogin, "https://login.microsoftonline.com")
    addresses.learn(.salesforce, org)
    addresses.learn(.salesforceLogin, "https://login.salesforce.com")
    let (service, target) = addresses.target(of: request.url, otherwise: .salesforce)
    let body = request.body.map { String(decoding: $0, as: UTF8.self) }
    let known = exchanges.first { exchange in
      exchange["service"]?.stringValue == service.rawValue && exchange.at("request.target")?.stringValue == target
        && exchange.at("request.method")?.stringValue == request.method.rawValue
        && (service.isLogin || exchange.at("request.body")?.stringValue == body)
    }
    guard let answer = known?["response"], let status = answer["status"]?.numberText.flatMap({ Int($0) }) else {
      Issue.record("no exchange for \(request.method.rawValue) \(service.rawValue) \(target) \(body ?? "")")
      return .status(404)
    }
    let text = (answer["body"]?.stringValue ?? "").replacing("{partner-center}", with: api).replacing(
      "{salesforce}", with: org
    )
    .replacing("***", with: "a-token-of-the-replay")
    let lines = (answer["headers"]?.arrayValue ?? []).compactMap(\.arrayValue).map {
      (name: $0[0].stringValue ?? "", value: $0[1].stringValue ?? "")
    }
    return .status(status, lines, body: text)
  }
}
