import Model
import Testing

@testable import Wire

@Suite("Salesforce's quotas")
struct SalesforceLimitTests {
  typealias Answer = ScriptedTransport.Answer

  static func counted(_ header: String) -> Answer {
    .json(200, #"{"totalSize":1,"done":true,"records":[]}"#, [("Sforce-Limit-Info", header)])
  }

  static let headers: [(String, Int?)] = [
    ("api-usage=25/5000", 25), ("api-usage=25/5000; per-app-api-usage=17/250(appName=sample-connected-app)", 25),
    ("per-app-api-usage=17/250(appName=x); api-usage=25/5000", 25), ("per-app-api-usage=17/250(appName=x)", nil),
    ("api-usage=x/5000", nil), ("", nil),
  ]

  @Test("The org's part of the header counts, not the app's", arguments: headers)
  func header(text: String, used: Int?) {
    #expect(RequestCounter.Limit(header: text)?.used == used)
  }

  static let budgets: [(Int?, String, Bool)] = [
    (nil, "api-usage=5000/5000", true), (50, "api-usage=2499/5000", true), (50, "api-usage=2500/5000", false),
    (100, "api-usage=4999/5000", true), (100, "api-usage=5000/5000", false), (0, "api-usage=0/5000", false),
    (50, "nonsense", true),
  ]

  @Test("R124: at the reserved share nothing more is sent", arguments: budgets)
  func budget(percent: Int?, header: String, goesOn: Bool) throws {
    let scripted = ScriptedTransport([Self.counted(header)])
    let client = SalesforceClientTests.client(scripted)
    client.dailyUsagePercent = percent
    _ = try client.count("Account")
    guard !goesOn else {
      #expect(try client.count("Account") == 1)
      return
    }
    let calls: [() throws -> Void] = [
      { _ = try client.count("Account") }, { _ = try client.describe("Account") }, { _ = try client.limits() },
      { try client.delete("Account", id: "1") }, { _ = try client.begin(RecordQuery("Account", columns: ["Id"])) },
      { _ = try client.updateMany(SalesforceWriteTests.records(1))[0].get() },
      { _ = try client.guardedUpdates(SalesforceWriteTests.guarded(1))[0].get() },
    ]
    for call in calls {
      let error = #expect(throws: ServiceError.self) { try call() }
      #expect(error?.code == .quotaReserved)
      #expect(error?.message.contains("5000") == true)
    }
    #expect(scripted.sent.count == 1)
  }

  @Test("Signing in is not counted against the share")
  func signIn() throws {
    let token = Answer.json(
      200, #"{"access_token":"a-token","instance_url":"https://acme.my.salesforce.com"}"#,
      [("Sforce-Limit-Info", "api-usage=5000/5000")])
    let scripted = ScriptedTransport([token, Self.counted("api-usage=4999/5000"), token])
    let transport = RetryingTransport(scripted, pacing: TestClock().pacing)
    let session = try SalesforceSession(
      loginURL: "https://acme.my.salesforce.com", clientID: "app", flow: .clientCredentials(secret: Secret("s")),
      wire: (transport, Redaction()))
    let client = SalesforceClient(
      transport: transport, session: session, redaction: Redaction(), apiVersion: "62.0")
    client.dailyUsagePercent = 50
    _ = try client.count("Account")
    #expect(throws: ServiceError.self) { try client.count("Account") }
    _ = try session.renew()
    #expect(scripted.sent.count == 3)
  }

  static let refusal = #"[{"errorCode":"REQUEST_LIMIT_EXCEEDED","message":"m"}]"#

  static let quotas: [(String, [Double])] = [
    ("api-usage=5000/5000", []), ("api-usage=5001/5000", []), ("api-usage=10/5000", [30, 60, 120]),
    ("", [30, 60, 120]),
  ]

  @Test("The daily quota ends the calls, and too many long calls at once are waited for", arguments: quotas)
  func quota(header: String, waits: [Double]) {
    let clock = TestClock()
    let scripted = ScriptedTransport([.json(403, Self.refusal, [("Sforce-Limit-Info", header)])])
    let client = SalesforceClient(
      transport: RetryingTransport(scripted, pacing: clock.pacing),
      session: ScriptedSignIn(origin: "https://acme.my.salesforce.com"), redaction: Redaction(), apiVersion: "62.0")
    let error = #expect(throws: ServiceError.self) { try client.count("Account") }
    #expect(error?.code == .throttled)
    #expect(clock.sleeps == waits)
    _ = #expect(throws: ServiceError.self) { try client.create("Account", fields: []) }
    #expect(scripted.sent.count == 2 + waits.count)
  }

  @Test("The limits are read by their names")
  func limits() throws {
    let body = #"""
      {"DailyApiRequests":{"Max":15000,"Remaining":14998,"An app":{"Max":0,"Remaining":0}},
      "DailyBulkV2QueryJobs":{"Max":10000,"Remaining":10000},"Odd":{"Max":1},"Odder":7}
      """#
    let scripted = ScriptedTransport([.json(200, body)])
    let limits = try SalesforceClientTests.client(scripted).limits()
    #expect(limits.keys.sorted() == ["DailyApiRequests", "DailyBulkV2QueryJobs"])
    #expect(limits["DailyApiRequests"]?.maximum == 15000)
    #expect(limits["DailyApiRequests"]?.remaining == 14998)
    #expect(scripted.sent[0].url == SalesforceClientTests.root + "/limits")
  }
}
