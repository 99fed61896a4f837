import JSON
import Model
import Testing
import Wire

@Suite("The Salesforce client: reading")
struct SalesforceClientTests {
  typealias Answer = ScriptedTransport.Answer

  static let root = "https://acme.my.salesforce.com/services/data/v62.0"

  static func client(
    _ scripted: ScriptedTransport, signIn: (any SignIn)? = nil, redaction: Redaction = Redaction()
  ) -> SalesforceClient {
    SalesforceClient(
      transport: RetryingTransport(scripted, pacing: TestClock().pacing),
      session: signIn ?? ScriptedSignIn(origin: "https://acme.my.salesforce.com"), redaction: redaction,
      apiVersion: "62.0")
  }

  static func page(_ ids: [Int], total: Int, next: String? = nil, done: Bool? = nil) -> Answer {
    let rows = ids.map { #"{"attributes":{"type":"Opportunity"},"Id":"\#($0)"}"# }.joined(separator: ",")
    let link = next.map { #","nextRecordsUrl":"\#($0)""# } ?? ""
    let isDone = done ?? (next == nil)
    return .json(200, #"{"totalSize":\#(total),"done":\#(isDone)\#(link),"records":[\#(rows)]}"#)
  }

  static func counts(_ pages: SalesforcePages) throws -> [Int] {
    var pages = pages
    var counts: [Int] = []
    while let page = try pages.next() { counts.append(page.count) }
    return counts
  }

  @Test("The pages of a query are followed, and the quota is noted")
  func pages() throws {
    let first = Self.page([1, 2], total: 3, next: "/services/data/v62.0/query/01g-2")
    let last = Answer.json(
      200, #"{"totalSize":3,"done":true,"records":[{"Id":"3"}]}"#, [("Sforce-Limit-Info", "api-usage=18/5000")])
    let scripted = ScriptedTransport([first, last])
    let client = Self.client(scripted)
    #expect(try Self.counts(client.query("SELECT Id FROM Opportunity WHERE Name = 'a+b'")) == [2, 1])
    #expect(
      scripted.sent.map(\.url) == [
        Self.root + "/query?q=SELECT%20Id%20FROM%20Opportunity%20WHERE%20Name%20%3D%20%27a%2Bb%27",
        Self.root + "/query/01g-2",
      ])
    #expect(client.counter.requests == 2)
    #expect(client.counter.limit == RequestCounter.Limit(header: "api-usage=18/5000"))
    #expect(client.counter.limit?.allowed == 5000)
  }

  static let badPages: [([Answer], Code)] = [
    ([page([1, 2], total: 3)], .snapshotIncomplete),
    ([page([1, 2], total: 1)], .snapshotIncomplete),
    ([page([1], total: 2, next: "/services/data/v62.0/query/1"), page([2], total: 3)], .snapshotIncomplete),
    ([page([1], total: 9, next: "/services/data/v62.0/query/1")], .snapshotIncomplete),
    ([page([1], total: 1, next: "/services/data/v62.0/query/1", done: true)], .snapshotIncomplete),
    ([page([1], total: 2, done: false)], .snapshotIncomplete),
    ([page([1], total: 2, next: "/evil")], .snapshotIncomplete),
    ([page([1], total: 2, next: "https://evil.example/services/data/v62.0/query/1")], .redirectRefused),
    ([page([1], total: 2, next: "//evil.example/services/data/")], .snapshotIncomplete),
    ([page([1], total: 2, next: "@evil.example/services/data/")], .snapshotIncomplete),
    ([.json(200, #"{"value":[]}"#)], .malformedAnswer),
    ([.json(200, #"{"records":[]}"#)], .malformedAnswer),
    ([.json(200, #"{"totalSize":0,"done":true,"records":["#)], .malformedAnswer),
    ([.status(200, [("Content-Type", "text/html")], body: "<html>")], .malformedAnswer),
    ([.json(400, #"[{"message":"x","errorCode":"INVALID_QUERY_LOCATOR"}]"#)], .snapshotIncomplete),
    ([.json(400, #"[{"message":"x","errorCode":"INVALID_FIELD"}]"#)], .requestRefused),
    ([.json(403, #"[{"message":"x","errorCode":"REQUEST_LIMIT_EXCEEDED"}]"#)], .throttled),
    ([.status(503, body: "<html>")], .serviceFailed),
    ([.fault(.cutOff)], .connectionLost), ([.fault(.truncated)], .snapshotIncomplete),
  ]

  @Test("R117: anything but the announced rows ends the query with an error", arguments: badPages)
  func refusesPages(answers: [Answer], code: Code) {
    let client = Self.client(ScriptedTransport(answers))
    let error = #expect(throws: ServiceError.self) { try Self.counts(client.query("SELECT Id FROM Opportunity")) }
    #expect(error?.code == code)
  }

  @Test("Rows are counted")
  func count() throws {
    let scripted = ScriptedTransport([Self.page([], total: 17)])
    #expect(try Self.client(scripted).count("Opportunity") == 17)
    #expect(scripted.sent[0].url == Self.root + "/query?q=SELECT%20COUNT%28%29%20FROM%20Opportunity")
  }

  @Test("A description tells what a field may hold")
  func describe() throws {
    let body = #"""
      {"name":"Opportunity","label":"Opportunity","createable":true,"updateable":true,"fields":[
      {"name":"StageName","label":"Stage","type":"picklist","length":255,"createable":true,"updateable":true,
      "nillable":false,"defaultedOnCreate":false,"externalId":false,"unique":false,"restrictedPicklist":true,
      "referenceTo":[],"picklistValues":[{"active":true,"value":"Prospecting"},{"active":false,"value":"Old"}]},
      {"name":"Amount","label":"Amount","type":"currency","length":0,"precision":18,"scale":2,"nillable":true}]}
      """#
    let description = try Self.client(ScriptedTransport([.json(200, body)])).describe("Opportunity")
    let stage = try #require(description["stagename"])
    #expect(stage.isRequiredOnCreate)
    #expect(stage.isRestrictedPicklist)
    #expect(stage.picklistValues == ["Prospecting"])
    #expect(description["Amount"]?.scale == 2)
    #expect(description["Amount"]?.isRequiredOnCreate == false)
    #expect(description["Hidden__c"] == nil)
  }

  @Test("Records are re-read in the order of their ids, and a missing one is nil")
  func retrieve() throws {
    let scripted = ScriptedTransport([.json(200, #"[{"Id":"1"},null,{"Id":"3"}]"#)])
    let records = try Self.client(scripted).retrieve("Opportunity", ids: ["1", "2", "3"], fields: ["Id"])
    #expect(records == [["Id": "1"], nil, ["Id": "3"]])
    #expect(String(decoding: scripted.sent[0].body ?? [], as: UTF8.self) == #"{"ids":["1","2","3"],"fields":["Id"]}"#)
  }

  @Test(
    "Names of another form never reach a path or a query",
    arguments: [
      "Name FROM User--", "Opportunity/describe", "", "1a", "a..b", "a.", "Näme", "a'b", "a b", "a\n",
    ])
  func identifiers(name: String) {
    let scripted = ScriptedTransport([])
    #expect(throws: ServiceError.self) { try Self.client(scripted).count(name) }
    #expect(throws: ServiceError.self) { try Self.client(scripted).describe(name) }
    #expect(throws: Failure.self) { try SOQL.identifier(name) }
    #expect(scripted.sent.isEmpty)
  }

  @Test(
    "Literals are escaped",
    arguments: [
      ("O'Neil", #"'O\'Neil'"#), (#"a\"#, #"'a\\'"#), ("a\nb", #"'a\nb'"#),
      (#"\' OR Name != '"#, #"'\\\' OR Name != \''"#),
      ("ʼ’", "'ʼ’'"),
    ])
  func literals(text: String, expected: String) {
    #expect(SOQL.literal(text) == expected)
  }

  @Test("R121: the two refusals that a new token does not heal are not retried")
  func hopelessSession() throws {
    let token = Answer.json(200, #"{"access_token":"a-token","instance_url":"https://acme.my.salesforce.com"}"#)
    let refusal = Answer.json(
      401, #"[{"message":"Connected app is not attached to Agent","errorCode":"INVALID_SESSION_ID"}]"#)
    let scripted = ScriptedTransport([token, refusal])
    let session = try SalesforceSession(
      loginURL: "https://login.salesforce.com", clientID: "app", flow: .clientCredentials(secret: Secret("s")),
      wire: (RetryingTransport(scripted), Redaction()))
    let error = #expect(throws: ServiceError.self) {
      try Self.client(scripted, signIn: session).count("Opportunity")
    }
    #expect(error?.code == .signInRefused)
    #expect(scripted.sent.count == 2)
  }
}
