import JSON
import Model
import Testing

@testable import Wire

@Suite("What Salesforce's errors mean")
struct SalesforceErrorTests {
  typealias Answer = ScriptedTransport.Answer

  /// Salesforce's code, ours, and how often a read and a creation that meet it are sent.
  static let rows: [(String, Code, Int, Int)] = [
    ("INVALID_AUTH_HEADER", .signInRefused, 1, 1), ("INVALID_SESSION_ID", .signInRefused, 1, 1),
    ("INVALIDSESSIONID", .signInRefused, 1, 1),
    ("REQUEST_LIMIT_EXCEEDED", .throttled, 4, 1),
    ("UNABLE_TO_LOCK_ROW", .throttled, 5, 5), ("TOO_MANY_APEX_REQUESTS", .throttled, 5, 5),
    ("EXCEEDEDQUOTA", .throttled, 1, 1), ("LIMIT_EXCEEDED", .throttled, 1, 1),
    ("STORAGE_LIMIT_EXCEEDED", .throttled, 1, 1), ("TOOMANYLOCKFAILURE", .throttled, 1, 1),
    ("SERVER_UNAVAILABLE", .serviceFailed, 5, 1), ("TEMPORARY_QUERY_MORE_FAILURE", .serviceFailed, 5, 1),
    ("QUERY_TIMEOUT", .serviceFailed, 1, 1), ("REQUEST_RUNNING_TOO_LONG", .serviceFailed, 1, 1),
    ("OPERATION_TOO_LARGE", .serviceFailed, 1, 1), ("TIMEOUT", .serviceFailed, 1, 1),
    ("UNKNOWN_EXCEPTION", .serviceFailed, 1, 1), ("UNKNOWN", .serviceFailed, 1, 1),
    ("API_CURRENTLY_DISABLED", .serviceFailed, 1, 1),
    ("INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE", .serviceFailed, 1, 1),
    ("MATCH_PRECONDITION_FAILED", .staleRecord, 1, 1),
    ("NOT_FOUND", .recordGone, 1, 1), ("NOTFOUND", .recordGone, 1, 1), ("ENTITY_IS_DELETED", .recordGone, 1, 1),
    ("INVALID_CROSS_REFERENCE_KEY", .recordGone, 1, 1), ("INVALID_ID_FIELD", .recordGone, 1, 1),
    ("INSUFFICIENT_ACCESS_OR_READONLY", .permissionRefused, 1, 1),
    ("INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", .permissionRefused, 1, 1),
    ("API_DISABLED_FOR_ORG", .permissionRefused, 1, 1), ("TXN_SECURITY_METERING_ERROR", .permissionRefused, 1, 1),
    ("FEATURENOTENABLED", .permissionRefused, 1, 1), ("INVALIDUSER", .permissionRefused, 1, 1),
    ("DUPLICATE_VALUE", .identityDuplicate, 1, 1), ("DUPLICATE_EXTERNAL_ID", .identityDuplicate, 1, 1),
    ("STRING_TOO_LONG", .textTooLong, 1, 1),
    ("ALL_OR_NONE_OPERATION_ROLLED_BACK", .notAttempted, 1, 1), ("PROCESSING_HALTED", .notAttempted, 1, 1),
    ("BATCH_PROCESSING_HALTED", .notAttempted, 1, 1),
    ("INVALID_QUERY_LOCATOR", .snapshotIncomplete, 1, 1), ("QUERY_LOCATOR_EXPIRED", .snapshotIncomplete, 1, 1),
    ("UNAUTHORIZED_USER_FOR_CURSOR", .snapshotIncomplete, 1, 1),
    ("FIELD_CUSTOM_VALIDATION_EXCEPTION", .requestRefused, 1, 1), ("INVALID_FIELD", .requestRefused, 1, 1),
    ("INVALID_FIELD_FOR_INSERT_UPDATE", .requestRefused, 1, 1), ("INVALID_TYPE", .requestRefused, 1, 1),
    ("MALFORMED_QUERY", .requestRefused, 1, 1), ("MALFORMED_ID", .requestRefused, 1, 1),
    ("JSON_PARSER_ERROR", .requestRefused, 1, 1), ("REQUIRED_FIELD_MISSING", .requestRefused, 1, 1),
    ("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", .requestRefused, 1, 1),
    ("FIELD_INTEGRITY_EXCEPTION", .requestRefused, 1, 1), ("FIELD_FILTER_VALIDATION_EXCEPTION", .requestRefused, 1, 1),
    ("NUMBER_OUTSIDE_VALID_RANGE", .requestRefused, 1, 1), ("INVALID_EMAIL_ADDRESS", .requestRefused, 1, 1),
    ("INVALID_CURRENCY_ISO", .requestRefused, 1, 1), ("TOO_MANY_ENUM_VALUE", .requestRefused, 1, 1),
    ("DUPLICATES_DETECTED", .requestRefused, 1, 1), ("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", .requestRefused, 1, 1),
    ("ENTITY_IS_LOCKED", .requestRefused, 1, 1), ("INACTIVE_OWNER_OR_USER", .requestRefused, 1, 1),
    ("QUERY_TOO_COMPLICATED", .requestRefused, 1, 1), ("EXCEEDED_ID_LIMIT", .requestRefused, 1, 1),
    ("MATCH_PRECONDITION_REQUIRED", .requestRefused, 1, 1), ("API_ERROR", .requestRefused, 1, 1),
    ("CLIENTINPUTERROR", .requestRefused, 1, 1), ("INVALIDBATCH", .requestRefused, 1, 1),
    ("INVALIDENTITY", .requestRefused, 1, 1), ("INVALIDJOB", .requestRefused, 1, 1),
    ("INVALIDJOBSTATE", .requestRefused, 1, 1), ("INVALIDOPERATION", .requestRefused, 1, 1),
    ("INVALIDURL", .requestRefused, 1, 1), ("INVALIDXML", .requestRefused, 1, 1),
    ("METHODNOTALLOWED", .requestRefused, 1, 1),
  ]

