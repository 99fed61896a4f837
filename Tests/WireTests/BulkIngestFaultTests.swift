import JSON
import Model
import Testing

@testable import Wire

@Suite("An ingest job whose answers are lost")
struct BulkIngestFaultTests {
  typealias Answer = ScriptedTransport.Answer
  static let codes = SalesforceWriteTests.codes

  /// The request whose answer is lost, how often, whether the request itself arrives, and what all records come to.
  static let losses: [(String, Int, Bool, Code?)] = [
    ("POST jobs/ingest", 1, true, nil), ("POST jobs/ingest", 99, true, .connectionLost),
    ("PUT jobs/ingest/750/batches", 1, true, nil), ("PUT jobs/ingest/750/batches", 1, false, nil),
    ("PUT jobs/ingest/750/batches", 99, true, .connectionLost),
    ("PATCH jobs/ingest/750", 1, true, nil), ("PATCH jobs/ingest/750", 1, false, nil),
    ("PATCH jobs/ingest/750", 5, true, nil), ("PATCH jobs/ingest/750", 5, false, nil),
    ("GET jobs/ingest/750", 2, true, nil),
    ("GET jobs/ingest/750/successfulResults/", 2, true, nil),
    ("GET jobs/ingest/750/successfulResults/", 99, true, .outcomeUnknown),
    ("DELETE jobs/ingest/750", 99, true, nil),
  ]

  @Test("A lost answer is asked for, and nothing is told of a record that is not so", arguments: losses.indices)
  func lost(index: Int) throws {
    let (call, times, arrives, code) = Self.losses[index]
    let org = IngestOrg(count: 4)
    var left = times
    func isLost(_ request: Request) -> Bool {
      let place = request.url.replacing(SalesforceClientTests.root + "/", with: "").replacing(/750[0-9A]+/, with: "750")
      guard "\(request.method.rawValue) \(place)" == call, left > 0 else { return false }
      left -= 1
      return true
    }
    org.alter = { arrives && isLost($0) ? .fault(.cutOff) : $1 }
    org.fault = { !arrives && isLost($0) ? .fault(.cutOff) : nil }
    let results = org.client().rereadUpdates(IngestOrg.updates(4))
    #expect(Self.codes(results) == Array(repeating: code, count: 4))
    let isWritten = code == nil || code == .outcomeUnknown
    #expect(org.written.count == (isWritten ? 4 : 0))
    // However often it was tried, one job only was told to begin.
    let begun = org.sent.filter { String(decoding: $0.body ?? [], as: UTF8.self).contains("UploadComplete") }
    #expect(Set(begun.map(\.url)).count <= 1)
  }

  @Test("A job that cannot be asked any more leaves its records unknown")
  func silence() {
    let org = IngestOrg(count: 3)
    var isBegun = false
    org.fault = { request in
      isBegun ? .fault(.cutOff) : nil
    }
    org.alter = { request, answer in
      if request.method == .patch { isBegun = true }
      return answer
    }
    #expect(Self.codes(org.client().rereadUpdates(IngestOrg.updates(3))).allSatisfy { $0 == .outcomeUnknown })
  }

  @Test("A refused upload writes nothing", arguments: ["PUT", "POST", "PATCH"])
  func refused(method: String) {
    let org = IngestOrg(count: 3)
    org.fault = { request in
      guard request.url.contains("/jobs/"), request.method.rawValue == method else { return nil }
      return .json(400, #"[{"errorCode":"INVALIDBATCH","message":"m"}]"#)
    }
    #expect(Self.codes(org.client().rereadUpdates(IngestOrg.updates(3))).allSatisfy { $0 == .requestRefused })
    #expect(org.written.isEmpty)
    #expect(org.states.isEmpty)
  }

  @Test(
    "A list of results cut at any byte proves nothing that is not so",
    arguments: ["successfulResults", "failedResults", "unprocessedrecords"])
  func cutList(list: String) {
    func fate(_ id: String) -> IngestOrg.Fate {
      switch (Int(id.dropFirst(3).prefix(12)) ?? 0) % 3 {
      case 0: .written
      case 1: .refused("STRING_TOO_LONG:m:Name --")
      default: .unprocessed
      }
    }
    let truth: [Code?] = [nil, .textTooLong, .notAttempted, nil, .textTooLong, .notAttempted]
    var length = 0
    var isCut = true
    var unknown = 0
    while isCut {
      let org = IngestOrg(count: 6)
      org.fate = fate
      org.alter = { request, answer in
        guard request.url.contains(list) else { return answer }
        isCut = length < ((try? answer.get().body.count) ?? 0)
        return answer.changed { String(decoding: $0.utf8.prefix(length), as: UTF8.self) }
      }
      for (code, real) in zip(Self.codes(org.client().rereadUpdates(IngestOrg.updates(6))), truth) {
        #expect(code == real || code == .outcomeUnknown, "cut after \(length) bytes")
        if code == .outcomeUnknown { unknown += 1 }
      }
      length += 1
    }
    #expect(length > 10)
    #expect(unknown > 10)
  }

  @Test("A list that is no table counts as lost", arguments: ["text/html", "application/json"])
  func noTable(type: String) {
    let org = IngestOrg(count: 2)
    org.alter = { $0.url.contains("successfulResults") ? $1.changed([("Content-Type", type)]) : $1 }
    #expect(Self.codes(org.client().rereadUpdates(IngestOrg.updates(2))) == [.outcomeUnknown, .outcomeUnknown])
  }
}
