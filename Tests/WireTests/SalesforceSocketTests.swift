import Model
import TestSupport
import Testing

@testable import Wire

/// The same client over libcurl and a real socket, with a server that misbehaves.
@Suite("Reading Salesforce over a socket")
struct SalesforceSocketTests {
  typealias Received = LoopbackServer.Received
  typealias Reply = LoopbackServer.Answer

  static let csv = Array("\"Id\",\"Name\"\n\"a00000000000001AAA\",\"x\ny\"\n\"a00000000000002AAA\",\"z\"\n".utf8)
  static let page: [UInt8] = {
    let rows = #"{"Id":"a00000000000001AAA","Name":"x\ny"},{"Id":"a00000000000002AAA","Name":"z"}"#
    return Array(#"{"totalSize":2,"done":true,"records":[\#(rows)]}"#.utf8)
  }()
  static let json: [(String, String)] = [("Content-Type", "application/json")]

  /// An org of two records that has every query read by a job; `change` spoils an answer.
  static func server(_ change: @escaping @Sendable (Received, Reply) -> Reply = { $1 }) throws -> LoopbackServer {
    try LoopbackServer { request in
      change(request, own(request))
    }
  }

  private static func own(_ request: Received) -> Reply {
    let job = #"{"id":"750000000000000AAA","state":"JobComplete","numberRecordsProcessed":2}"#
    if request.target.contains("/describe") {
      return Reply(headers: json, body: Array(#"{"name":"Thing__c","fields":[]}"#.utf8))
    }
    if request.target.contains("/query?q=") {
      return Reply(headers: json, body: page)
    }
    if request.target.contains("/results?") {
      return Reply(
        headers: [
          ("Content-Type", "text/csv"), ("Sforce-NumberOfRecords", "2"), ("Sforce-Locator", "null"),
        ], body: csv)
    }
    return Reply(
      status: request.method == "DELETE" ? 204 : 200, headers: json,
      body: request.method == "DELETE" ? [] : Array(job.utf8))
  }

  static func client(_ server: LoopbackServer, threshold: Int) -> SalesforceClient {
    var policy = RetryPolicy()
    policy.attempts = 1
    let client = SalesforceClient(
      transport: RetryingTransport(
        CurlTransport(limits: TransportLimits()), policy: policy, pacing: TestClock().pacing),
      session: ScriptedSignIn(origin: server.url), redaction: Redaction(), apiVersion: "62.0")
    client.bulkQueryThreshold = threshold
    return client
  }

  @Test("Pages and a job bring the same rows", arguments: [0, 100])
  func whole(threshold: Int) throws {
    let server = try Self.server()
    defer { server.stop() }
    var reading = try Self.client(server, threshold: threshold).begin(SalesforceReadingTests.query)
    #expect(try reading.all() == [["a00000000000001AAA", "x\ny"], ["a00000000000002AAA", "z"]])
    let set = server.received.first { $0.target.contains("/results?") }
    #expect(set?.headers["accept"] == (threshold == 0 ? "text/csv" : nil))
  }

  @Test(
    "R117: a page or a set cut at any byte on the wire is an error, never a shorter list",
    arguments: ["/results?", "/query?q="])
  func cut(place: String) throws {
    let count = Guarded(0)
    let server = try Self.server { request, answer in
      guard request.target.contains(place) else { return answer }
      var answer = answer
      answer.cutAfter = count.withLock { $0 }
      return answer
    }
    defer { server.stop() }
    let length = place == "/results?" ? Self.csv.count : Self.page.count
    for cut in stride(from: 0, to: length, by: 3) {
      count.withLock { $0 = cut }
      let client = Self.client(server, threshold: place == "/results?" ? 0 : 100)
      let error = #expect(throws: ServiceError.self, "cut after \(cut) bytes") {
        var reading = try client.begin(SalesforceReadingTests.query)
        _ = try reading.all()
      }
      #expect([.snapshotIncomplete, .connectionLost, .unreachable, .timedOut].contains(error?.code))
    }
  }

  @Test("A next link to another host is refused, and no token goes there")
  func foreignLink() throws {
    let other = try LoopbackServer { _ in .init() }
    let target = "http://localhost:\(other.port)/services/data/v62.0/query/01g-2"
    let server = try Self.server { request, answer in
      guard request.target.contains("/query?q=") else { return answer }
      var answer = answer
      answer.body = Array(#"{"totalSize":2,"done":false,"nextRecordsUrl":"\#(target)","records":[{"Id":"1"}]}"#.utf8)
      return answer
    }
    defer {
      server.stop()
      other.stop()
    }
    let error = #expect(throws: ServiceError.self) {
      try Self.client(server, threshold: 100).begin(RecordQuery("Thing__c", columns: ["Id"]))
    }
    #expect(error?.code == .redirectRefused)
    #expect(error?.message.contains("token") == false)
    #expect(other.received.isEmpty)
  }

  @Test("An upload arrives as it was given, by PUT and as CSV")
  func upload() throws {
    let id = "750000000000000AAA"
    let server = try Self.server { request, answer in
      guard request.target.contains("/jobs/ingest") else { return answer }
      let state = request.method == "POST" ? "Open" : "JobComplete"
      let list =
        request.target.contains("successfulResults")
        ? "sf__Id,sf__Created,Id\n\"\(IngestOrg.id(0))\",false,\"\(IngestOrg.id(0))\"\n" : ""
      if request.target.contains("ults/") || request.target.contains("records/") {
        return Reply(headers: [("Content-Type", "text/csv")], body: Array(list.utf8))
      }
      return Reply(
        status: request.method == "PUT" ? 201 : 200, headers: Self.json,
        body: request.method == "PUT" ? [] : Array(#"{"id":"\#(id)","state":"\#(state)"}"#.utf8))
    }
    defer { server.stop() }
    let results = BulkIngest(Self.client(server, threshold: 0)).update([IngestOrg.updates(1)[0].record])
    #expect(try results.map { try $0.get().id } == [IngestOrg.id(0)])
    let put = try #require(server.received.first { $0.method == "PUT" })
    #expect(put.headers["content-type"] == "text/csv")
    #expect(String(decoding: put.body, as: UTF8.self) == "Id,Name\n\"\(IngestOrg.id(0))\",\"deal 0\"\n")
  }
}