  @Test("R109: the table of codes is complete, and each stands in it once")
  func complete() {
    #expect(Set(Self.rows.map(\.0)).symmetricDifference(SalesforceCode.table.keys).isEmpty)
    #expect(Self.rows.count == SalesforceCode.table.count)
  }

  @Test("R109, R110: each code has its meaning, in any case, and passes or not", arguments: rows)
  func row(name: String, code: Code, reads: Int, creations: Int) {
    let answer = Answer.json(400, #"[{"errorCode":"\#(name.lowercased())","message":"REQUEST_LIMIT_EXCEEDED"}]"#)
    let reading = ScriptedTransport([answer])
    let read = #expect(throws: ServiceError.self) { try SalesforceClientTests.client(reading).count("Account") }
    #expect(read?.code == code)
    #expect(reading.sent.count == reads)
    let writing = ScriptedTransport([answer])
    let created = #expect(throws: ServiceError.self) {
      try SalesforceClientTests.client(writing).create("Account", fields: [])
    }
    #expect(created?.code == code)
    #expect(writing.sent.count == creations)
  }

  /// An error's whole answer, our code, Salesforce's, and a piece of the message.
  static let shapes: [(Answer, Code, String?, String)] = [
    (
      .json(400, #"[{"errorCode":"INVALID_FIELD","message":"no A","fields":["A"]}]"#), .requestRefused, "INVALID_FIELD",
      "no A"
    ),
    (.json(400, #"{"errorCode":"STRING_TOO_LONG","message":"long"}"#), .textTooLong, "STRING_TOO_LONG", "long"),
    (.json(400, "[]"), .requestRefused, nil, "400"), (.json(404, "null"), .recordGone, nil, "404"),
    (.json(400, #"["text"]"#), .requestRefused, nil, "400"), (.json(403, "{}"), .permissionRefused, nil, "403"),
    (.status(404), .recordGone, nil, "404"), (.status(410), .recordGone, nil, "410"),
    (.status(412), .staleRecord, nil, "412"), (.status(415), .requestRefused, nil, "415"),
    (.status(428), .requestRefused, nil, "428"),
    (.status(405, [("Content-Type", "text/html")], body: "<html>secret"), .requestRefused, nil, "405"),
    (.json(300, #"["/services/data/v62.0/sobjects/Account/1"]"#), .identityDuplicate, nil, "300"),
    (
      .json(
        400,
        #"""
        [{"errorCode":"DUPLICATES_DETECTED","message":"Use one of these records?","duplicateResult":{"matchResults":[
        {"rule":"r","matchRecords":[{"matchConfidence":100.0,"record":{"Id":"0015500001QdQWaAAN"}}]}]}}]
        """#), .requestRefused, "DUPLICATES_DETECTED", "0015500001QdQWaAAN"
    ),
    (.json(400, #"[{"errorCode":"A_NEW_ONE","message":"m"}]"#), .requestRefused, "A_NEW_ONE", "m"),
  ]

  @Test("R109: errors of every shape are read", arguments: shapes)
  func shape(answer: Answer, code: Code, serviceCode: String?, text: String) {
    let error = #expect(throws: ServiceError.self) {
      try SalesforceClientTests.client(ScriptedTransport([answer])).create("Account", fields: [])
    }
    #expect(error?.code == code)
    #expect(error?.serviceCode == serviceCode)
    #expect(error?.message.contains(text) == true)
    #expect(error?.message.contains("secret") == false)
  }

  @Test("A locked record is tried again when it is written alone, too, and a lost answer is not")
  func lockedAlone() throws {
    let locked = Answer.json(400, #"[{"errorCode":"UNABLE_TO_LOCK_ROW","message":"m"}]"#)
    let made = Answer.json(201, #"{"id":"1","success":true,"errors":[]}"#, [("X-Request-Id", "r1")])
    let scripted = ScriptedTransport([locked, locked, made])
    let row = try SalesforceClientTests.client(scripted).create("Account", fields: [])
    #expect(row == RowAnswer(id: "1", isCreated: true, status: 201, requestID: "r1"))
    #expect(scripted.sent.count == 3)
    let lost = ScriptedTransport([locked, .fault(.cutOff), made])
    let error = #expect(throws: ServiceError.self) {
      try SalesforceClientTests.client(lost).create("Account", fields: [])
    }
    #expect(error?.code == .outcomeUnknown)
    #expect(lost.sent.count == 2)
  }

  @Test("A subrequest that failed within the service is unknown, and a record found locked is tried alone")
  func composite() {
    let locked = #"[{"errorCode":"UNABLE_TO_LOCK_ROW","message":"m"}]"#
    let scripted = ScriptedTransport([
      SalesforceWriteTests.composite([
        (0, 500, #"[{"errorCode":"UNKNOWN_EXCEPTION","message":"m"}]"#), (1, 400, locked), (2, 412, "null"),
      ]),
      SalesforceWriteTests.composite([(0, 204, "null")]),
    ])
    let results = SalesforceClientTests.client(scripted).guardedUpdates(SalesforceWriteTests.guarded(3))
    #expect(SalesforceWriteTests.codes(results) == [.outcomeUnknown, nil, .staleRecord])
    let again = SalesforceWriteTests.body(scripted.sent[1])?["compositeRequest"]?.arrayValue
    #expect(again?.map { $0["body"] } == [["Name": "deal 1"]])
  }
}
