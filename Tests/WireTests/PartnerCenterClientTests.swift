import JSON
import Model
import Testing
import Wire

@Suite("The Partner Center client")
struct PartnerCenterClientTests {
  typealias Answer = ScriptedTransport.Answer

  static let list = "https://api.partner.microsoft.com/v1.0/engagements/referrals"
  static let first = list + "?$orderby=createdDateTime%20asc"

  static func client(
    _ scripted: ScriptedTransport, signIn: ScriptedSignIn? = nil, redaction: Redaction = Redaction()
  ) -> PartnerCenterClient {
    PartnerCenterClient(
      transport: RetryingTransport(scripted, pacing: TestClock().pacing),
      tokens: signIn ?? ScriptedSignIn(origin: "https://api.partner.microsoft.com"), redaction: redaction)
  }

  static func page(_ ids: [Int], next: String? = nil) -> Answer {
    let value = ids.map { #"{"id":"\#($0)"}"# }.joined(separator: ",")
    let link = next.map { #","@odata.nextLink":"\#($0)""# } ?? ""
    return .json(200, #"{"@odata.count":\#(ids.count),"value":[\#(value)]\#(link)}"#)
  }

  static func counts(_ pages: ReferralPages) throws -> [Int] {
    var pages = pages
    var counts: [Int] = []
    let projector = RecordProjector(paths: ["id"])
    while let page = try pages.next(projector) { counts.append(page.count) }
    return counts
  }

  static let links: [(String, String)] = [
    ("https://api.partner.microsoft.com/v1.0/engagements/referrals?$skiptoken=k1", "$skiptoken=k1"),
    ("http://api.partner.microsoft.com/v1.0/referrals?$skiptoken=k1", "$skiptoken=k1"),
    ("http://api.partner.microsoft.com:80/v1.0/referrals?$skiptoken=k1", "$skiptoken=k1"),
    ("https://API.partner.microsoft.com:443/v1.0/referrals?$skiptoken=k%201", "$skiptoken=k%201"),
    ("https://api.partner.microsoft.com/v1.0/referrals?$skiptoken=k 1", "$skiptoken=k%201"),
    ("https://api.partner.microsoft.com/anything/else?a=b#c", "a=b"),
  ]

  @Test("R116: next links are followed on the configured scheme, host and path", arguments: links)
  func followsLinks(link: String, query: String) throws {
    let scripted = ScriptedTransport([Self.page([1, 2], next: link), Self.page([3])])
    #expect(try Self.counts(Self.client(scripted).referrals()) == [2, 1])
    #expect(scripted.sent.map(\.url) == [Self.first, Self.list + "?" + query])
  }

  static let badPages: [(Answer, Code)] = [
    (page([1], next: "https://evil.example/v1.0/engagements/referrals?$skiptoken=k"), .redirectRefused),
    (page([1], next: "https://api.partner.microsoft.com.evil.example/x?a=b"), .redirectRefused),
    (page([1], next: "https://api.partner.microsoft.com:8443/x?a=b"), .redirectRefused),
    (page([1], next: "https://user@api.partner.microsoft.com/x?a=b"), .malformedAnswer),
    (page([1], next: "https://api.partner.microsoft.com/v1.0/engagements/referrals"), .malformedAnswer),
    (page([1], next: "/v1.0/engagements/referrals?$skiptoken=k"), .malformedAnswer),
    (page([1], next: ""), .malformedAnswer),
    (page([1], next: first), .snapshotIncomplete),
    (.json(200, #"{"value":[],"@odata.nextLink":5}"#), .malformedAnswer),
    (.json(200, #"{"error":{"code":"x"}}"#), .malformedAnswer),
    (.json(200, #"{"records":[]}"#), .malformedAnswer),
    (.json(200, #"{"value":[{"id":"1"}"#), .malformedAnswer),
    (.json(200, #"[{"id":"1"}]"#), .malformedAnswer),
    (.json(200, ""), .malformedAnswer),
    (.status(204), .malformedAnswer),
    (.status(200, [("Content-Type", "text/html")], body: "<html>Down for maintenance</html>"), .malformedAnswer),
    (.status(200, [("Content-Type", "text/plain")], body: #"{"value":[]}"#), .malformedAnswer),
    (.json(403, #"{"error":{"code":"accessDenied","message":"no role"}}"#), .permissionRefused),
    (.status(503), .serviceFailed),
    (.status(429), .throttled),
    (.fault(.cutOff), .connectionLost), (.fault(.tlsFailed, mayHaveTakenEffect: false), .tlsFailed),
    (.fault(.truncated), .snapshotIncomplete),
    (.fault(.tooLarge(5)), .answerTooLarge),
    (.fault(.refusedRedirect("evil.example")), .redirectRefused),
  ]

  @Test("R117: anything but a whole page ends the list with an error", arguments: badPages)
  func refusesPages(answer: Answer, code: Code) {
    let error = #expect(throws: ServiceError.self) {
      try Self.counts(Self.client(ScriptedTransport([answer])).referrals())
    }
    #expect(error?.code == code)
  }

  @Test("R117: a link to an earlier page and endless empty pages are errors")
  func loops() {
    let looping = ScriptedTransport([
      Self.page([1], next: Self.list + "?a=1"), Self.page([2], next: Self.list + "?a=2"),
      Self.page([3], next: Self.list + "?a=1"),
    ])
    let endless = ScriptedTransport { _, count in Self.page([], next: Self.list + "?a=\(count)") }
    for scripted in [looping, endless] {
      let error = #expect(throws: ServiceError.self) { try Self.counts(Self.client(scripted).referrals()) }
      #expect(error?.code == .snapshotIncomplete)
      #expect(scripted.sent.count < 30)
    }
  }

  @Test("Each call carries a token and one fresh id under two names")
  func headers() throws {
    let scripted = ScriptedTransport([Self.page([1], next: Self.list + "?a=1"), Self.page([2])])
    _ = try Self.counts(Self.client(scripted).referrals())
    let headers = scripted.sent.map { Headers($0.headers) }
    #expect(headers.allSatisfy { $0["Authorization"] == "Bearer token-1" && $0["Accept"] == "application/json" })
    #expect(headers.allSatisfy { $0["client-request-id"] == $0["MS-CorrelationId"] })
    #expect(Set(headers.map { $0["client-request-id"] }).count == 2)
  }

  @Test("R111: a change carries its tag, and keeps the service's request id")
  func patch() throws {
    let scripted = ScriptedTransport([.json(200, #"{"id":"a/b","eTag":"\"2\""}"#, [("Request-ID", "r-1")])])
    let operations: JSONValue = [["op": "replace", "path": "/details/dealValue", "value": .number("5000.10")]]
    let answer = try Self.client(scripted).patch("a/b", eTag: "\"1\"", operations: operations)
    #expect(answer == WriteAnswer(status: 200, requestID: "r-1", body: ["id": "a/b", "eTag": "\"2\""]))
    let request = scripted.sent[0]
    #expect(request.method == .patch)
    #expect(request.url == Self.list + "/a%2Fb")
    #expect(Headers(request.headers)["If-Match"] == "\"1\"")
    #expect(Headers(request.headers)["Prefer"] == "return=representation")
    #expect(Headers(request.headers)["Content-Type"] == "application/json")
    #expect(request.body == Array(#"[{"op":"replace","path":"/details/dealValue","value":5000.10}]"#.utf8))
  }

  static let writes: [(Answer, Code, String?)] = [
    (.json(412, #"{"error":{"code":"preconditionFailed","message":"m"}}"#), .staleRecord, "preconditionFailed"),
    (.json(409, "{}"), .staleRecord, nil),
    (.json(400, #"{"error":{"code":"ResourceModified"}}"#), .staleRecord, "ResourceModified"),
    (.json(400, #"{"error":{"code":"x","innererror":{"code":"resourceModified"}}}"#), .staleRecord, "x"),
    (.json(404, #"{"error":{"code":"itemNotFound"}}"#), .recordGone, "itemNotFound"),
    (.json(403, #"{"error":{"code":"accessDenied"}}"#), .permissionRefused, "accessDenied"),
    // R109: the words of a message decide nothing.
    (
      .json(400, #"{"error":{"code":"invalidRequest","message":"preconditionFailed 412"}}"#), .requestRefused,
      "invalidRequest"
    ),
    (.status(400, body: "<html>"), .requestRefused, nil),
    (.status(429), .throttled, nil),
    (.status(503), .outcomeUnknown, nil),
    (.status(500), .outcomeUnknown, nil),
    (.fault(.cutOff), .outcomeUnknown, nil),
    (.fault(.timedOut), .outcomeUnknown, nil),
    (.fault(.unreachable, mayHaveTakenEffect: false), .unreachable, nil),
    (.status(200, [("Content-Type", "text/html")], body: "<html>"), .outcomeUnknown, nil),
    (.json(200, #"{"id":"#), .outcomeUnknown, nil),
  ]

  @Test("R109, R111: what a refused or lost change means", arguments: writes)
  func refusedPatch(answer: Answer, code: Code, serviceCode: String?) {
    let scripted = ScriptedTransport([answer])
    let error = #expect(throws: ServiceError.self) {
      try Self.client(scripted).patch("1", eTag: "\"1\"", operations: [])
    }
    #expect(error?.code == code)
    #expect(error?.serviceCode == serviceCode)
  }

  @Test("A stale tag after an attempt that may have taken effect is unknown, not stale")
  func staleAfterUnclear() {
    let scripted = ScriptedTransport([.fault(.cutOff), .status(412)])
    let error = #expect(throws: ServiceError.self) {
      try Self.client(scripted).patch("1", eTag: "\"1\"", operations: [])
    }
    #expect(error?.code == .outcomeUnknown)
    #expect(error?.status == 412)
    #expect(scripted.sent.count == 2)
  }

  @Test("A change without a body in its answer has none")
  func noContent() throws {
    let answer = try Self.client(ScriptedTransport([.status(204, [("request-id", "r")])]))
      .patch("1", eTag: "\"1\"", operations: [])
    #expect(answer == WriteAnswer(status: 204, requestID: "r", body: nil))
  }

  @Test(
    "A create is not repeated after an ambiguous loss",
    arguments: [
      .fault(.cutOff), .fault(.timedOut), .status(500), .status(503), .json(201, "{}"), .status(204),
    ] as [Answer])
  func createOnce(answer: Answer) {
    let scripted = ScriptedTransport([answer])
    let error = #expect(throws: ServiceError.self) { try Self.client(scripted).create(["name": "x"]) }
    #expect(error?.code == .outcomeUnknown)
    #expect(scripted.sent.count == 1)
  }

  @Test("A create that was turned away is repeated")
  func createThrottled() throws {
    let scripted = ScriptedTransport([.status(429, [("Retry-After", "1")]), .json(201, #"{"id":"9"}"#)])
    #expect(try Self.client(scripted).create(["name": "x"]).body?["id"] == "9")
    #expect(scripted.sent.map(\.method) == [.post, .post])
  }

  @Test("R110: a token that ran out is renewed once, then the call is repeated")
  func renewal() throws {
    let signIn = ScriptedSignIn(origin: "https://api.partner.microsoft.com")
    let scripted = ScriptedTransport([.status(401), .json(200, #"{"id":"1"}"#)])
    _ = try Self.client(scripted, signIn: signIn).get("1")
    #expect(signIn.renewals == 1)
    #expect(scripted.sent.map { Headers($0.headers)["Authorization"] } == ["Bearer token-1", "Bearer token-2"])
  }

  @Test("R121: a second refusal ends all calls, whatever is asked next", arguments: [false, true])
  func signInRefused(atRenewal: Bool) {
    let signIn = ScriptedSignIn(origin: "https://api.partner.microsoft.com", refusesRenewal: atRenewal)
    let scripted = ScriptedTransport([.status(401)])
    let client = Self.client(scripted, signIn: signIn)
    for _ in 1...3 {
      let error = #expect(throws: ServiceError.self) { try client.get("1") }
      #expect(error?.code == .signInRefused)
    }
    #expect(scripted.sent.count == (atRenewal ? 1 : 2))
    #expect(signIn.renewals <= 1)
  }

  @Test("Several records are read at once, each with its own result")
  func getMany() throws {
    let scripted = ScriptedTransport { request, _ in
      request.url.hasSuffix("/2") ? .status(404) : .json(200, #"{"id":"x"}"#)
    }
    let results = Self.client(scripted).get(["1", "2", "3"])
    #expect(results.map { (try? $0.get()) != nil } == [true, false, true])
  }

  @Test("A secret that a service echoes does not reach the error")
  func echo() {
    let redaction = Redaction()
    redaction.learn(Secret("canary-secret-token"))
    let body =
      #"{"error":{"code":"canary-secret-token","message":"bad canary-secret-token","target":"canary-secret-token"}}"#
    let scripted = ScriptedTransport([.json(400, body, [("request-id", "canary-secret-token")])])
    let error = #expect(throws: ServiceError.self) { try Self.client(scripted, redaction: redaction).get("1") }
    #expect(error.map { !String(reflecting: $0).contains("canary") } == true)
  }
}
