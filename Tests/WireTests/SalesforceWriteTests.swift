import JSON
import Model
import Testing
import Wire

@Suite("The Salesforce client: writing")
struct SalesforceWriteTests {
  typealias Answer = ScriptedTransport.Answer

  static let id = "006550000000001AAA"

  static func records(_ count: Int, _ object: String = "Opportunity") -> [SObject] {
    (0..<count).map { SObject(object, id: id, fields: [JSONMember("Name", .string("deal \($0)"))]) }
  }

  static func codes(_ results: [Result<RowAnswer, ServiceError>]) -> [Code?] {
    results.map { result in
      switch result {
      case .success: nil
      case .failure(let error): error.code
      }
    }
  }

  static func body(_ request: Request) -> JSONValue? { try? JSONValue(parsing: request.body ?? []) }

  @Test("R112: rows of a collection answer by position, each with its own code")
  func positions() throws {
    let answer = #"""
      [{"id":"1","success":true,"errors":[]},
      {"success":false,"errors":[{"statusCode":"FIELD_CUSTOM_VALIDATION_EXCEPTION","message":"m","fields":["Amount"]}]},
      {"success":false,"errors":[{"statusCode":"ENTITY_IS_DELETED","message":"m","fields":[]}]},
      {"success":false,"errors":[{"statusCode":"DUPLICATE_VALUE","message":"m","fields":[]}]},
      {"success":false,"errors":[]}]
      """#
    let scripted = ScriptedTransport([.json(200, answer)])
    let results = SalesforceClientTests.client(scripted).updateMany(Self.records(5))
    #expect(Self.codes(results) == [nil, .requestRefused, .recordGone, .identityDuplicate, .requestRefused])
    #expect(try results[0].get() == RowAnswer(id: "1", isCreated: false, status: 200))
    let error = #expect(throws: ServiceError.self) { try results[1].get() }
    #expect(error?.fields == ["Amount"])
    let request = scripted.sent[0]
    #expect(request.method == .patch)
    #expect(request.url == SalesforceClientTests.root + "/composite/sobjects")
    let first = Self.body(request)?["records"]?.arrayValue?.first
    #expect(first == ["attributes": ["type": "Opportunity"], "id": .string(Self.id), "Name": "deal 0"])
    #expect(Self.body(request)?["allOrNone"] == false)
  }

  @Test("Collections are cut at 200 rows and at ten changes of type")
  func chunks() {
    let scripted = ScriptedTransport { request, _ in
      let count = Self.body(request)?["records"]?.arrayValue?.count ?? 0
      let rows = Array(repeating: #"{"id":"x","success":true,"errors":[]}"#, count: count).joined(separator: ",")
      return .json(200, "[\(rows)]")
    }
    let client = SalesforceClientTests.client(scripted)
    #expect(client.createMany(Self.records(401)).count == 401)
    let mixed = (0..<25).flatMap { Self.records(1, $0.isMultiple(of: 2) ? "Account" : "Contact") }
    #expect(client.createMany(mixed).count == 25)
    let counts = scripted.sent.map { Self.body($0)?["records"]?.arrayValue?.count }
    #expect(counts == [200, 200, 1, 10, 10, 5])
    #expect(client.createMany([]).isEmpty)
  }

  @Test("R112: a record with an impossible name fails alone")
  func invalidAlone() {
    let scripted = ScriptedTransport([.json(200, #"[{"id":"1","success":true},{"id":"3","success":true}]"#)])
    let records = [Self.records(1)[0], SObject("a b", fields: []), Self.records(1)[0]]
    #expect(Self.codes(SalesforceClientTests.client(scripted).updateMany(records)) == [nil, .requestRefused, nil])
  }

  static let lost: [(Answer, Code)] = [
    (.fault(.cutOff), .outcomeUnknown), (.status(500), .outcomeUnknown), (.status(503), .outcomeUnknown),
    (.json(200, "[]"), .outcomeUnknown), (.json(200, "{}"), .outcomeUnknown),
    (.status(200, [("Content-Type", "text/html")], body: "<html>"), .outcomeUnknown),
    (.fault(.unreachable, mayHaveTakenEffect: false), .unreachable),
    (.json(400, #"[{"errorCode":"JSON_PARSER_ERROR","message":"m"}]"#), .requestRefused),
    (.json(403, #"[{"errorCode":"REQUEST_LIMIT_EXCEEDED","message":"m"}]"#), .throttled),
  ]

  @Test("What becomes of all rows when the request fails", arguments: lost)
  func lostRequest(answer: Answer, code: Code) {
    let scripted = ScriptedTransport([answer])
    #expect(Self.codes(SalesforceClientTests.client(scripted).createMany(Self.records(2))) == [code, code])
    // A create is sent again only if it never arrived.
    #expect(scripted.sent.count == (code == .unreachable ? 5 : 1))
  }

  @Test("A locked row is tried again, alone")
  func lockedRow() {
    let locked = #"{"success":false,"errors":[{"statusCode":"UNABLE_TO_LOCK_ROW","message":"m","fields":[]}]}"#
    let done = #"{"id":"1","success":true,"errors":[]}"#
    let scripted = ScriptedTransport([.json(200, "[\(done),\(locked)]"), .json(200, "[\(done)]")])
    #expect(Self.codes(SalesforceClientTests.client(scripted).updateMany(Self.records(2))) == [nil, nil])
    #expect(Self.body(scripted.sent[1])?["records"]?.arrayValue?.count == 1)
    let stuck = ScriptedTransport { request, _ in
      let count = Self.body(request)?["records"]?.arrayValue?.count ?? 0
      return .json(200, "[" + Array(repeating: locked, count: count).joined(separator: ",") + "]")
    }
    #expect(Self.codes(SalesforceClientTests.client(stuck).updateMany(Self.records(2))) == [.throttled, .throttled])
    #expect(stuck.sent.count == 5)
  }

  static func guarded(_ count: Int) -> [GuardedUpdate] {
    records(count).map { GuardedUpdate($0, unmodifiedSince: "Mon, 02 Nov 2026 08:00:00 GMT") }
  }

  static func composite(_ answers: [(reference: Int, status: Int, body: String)]) -> Answer {
    let parts = answers.map { answer in
      #"{"body":\#(answer.body),"httpHeaders":{},"httpStatusCode":\#(answer.status),"referenceId":"update\#(answer.reference)"}"#
    }
    return .json(200, #"{"compositeResponse":[\#(parts.joined(separator: ","))]}"#)
  }

  @Test("R111, R112: guarded updates answer one by one, in whatever order the service does")
  func guardedUpdates() throws {
    let answer = Self.composite([
      (3, 400, #"[{"errorCode":"STRING_TOO_LONG","message":"m","fields":["Name"]}]"#), (0, 204, "null"),
      (2, 404, #"[{"errorCode":"NOT_FOUND","message":"m"}]"#), (1, 412, "null"),
      (5, 412, #"[{"errorCode":"MATCH_PRECONDITION_FAILED","message":"m"}]"#), (6, 204, "null"), (6, 204, "null"),
      (9, 204, "null"),
    ])
    let scripted = ScriptedTransport([answer])
    let results = SalesforceClientTests.client(scripted).guardedUpdates(Self.guarded(7))
    #expect(
      Self.codes(results) == [
        nil, .staleRecord, .recordGone, .textTooLong, .outcomeUnknown, .staleRecord, .outcomeUnknown,
      ])
    #expect(try results[0].get() == RowAnswer(id: Self.id, isCreated: false, status: 204))
    let request = Self.body(scripted.sent[0])
    let first = request?["compositeRequest"]?.arrayValue?.first
    #expect(first?["method"] == "PATCH")
    #expect(first?["url"]?.stringValue == "/services/data/v62.0/sobjects/Opportunity/\(Self.id)")
    #expect(first?.at("httpHeaders.If-Unmodified-Since") == "Mon, 02 Nov 2026 08:00:00 GMT")
    #expect(first?["referenceId"] == "update0")
    #expect(first?["body"] == ["Name": "deal 0"])
  }

  @Test("Guarded updates go out twenty-five at a time, and one without an id fails alone")
  func guardedChunks() {
    let scripted = ScriptedTransport { request, _ in
      let count = Self.body(request)?["compositeRequest"]?.arrayValue?.count ?? 0
      return Self.composite((0..<count).map { ($0, 204, "null") })
    }
    var updates = Self.guarded(52)
    updates[3] = GuardedUpdate(SObject("Opportunity", id: "../x", fields: []), unmodifiedSince: "x")
    let codes = Self.codes(SalesforceClientTests.client(scripted).guardedUpdates(updates))
    #expect(codes.filter { $0 == nil }.count == 51)
    #expect(codes[3] == .requestRefused)
    #expect(scripted.sent.count == 3)
  }

  @Test("A locked record of a guarded update is tried again, alone")
  func lockedGuarded() {
    let locked = #"[{"errorCode":"UNABLE_TO_LOCK_ROW","message":"m"}]"#
    let scripted = ScriptedTransport([
      Self.composite([(0, 204, "null"), (1, 400, locked)]), Self.composite([(0, 204, "null")]),
    ])
    #expect(Self.codes(SalesforceClientTests.client(scripted).guardedUpdates(Self.guarded(2))) == [nil, nil])
    #expect(Self.body(scripted.sent[1])?["compositeRequest"]?.arrayValue?.count == 1)
  }

  @Test("A stale record after an attempt that may have taken effect is unknown, not stale")
  func staleAfterUnclear() {
    let scripted = ScriptedTransport([.fault(.cutOff), Self.composite([(0, 412, "null"), (1, 204, "null")])])
    let results = SalesforceClientTests.client(scripted).guardedUpdates(Self.guarded(2))
    #expect(Self.codes(results) == [.outcomeUnknown, nil])
    #expect(scripted.sent.count == 2)
  }

  static let upserts: [(Answer, RowAnswer?, Code?)] = [
    (
      .json(201, #"{"id":"1","success":true,"errors":[],"created":true}"#),
      RowAnswer(id: "1", isCreated: true, status: 201), nil
    ),
    (
      .json(200, #"{"id":"1","success":true,"errors":[],"created":false}"#),
      RowAnswer(id: "1", isCreated: false, status: 200), nil
    ),
    (.status(204), RowAnswer(id: nil, isCreated: false, status: 204), nil),
    (.json(300, #"["/services/data/v62.0/sobjects/Opportunity/1"]"#), nil, .identityDuplicate),
    (
      .json(400, #"[{"errorCode":"REQUIRED_FIELD_MISSING","message":"m","fields":["StageName"]}]"#), nil,
      .requestRefused
    ),
    (.json(200, #"{"success":true}"#), nil, .outcomeUnknown),
    (.fault(.cutOff), nil, .outcomeUnknown),
  ]

  @Test("An upsert tells whether it created", arguments: upserts)
  func upsert(answer: Answer, expected: RowAnswer?, code: Code?) throws {
    let scripted = ScriptedTransport([answer])
    let client = SalesforceClientTests.client(scripted)
    do {
      let row = try client.upsert("Opportunity", by: "Referral_Identifier__c", "a b/c", fields: [])
      #expect(row == expected)
    } catch {
      #expect(error.code == code)
      #expect(expected == nil)
    }
    #expect(
      scripted.sent[0].url
        == SalesforceClientTests.root + "/sobjects/Opportunity/Referral_Identifier__c/a%20b%2Fc")
  }

  @Test("Upserts of many go to the external field's address")
  func upsertMany() throws {
    let scripted = ScriptedTransport([.json(200, #"[{"id":"1","success":true,"created":true,"errors":[]}]"#)])
    let record = SObject("Contact", fields: [JSONMember("Key__c", "k")])
    let results = SalesforceClientTests.client(scripted).upsertMany("Contact", by: "Key__c", [record])
    #expect(try results[0].get().isCreated)
    #expect(scripted.sent[0].url == SalesforceClientTests.root + "/composite/sobjects/Contact/Key__c")
  }

  @Test("A create tells the id, and is sent once when its answer is lost")
  func create() throws {
    let made = ScriptedTransport([.json(201, #"{"id":"1","success":true,"errors":[]}"#)])
    let row = try SalesforceClientTests.client(made).create("Opportunity", fields: [JSONMember("Name", "x")])
    #expect(row == RowAnswer(id: "1", isCreated: true, status: 201))
    let lost = ScriptedTransport([.fault(.timedOut)])
    let error = #expect(throws: ServiceError.self) {
      try SalesforceClientTests.client(lost).create("Opportunity", fields: [])
    }
    #expect(error?.code == .outcomeUnknown)
    #expect(lost.sent.count == 1)
  }

  @Test("A delete that finds the record gone says so, unless it may have done it itself")
  func delete() throws {
    try SalesforceClientTests.client(ScriptedTransport([.status(204)])).delete("Contact", id: "1")
    for (answers, code) in [([.status(404)], Code.recordGone), ([.fault(.cutOff), .status(404)], .outcomeUnknown)]
      as [([Answer], Code)]
    {
      let error = #expect(throws: ServiceError.self) {
        try SalesforceClientTests.client(ScriptedTransport(answers)).delete("Contact", id: "1")
      }
      #expect(error?.code == code)
    }
  }

  @Test("A secret that a service echoes does not reach the error")
  func echo() {
    let redaction = Redaction()
    redaction.learn(Secret("canary-secret-token"))
    let body =
      #"[{"errorCode":"canary-secret-token","message":"m canary-secret-token","fields":["canary-secret-token"]}]"#
    let client = SalesforceClientTests.client(ScriptedTransport([.json(400, body)]), redaction: redaction)
    let error = #expect(throws: ServiceError.self) { try client.create("Opportunity", fields: []) }
    #expect(error.map { !String(reflecting: $0).contains("canary") } == true)
  }
}
