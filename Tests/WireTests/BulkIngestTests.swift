import JSON
import Model
import Testing

@testable import Wire

@Suite("Updates after a second look, by collections and by ingest jobs")
struct BulkIngestTests {
  typealias Answer = ScriptedTransport.Answer
  static let codes = SalesforceWriteTests.codes

  @Test("R111, R112: what was changed or is gone is left alone, and the others are changed", arguments: [2, 100])
  func secondLook(threshold: Int) throws {
    let org = IngestOrg(count: 8)
    org.stamps[IngestOrg.id(1)] = "2026-11-02T08:00:01.000+0000"
    org.stamps[IngestOrg.id(2)] = nil
    org.stamps[IngestOrg.id(3)] = "2026-11-02T07:59:59.000Z"
    org.stamps[IngestOrg.id(4)] = "2026-11-02T08:00:00.999+0000"
    org.stamps[IngestOrg.id(5)] = "soon"
    var updates = IngestOrg.updates(8)
    updates.append(updates[0])
    updates.append(GuardedUpdate(SObject("Opportunity", id: "../x", fields: []), unmodifiedSince: IngestOrg.httpDate))
    updates.append(GuardedUpdate(SObject("Opportunity", id: IngestOrg.id(9), fields: []), unmodifiedSince: "soon"))
    updates.append(GuardedUpdate(SObject("a b", id: IngestOrg.id(9), fields: []), unmodifiedSince: IngestOrg.httpDate))
    let client = org.client()
    client.bulkWriteThreshold = threshold
    let results = client.rereadUpdates(updates)
    #expect(
      Self.codes(results) == [
        nil, .staleRecord, .recordGone, .staleRecord, nil, .malformedAnswer, nil, nil, .requestRefused, .requestRefused,
        .requestRefused, .requestRefused,
      ])
    #expect(org.written == Set([0, 4, 6, 7].map(IngestOrg.id)))
    #expect(try results[4].get().id == IngestOrg.id(4))
    #expect(org.sent.contains { $0.method == .put } == (threshold == 2))
  }

  @Test("Few records cost a look for 2,000 and a request for 200")
  func cost() {
    let org = IngestOrg(count: 450)
    let client = org.client()
    client.bulkWriteThreshold = 2000
    #expect(Self.codes(client.rereadUpdates(IngestOrg.updates(450))).allSatisfy { $0 == nil })
    #expect(
      org.calls == ["POST composite/sobjects/Opportunity"] + Array(repeating: "PATCH composite/sobjects", count: 3))
    #expect(client.rereadUpdates([]).isEmpty)
  }

  @Test("A look that fails changes nothing")
  func failedLook() {
    let org = IngestOrg(count: 3)
    org.fault = { $0.url.hasSuffix("/composite/sobjects/Opportunity") ? .status(503) : nil }
    #expect(Self.codes(org.client().rereadUpdates(IngestOrg.updates(3))).allSatisfy { $0 == .serviceFailed })
    #expect(org.written.isEmpty)
  }

  @Test("Many records go out in one job, which is deleted at the end")
  func job() throws {
    let org = IngestOrg(count: 300)
    let results = org.client().rereadUpdates(IngestOrg.updates(300))
    #expect(try results.map { try $0.get().id } == (0..<300).map(IngestOrg.id))
    #expect(
      try results[0].get()
        == RowAnswer(id: IngestOrg.id(0), isCreated: false, status: 200, requestID: "request-of-successfulResults"))
    #expect(
      org.calls == [
        "POST composite/sobjects/Opportunity", "POST jobs/ingest", "PUT jobs/ingest/750/batches",
        "PATCH jobs/ingest/750", "GET jobs/ingest/750", "GET jobs/ingest/750/successfulResults/",
        "GET jobs/ingest/750/failedResults/", "GET jobs/ingest/750/unprocessedrecords/", "DELETE jobs/ingest/750",
      ])
    let put = try #require(org.sent.first { $0.method == .put })
    #expect(put.headers.contains { $0.name == "Content-Type" && $0.value == "text/csv" })
    #expect(org.states.isEmpty)
  }

  static let fates: [(IngestOrg.Fate, Code?)] = [
    (.written, nil), (.unprocessed, .notAttempted), (.missing, .outcomeUnknown), (.contradictory, .outcomeUnknown),
    (.refused("FIELD_CUSTOM_VALIDATION_EXCEPTION:No, \"never\": m:Amount --"), .requestRefused),
    (.refused("STRING_TOO_LONG:data value too large:Name --"), .textTooLong),
    (.refused("ENTITY_IS_DELETED:entity is deleted:--"), .recordGone),
    (.refused("UNABLE_TO_LOCK_ROW:unable to obtain exclusive access:--"), .throttled),
    (.refused("something else"), .requestRefused), (.refused(""), .requestRefused),
  ]

  @Test(
    "R112: each record has the result that its row tells, in whatever order",
    arguments: ["JobComplete", "Failed", "Aborted"])
  func fates(state: String) throws {
    let org = IngestOrg(count: Self.fates.count)
    org.finalState = state
    org.fate = { id in Self.fates[Int(id.dropFirst(3).prefix(12)) ?? 0].0 }
    let results = org.client().rereadUpdates(IngestOrg.updates(Self.fates.count))
    #expect(Self.codes(results) == Self.fates.map(\.1))
    let refused = #expect(throws: ServiceError.self) { try results[4].get() }
    #expect(refused?.fields == ["Amount"])
    #expect(refused?.serviceCode == "FIELD_CUSTOM_VALIDATION_EXCEPTION")
    #expect(refused?.message.contains("No, \"never\": m") == true)
    let missing = #expect(throws: ServiceError.self) { try results[2].get() }
    #expect(missing?.message.contains("abcdefgh") == false)
    #expect(missing?.message.contains("too many") == (state != "JobComplete"))
  }

  static let errorTexts: [(String, String?, String, [String])] = [
    ("CODE_1:text:A__c,B --", "CODE_1", "text", ["A__c", "B"]), ("CODE:a: b:c: --", "CODE", "a: b:c", []),
    ("CODE:text", "CODE", "text", []), ("CODE:text --", "CODE", "text --", []), ("CODE", "CODE", "", []),
    ("Code:text:A --", nil, "Code:text:A --", []), ("", nil, "", []), (":x", nil, ":x", []),
  ]

  @Test("A row's error text falls into code, message and fields", arguments: errorTexts.indices)
  func errorText(index: Int) {
    let (text, code, message, fields) = Self.errorTexts[index]
    let error = BulkResults.rowForm(of: text)["errors"]?.arrayValue?.first
    #expect(error?["statusCode"]?.stringValue == code)
    #expect(error?["message"]?.stringValue == message)
    #expect(error?["fields"]?.arrayValue?.compactMap(\.stringValue) ?? [] == fields)
  }

  @Test("The upload holds every field of every record, as the service reads it")
  func upload() {
    let records = [
      SObject(
        "Opportunity", id: IngestOrg.id(0),
        fields: [JSONMember("Name", "a \"b\",\nc"), JSONMember("Amount", .number("1.50E3"))]),
      SObject("Opportunity", id: IngestOrg.id(1), fields: [JSONMember("amount", .null), JSONMember("Sync__c", true)]),
      SObject("Opportunity", id: IngestOrg.id(2), fields: [JSONMember("NAME", ""), JSONMember("Sync__c", false)]),
    ]
    let parts = BulkUpload.parts(of: records, limit: 1000)
    let id = IngestOrg.id
    #expect(
      parts.map { String(decoding: $0.body, as: UTF8.self) } == [
        "Id,Name,Amount,Sync__c\n\"\(id(0))\",\"a \"\"b\"\",\nc\",1500,\n\"\(id(1))\",,#N/A,true\n\"\(id(2))\",#N/A,,false\n"
      ])
    let halves = BulkUpload.parts(of: records, limit: 60)
    #expect(halves.map(\.places) == [[0], [1], [2]])
    #expect(halves.allSatisfy { $0.body.starts(with: Array("Id,Name,Amount,Sync__c\n".utf8)) })
  }

  static let unsayable: [JSONMember] = [
    JSONMember("Name", "#N/A"), JSONMember("Name", "a\r\nb"), JSONMember("Name", "a\0b"),
    JSONMember("Account", ["Key__c": "1"]), JSONMember("Id", "x"), JSONMember("a b", "x"),
  ]

  @Test("What CSV cannot say goes out in collections", arguments: unsayable)
  func collections(member: JSONMember) throws {
    let org = IngestOrg(count: 3)
    var updates = IngestOrg.updates(3)
    updates[1] = GuardedUpdate(
      SObject("Opportunity", id: IngestOrg.id(1), fields: [member]), unmodifiedSince: IngestOrg.httpDate)
    let results = org.client().rereadUpdates(updates)
    #expect(try results.map { try $0.get().id } == (0..<3).map(IngestOrg.id))
    #expect(org.uploads.values.first?.contains(IngestOrg.id(1)) == false)
    #expect(org.calls.last == "PATCH composite/sobjects")
  }

  @Test("Uploads are cut at the limit, and every record keeps its place")
  func split() throws {
    let org = IngestOrg(count: 100)
    let records = IngestOrg.updates(100).map(\.record)
    let results = BulkIngest(org.client(), limit: 1000).update(records)
    #expect(try results.map { try $0.get().id } == (0..<100).map(IngestOrg.id))
    #expect(org.uploads.count > 3)
    #expect(org.uploads.values.allSatisfy { $0.utf8.count <= 1000 })
  }
}
