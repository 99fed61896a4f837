import JSON
import Model
import Testing

@testable import Wire

@Suite("A bulk job that reads, and what can go wrong with it")
struct BulkQueryFaultTests {
  typealias Answer = ScriptedTransport.Answer

  static func error(
    count: Int = 5000, _ prepare: (SalesforceOrg) -> Void, then check: (SalesforceOrg) -> Void = { _ in }
  ) throws -> ServiceError? {
    let org = SalesforceOrg(count: count)
    prepare(org)
    let client = org.client()
    client.bulkQueryThreshold = 0
    defer { check(org) }
    do {
      var reading = try client.begin(SalesforceReadingTests.query)
      let rows = try reading.all()
      Issue.record("\(rows.count) rows came without an error")
      return nil
    } catch let error as ServiceError {
      return error
    }
  }

  /// What is done to the answer with a set, and the code that it must come to.
  static let sets: [(String, Code, @Sendable (Answer) -> Answer)] = [
    (
      "a row less", .snapshotIncomplete,
      { $0.changed { $0.split(separator: "\n").dropLast().joined(separator: "\n") + "\n" } }
    ),
    ("a row twice", .snapshotIncomplete, { $0.changed { $0 + ($0.split(separator: "\n").last ?? "") + "\n" } }),
    ("no line end", .snapshotIncomplete, { $0.changed { String($0.dropLast()) } }),
    ("a cut in a quoted cell", .snapshotIncomplete, { $0.changed { String($0.dropLast(4)) + "\n" } }),
    ("a stray quote", .snapshotIncomplete, { $0.changed { $0.replacing("\"name 7\"", with: "na\"me") } }),
    ("a row of one cell", .snapshotIncomplete, { $0.changed { $0.replacing(",\"name 7\"", with: "") } }),
    (
      "bytes that are no text", .snapshotIncomplete,
      {
        $0.map {
          var r = $0
          r.body[40] = 0xFF
          return r
        }
      }
    ),
    ("no count", .snapshotIncomplete, { $0.changed([("Sforce-NumberOfRecords", "many")]) }),
    ("another count", .snapshotIncomplete, { $0.changed([("Sforce-NumberOfRecords", "4999")]) }),
    ("a negative count", .snapshotIncomplete, { $0.changed([("Sforce-NumberOfRecords", "-1")]) }),
    ("a locator that comes back", .snapshotIncomplete, { $0.changed([("Sforce-Locator", "L0")]) }),
    ("an empty body", .snapshotIncomplete, { $0.changed { _ in "" } }),
    ("a column less", .malformedAnswer, { $0.changed { $0.replacing("\"Id\",\"Name\"", with: "\"Id\",\"Other\"") } }),
    ("a column twice", .malformedAnswer, { $0.changed { $0.replacing("\"Id\",\"Name\"", with: "\"Id\",\"Id\"") } }),
    ("a page of HTML", .malformedAnswer, { $0.changed([("Content-Type", "text/html")]) }),
    ("JSON", .malformedAnswer, { $0.changed([("Content-Type", "application/json")]) }),
    ("a job that is gone", .jobFailed, { _ in .json(404, #"[{"errorCode":"NOT_FOUND","message":"m"}]"#) }),
    ("another version", .jobFailed, { _ in .status(409) }),
    ("a refusal", .requestRefused, { _ in .json(400, #"[{"errorCode":"INVALIDJOBSTATE","message":"m"}]"#) }),
    ("a broken connection", .snapshotIncomplete, { _ in .fault(.truncated) }),
  ]

  @Test("R117: a set that is not whole is an error, never a shorter list", arguments: sets.indices)
  func brokenSet(index: Int) throws {
    let (what, code, change) = Self.sets[index]
    let error = try Self.error { org in
      org.alter = { request, answer in request.url.contains("/results?") ? change(answer) : answer }
    }
    #expect(error?.code == code, "\(what): \(error?.message ?? "")")
  }

  @Test("R117: a set cut at any byte is an error, never a shorter list")
  func cutSet() throws {
    let org = SalesforceOrg(count: 12)
    let client = org.client()
    client.bulkQueryThreshold = 0
    var whole = 0
    org.alter = { request, answer in
      if request.url.contains("/results?") { whole = (try? answer.get().body.count) ?? 0 }
      return answer
    }
    var reading = try client.begin(SalesforceReadingTests.query)
    #expect(try reading.all().count == 12)
    try #require(whole > 200)
    for length in 0..<whole {
      org.alter = { request, answer in
        request.url.contains("/results?") ? answer.changed { String($0.utf8.prefix(length)) ?? "" } : answer
      }
      var reading = try client.begin(SalesforceReadingTests.query)
      let error = #expect(throws: ServiceError.self, "cut after \(length) bytes") { try reading.all() }
      #expect(error?.code == .snapshotIncomplete || error?.code == .malformedAnswer)
    }
  }

  @Test("R117: a REST page cut at any byte is an error, never a shorter list")
  func cutPage() throws {
    let org = SalesforceOrg(count: 5)
    let client = org.client()
    let whole = try org.answer(to: Request(.get, SalesforceClientTests.root + "/query?q=SELECT%20Id%20FROM%20Thing__c"))
      .get().body.count
    for length in 0..<whole {
      org.alter = { $1.changed { String($0.utf8.prefix(length)) ?? "" } }
      #expect(throws: ServiceError.self, "cut after \(length) bytes") {
        try client.begin(RecordQuery("Thing__c", columns: ["Id"]))
      }
    }
  }

  @Test("Columns are found by name, in any order and case, and a missing locator ends the result")
  func shuffledColumns() throws {
    let org = SalesforceOrg(count: 2)
    org.alter = { request, answer in
      guard request.url.contains("/results?") else { return answer }
      let id = SalesforceOrg.id
      return .status(
        200, [("Content-Type", "text/csv"), ("Sforce-NumberOfRecords", "2")],
        body: "\"NAME\",\"id\"\n\"name 1\",\"\(id(1))\"\n\"name 0\",\"\(id(0))\"\n")
    }
    let client = org.client()
    client.bulkQueryThreshold = 0
    var reading = try client.begin(SalesforceReadingTests.query)
    #expect(try reading.all() == [[SalesforceOrg.id(1), "name 1"], [SalesforceOrg.id(0), "name 0"]])
  }

  @Test("R117: a record that comes twice is an error by REST and by a job", arguments: [0, 20_000])
  func duplicates(threshold: Int) throws {
    let twice = SalesforceOrg.Column(name: "Id", type: "id") { row in
      let id = SalesforceOrg.id(row == 2500 ? 7 : row)
      return ("\"\(id)\"", id)
    }
    let client = SalesforceOrg(["Thing__c": [twice]], count: 3000).client()
    client.bulkQueryThreshold = threshold
    let error = #expect(throws: ServiceError.self) {
      var reading = try client.begin(RecordQuery("Thing__c", columns: ["Id"]))
      _ = try reading.all()
    }
    #expect(error?.code == .snapshotIncomplete)
  }

  @Test("The job's own count is a proof of its own", arguments: [4999, 5001, nil] as [Int?])
  func jobCount(processed: Int?) throws {
    let error = try Self.error { org in
      org.alter = { request, answer in
        guard request.method == .get, request.url.wholeMatch(of: /.*\/jobs\/query\/750[0-9A]+/) != nil else {
          return answer
        }
        let text = processed.map { "\"numberRecordsProcessed\":\($0)" } ?? "\"x\":1"
        return answer.changed { $0.replacing("\"numberRecordsProcessed\":5000", with: text) }
      }
    }
    #expect(error?.code == .snapshotIncomplete)
  }

  @Test(
    "A job that failed or was aborted has its own code, without secrets, and is deleted",
    arguments: ["Failed", "Aborted"])
  func failedJob(state: String) throws {
    let error = try Self.error {
      $0.finalState = state
    } then: { org in
      #expect(org.sent.last?.method == .delete)
    }
    #expect(error?.code == .jobFailed)
    #expect(error?.message.contains("boom") == true)
    #expect(error?.message.contains("abc") == false)
  }

  @Test("A job in an unknown state, or one that never ends, is an error", arguments: ["Sleeping", "InProgress"])
  func neverEnds(state: String) throws {
    let error = try Self.error { $0.finalState = state }
    #expect(error?.code == (state == "InProgress" ? .jobFailed : .malformedAnswer))
  }

  @Test("A set that is too large is asked for again in smaller pieces")
  func tooLargeSets() throws {
    let org = SalesforceOrg(count: 60_000)
    org.fault = { request in
      guard let size = request.url.firstMatch(of: /maxRecords=([0-9]+)/).flatMap({ Int($0.output.1) }) else {
        return nil
      }
      return size > 20_000 ? .fault(.tooLarge(64 << 20)) : nil
    }
    var reading = try org.client().begin(SalesforceReadingTests.query)
    #expect(try reading.all().map { $0[0] } == (0..<60_000).map(SalesforceOrg.id))
    let sizes = org.sent.compactMap { $0.url.firstMatch(of: /maxRecords=([0-9]+)/).map { String($0.output.1) } }
    #expect(sizes == ["50000", "25000", "12500", "12500", "12500", "12500", "12500"])
  }

  @Test("A set that no size makes small enough is an error")
  func alwaysTooLarge() throws {
    let error = try Self.error { org in
      org.fault = { $0.url.contains("/results?") ? .fault(.tooLarge(64 << 20)) : nil }
    }
    #expect(error?.code == .answerTooLarge)
  }

  @Test("A lost answer to the making of a job makes another one, and no row comes twice")
  func lostCreation() throws {
    let org = SalesforceOrg(count: 5000)
    var isLost = false
    org.alter = { request, answer in
      guard request.url.hasSuffix("/jobs/query"), !isLost else { return answer }
      isLost = true
      return .fault(.cutOff)
    }
    let client = org.client()
    client.bulkQueryThreshold = 0
    var reading = try client.begin(SalesforceReadingTests.query)
    #expect(try reading.all().count == 5000)
    #expect(org.sent.filter { $0.url.hasSuffix("/jobs/query") }.count == 2)
  }

  @Test("The waits for a job grow to thirty seconds and are told")
  func waits() throws {
    let org = SalesforceOrg(count: 10)
    org.polls = 12
    let clock = TestClock()
    let client = org.client(clock)
    client.bulkQueryThreshold = 0
    var told: [String] = []
    client.channel.transport.onWait = { told.append($0.description) }
    var reading = try client.begin(SalesforceReadingTests.query)
    #expect(try reading.all().count == 10)
    #expect(clock.sleeps.prefix(3) == [1, 1.5, 2.25])
    #expect(clock.sleeps.max() == 30)
    #expect(told.count == 12)
    #expect(told[1].hasPrefix("acme.my.salesforce.com works on a job (InProgress)"))
  }
}
