import JSON
import Model
import Testing

@testable import Wire

@Suite("Reading a query of Salesforce, by REST or by a bulk job")
struct SalesforceReadingTests {
  typealias Column = SalesforceOrg.Column

  static let query = RecordQuery("Thing__c", columns: ["Id", "Name"])

  /// Type, JSON value, CSV cell, and the text that both come to.
  static let texts: [(String, String, String, String)] = [
    ("currency", "1000.0", "1000", "1000"), ("currency", "912260031.5", "9.122600315E8", "912260031.5"),
    ("double", "1.0E-7", "1.0E-7", "0.0000001"), ("double", "-0.50", "-0.5", "-0.5"), ("double", "-0.0", "0", "0"),
    ("int", "42", "42", "42"), ("percent", "10.0", "1.0E1", "10"), ("currency", "null", "", ""),
    ("currency", "100000000000000000.25", "100000000000000000.25", "100000000000000000.25"),
    ("boolean", "true", "TRUE", "true"), ("boolean", "false", "false", "false"),
    (
      "datetime", "\"2026-01-02T03:04:05.000+0000\"", "2026-01-02T03:04:05.000Z", "2026-01-02T03:04:05.000+0000"
    ),
    (
      "datetime", "\"2026-01-02T03:04:05.120+0000\"", "2026-01-02T05:04:05.12+02:00", "2026-01-02T03:04:05.120+0000"
    ),
    ("date", "\"2026-12-31\"", "2026-12-31", "2026-12-31"), ("date", "null", "", ""),
    // What only looks like a number or a date stays as it is.
    ("string", "\"007\"", "007", "007"), ("string", "\"1.50\"", "1.50", "1.50"), ("string", "\"1E5\"", "1E5", "1E5"),
    ("phone", "\"+49\"", "+49", "+49"), ("string", "\"TRUE\"", "TRUE", "TRUE"),
    ("string", "\"2026-01-02T03:04:05.000Z\"", "2026-01-02T03:04:05.000Z", "2026-01-02T03:04:05.000Z"),
    ("textarea", #""a, \"b\"\nc""#, "a, \"b\"\nc", "a, \"b\"\nc"), ("textarea", "\" x \"", " x ", " x "),
    ("textarea", "\"x\u{FEFF}y\u{1F600}é\"", "x\u{FEFF}y\u{1F600}é", "x\u{FEFF}y\u{1F600}é"),
    ("multipicklist", "\"A;B\"", "A;B", "A;B"), ("picklist", "\"null\"", "null", "null"),
  ]

  @Test("A row is the same, whichever way it came")
  func sameTexts() throws {
    let own = Self.texts.enumerated().map { index, entry in
      Column(name: "F\(index)__c", type: entry.0) { _ in (entry.1, entry.2) }
    }
    let parents = [
      Column(name: "Account.Revenue__c", type: "currency") { _ in ("12.0", "1.2E1") },
      Column(name: "Owner.Code__c") { _ in ("\"1.0\"", "1.0") },
    ]
    let org = SalesforceOrg(
      [
        "Thing__c": [.id] + own + parents,
        "Account": [Column(name: "Revenue__c", type: "currency") { _ in ("", "") }],
        "Owner": [Column(name: "Code__c") { _ in ("", "") }],
      ], count: 3)
    let query = RecordQuery("Thing__c", columns: ["Id"] + (own + parents).map(\.name))
    let client = org.client()
    var rest = try client.begin(query)
    client.bulkQueryThreshold = 0
    var bulk = try client.begin(query)
    let rows = try rest.all()
    #expect(rows[1] == [SalesforceOrg.id(1)] + Self.texts.map(\.3) + ["12", "1.0"])
    #expect(try bulk.all() == rows)
    #expect(org.calls.contains { $0.hasPrefix("DELETE jobs/query/750") })
  }

  @Test("A cell that is not of its field's type is an error", arguments: ["currency", "boolean", "datetime"])
  func wrongType(type: String) throws {
    let org = SalesforceOrg(
      ["Thing__c": [.id, Column(name: "F__c", type: type) { _ in ("null", "nonsense") }]], count: 1)
    let client = org.client()
    client.bulkQueryThreshold = 0
    var reading = try client.begin(RecordQuery("Thing__c", columns: ["Id", "F__c"]))
    let error = #expect(throws: ServiceError.self) { try reading.all() }
    #expect(error?.code == .malformedAnswer)
    #expect(error?.message.contains("nonsense") == false)
  }

  @Test("A result of no rows is complete", arguments: [0, 1])
  func empty(count: Int) throws {
    for threshold in [20_000, -1] {
      let org = SalesforceOrg(count: count)
      let client = org.client()
      client.bulkQueryThreshold = threshold
      var reading = try client.begin(Self.query)
      #expect(try reading.all().count == count)
      #expect(try reading.next() == nil)
    }
  }

  @Test(
    "The rows decide between pages and a job, which is asked without an order", arguments: [(20_000, 10), (20_001, 5)])
  func threshold(count: Int, requests: Int) throws {
    let org = SalesforceOrg(count: count)
    var reading = try org.client().begin(Self.query)
    #expect(try reading.all().map { $0[0] } == (0..<count).map(SalesforceOrg.id))
    let jobs = org.sent.filter { $0.url.hasSuffix("/jobs/query") }
    let orders = org.sent.filter { String(decoding: $0.body ?? [], as: UTF8.self).contains("ORDER") }
    #expect(jobs.count == (count > 20_000 ? 1 : 0))
    #expect(orders.isEmpty)
    #expect(org.sent[0].url.hasSuffix("ORDER%20BY%20Id"))
    // The probe, a description, the job, a look at it, its one set and its end; or ten pages.
    #expect(org.sent.count == (count > 20_000 ? 6 : 10))
  }

  @Test("Six objects of 100,000 rows each stay under 56 requests when all are begun first")
  func requestCount() throws {
    let names = (0..<6).map { "Object\($0)__c" }
    let org = SalesforceOrg(Dictionary(uniqueKeysWithValues: names.map { ($0, [Column.id]) }), count: 100_000)
    org.polls = 3
    let clock = TestClock()
    let client = org.client(clock)
    var readings = try names.map { try client.begin(RecordQuery($0, columns: ["Id"])) }
    for index in readings.indices {
      var count = 0
      while let batch = try readings[index].next() { count += batch.count }
      #expect(count == 100_000)
    }
    #expect(org.sent.count < 56)
    #expect(client.counter.requests == 6 * (1 + 1 + 1 + 3 + 2 + 1))
    // Only the first job's first look had to be waited for: while the others were begun no time passes on this clock.
    #expect(clock.sleeps.prefix(3) == [1, 1.5, 2.25])
  }

  static let tooLarge: [ScriptedTransport.Answer] = [
    .json(400, #"[{"errorCode":"QUERY_TIMEOUT","message":"m"}]"#),
    .json(400, #"[{"errorCode":"OPERATION_TOO_LARGE","message":"m"}]"#),
    .json(400, #"[{"errorCode":"REQUEST_RUNNING_TOO_LONG","message":"m"}]"#),
    .json(400, #"[{"errorCode":"QUERY_TOO_COMPLICATED","message":"m"}]"#), .status(414), .status(431),
  ]

  @Test("A query too large for an answer goes to a job at once", arguments: tooLarge)
  func handsOver(answer: ScriptedTransport.Answer) throws {
    let org = SalesforceOrg(count: 3)
    org.fault = { $0.url.contains("/query?q=") ? answer : nil }
    var reading = try org.client().begin(Self.query)
    #expect(try reading.all().count == 3)
    #expect(org.sent.filter { $0.url.contains("/query?q=") }.count == 1)
  }

  @Test("A query too long for an address is not even tried by REST")
  func longQuery() throws {
    let org = SalesforceOrg(count: 3)
    let condition = "Name IN (" + (0..<900).map { "'value number \($0)'" }.joined(separator: ", ") + ")"
    var reading = try org.client().begin(RecordQuery("Thing__c", columns: ["Id"], where: condition))
    #expect(try reading.all().count == 3)
    #expect(!org.sent.contains { $0.url.contains("/query?q=") })
    #expect(org.sent.allSatisfy { $0.url.utf8.count < 16_000 })
  }

  @Test(
    "An object without bulk jobs is read by REST, however many rows it has",
    arguments: ["INVALIDENTITY", "FeatureNotEnabled", "NOT_FOUND"])
  func withoutBulk(code: String) throws {
    let org = SalesforceOrg(count: 4001)
    org.fault = {
      $0.url.hasSuffix("/jobs/query")
        ? .json(code == "NOT_FOUND" ? 404 : 400, #"[{"errorCode":"\#(code)","message":"m"}]"#) : nil
    }
    let client = org.client()
    client.bulkQueryThreshold = 1
    var reading = try client.begin(Self.query)
    #expect(try reading.all().count == 4001)
  }

  @Test("Names of another form never reach a query", arguments: ["Name FROM User--", "a'b", "", "a b"])
  func identifiers(name: String) {
    let org = SalesforceOrg(count: 1)
    #expect(throws: ServiceError.self) { try org.client().begin(RecordQuery("Thing__c", columns: ["Id", name])) }
    #expect(throws: ServiceError.self) { try org.client().begin(RecordQuery(name, columns: ["Id"])) }
    #expect(org.sent.isEmpty)
  }

  @Test("A locator lost before any row was handed out begins the query again, once")
  func lostLocatorEarly() throws {
    let lost = ScriptedTransport.Answer.json(400, #"[{"errorCode":"INVALID_QUERY_LOCATOR","message":"m"}]"#)
    for losses in [1, 2] {
      let org = SalesforceOrg(count: 5000)
      var left = losses
      org.fault = { request in
        guard request.url.contains("/query/01g"), left > 0 else { return nil }
        left -= 1
        return lost
      }
      var reading = try org.client().begin(Self.query)
      guard losses == 2 else {
        #expect(try reading.all().map { $0[0] } == (0..<5000).map(SalesforceOrg.id))
        continue
      }
      let error = #expect(throws: ServiceError.self) { try reading.all() }
      #expect(error?.code == .snapshotIncomplete)
    }
  }

  @Test("R117: a locator lost after rows were handed out ends the reading, for good")
  func lostLocatorLate() throws {
    let org = SalesforceOrg(count: 9000)
    org.fault = { request in
      request.url.hasSuffix("-6000") ? .json(400, #"[{"errorCode":"INVALID_QUERY_LOCATOR","message":"m"}]"#) : nil
    }
    var reading = try org.client().begin(Self.query)
    #expect(try reading.next()?.count == 2000)
    for _ in 1...3 {
      let error = #expect(throws: ServiceError.self) { while try reading.next() != nil {} }
      #expect(error?.code == .snapshotIncomplete)
    }
    #expect(org.sent.filter { $0.url.contains("/query?q=") }.count == 1)
  }

  @Test(
    "A session that ends in mid-paging or in mid-polling is renewed",
    arguments: ["-2000", "/jobs/query/750", "results"])
  func renewal(place: String) throws {
    let org = SalesforceOrg(count: 5000)
    org.fault = { request in
      request.url.contains(place) && request.headers.contains { $0.value == "Bearer token-1" }
        ? .json(401, #"[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]"#) : nil
    }
    let signIn = ScriptedSignIn(origin: "https://acme.my.salesforce.com")
    let client = org.client(signIn: signIn)
    client.bulkQueryThreshold = place == "-2000" ? 20_000 : 0
    var reading = try client.begin(Self.query)
    #expect(try reading.all().count == 5000)
    #expect(signIn.renewals == 1)
  }

  @Test("A storm of 429 is waited out")
  func storm() throws {
    let org = SalesforceOrg(count: 5000)
    var count = 0
    org.fault = { _ in
      count += 1
      return count.isMultiple(of: 3) ? nil : .status(429, [("Retry-After", "2")])
    }
    let client = org.client()
    client.bulkQueryThreshold = 0
    var reading = try client.begin(Self.query)
    #expect(try reading.all().count == 5000)
  }

  @Test("Abandoning ends and deletes the job, and a refusal of that is swallowed", arguments: [false, true])
  func abandon(isRefused: Bool) throws {
    let org = SalesforceOrg(count: 100)
    org.fault = { isRefused && [.patch, .delete].contains($0.method) ? .status(500) : nil }
    let client = org.client()
    client.bulkQueryThreshold = 0
    var reading = try client.begin(Self.query)
    reading.abandon()
    reading.abandon()
    #expect(throws: ServiceError.self) { try reading.next() }
    #expect(org.sent.last?.method == .delete)
    #expect(org.sent.filter { $0.method == .delete }.count == 1)
  }

  static let numbers: [(String, String?)] = [
    ("0", "0"), ("-0.0", "0"), ("00012.500", "12.5"), ("1e3", "1000"), ("1E+3", "1000"), ("1.5e-3", "0.0015"),
    ("123.456e1", "1234.56"), ("123.456e-5", "0.00123456"), ("+7", "7"), (".5", "0.5"), ("5.", "5"), ("1e999", "1e999"),
    ("9.12260031E8", "912260031"), ("", nil), (".", nil), ("-", nil), ("1e", nil), ("1.2.3", nil), ("0x1", nil),
    ("1,5", nil), (" 1", nil), ("NaN", nil), ("1e99999999999999999999", "1e99999999999999999999"),
  ]

  @Test("Numbers have one plain spelling", arguments: numbers)
  func plainNumbers(text: String, expected: String?) {
    #expect(PlainDecimal.spelling(text) == expected)
  }
}
