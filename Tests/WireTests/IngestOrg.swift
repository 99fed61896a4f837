import CSV
import Foundation
import JSON

@testable import Wire

/// A Salesforce org on paper that changes opportunities, by collections and by ingest jobs, with faults by script.
final class IngestOrg {
  typealias Answer = ScriptedTransport.Answer

  enum Fate: Equatable {
    case written
    case refused(String)
    case unprocessed
    /// It is in none of the job's lists.
    case missing
    /// It is among the successful and among the failed.
    case contradictory
  }

  /// When each record was modified last; a record without is gone.
  var stamps: [String: String]
  var fate: (String) -> Fate = { _ in .written }
  var finalState = "JobComplete"
  var fault: (Request) -> Answer? = { _ in nil }
  var alter: (Request, Answer) -> Answer = { $1 }

  private(set) var sent: [Request] = []
  /// What the jobs were given, by the jobs' ids.
  private(set) var uploads: [String: String] = [:]
  private(set) var states: [String: String] = [:]
  private var made = 0
  /// The records that were really changed.
  private(set) var written: Set<String> = []

  static let date = "2026-11-02T08:00:00.000+0000"
  static let httpDate = "Mon, 02 Nov 2026 08:00:00 GMT"

  init(count: Int) {
    stamps = Dictionary(uniqueKeysWithValues: (0..<count).map { (Self.id($0), Self.date) })
  }

  static func id(_ row: Int) -> String { SalesforceOrg.id(row) }

  static func updates(_ count: Int) -> [GuardedUpdate] {
    (0..<count).map { row in
      GuardedUpdate(
        SObject("Opportunity", id: id(row), fields: [JSONMember("Name", .string("deal \(row)"))]),
        unmodifiedSince: httpDate)
    }
  }

  func client(_ redaction: Redaction = Redaction()) -> SalesforceClient {
    let transport = ScriptedTransport { [self] request, _ in
      sent.append(request)
      if let answer = fault(request) { return answer }
      return alter(request, own(request))
    }
    let client = SalesforceClientTests.client(transport, redaction: redaction)
    client.bulkWriteThreshold = 2
    return client
  }

  /// What was asked, without the address that all have in common and with one name for every job.
  var calls: [String] {
    sent.map { request in
      let place = request.url.replacing(SalesforceClientTests.root + "/", with: "")
      return "\(request.method.rawValue) \(place.replacing(/750[0-9A]+/, with: "750"))"
    }
  }

  private func own(_ request: Request) -> Answer {
    let path = request.url.replacing(SalesforceClientTests.root + "/", with: "").split(separator: "/").map(String.init)
    switch (path[0], path.count) {
    case ("composite", 3): return stampsOf(request)
    case ("composite", 2): return collection(request)
    case ("jobs", 2): return create()
    case ("jobs", 3): return job(path[2], request)
    case ("jobs", 4) where request.method == .put:
      uploads[path[2]] = String(decoding: request.body ?? [], as: UTF8.self)
      return .status(201)
    case ("jobs", 4): return list(path[3], path[2])
    default: return .status(404)
    }
  }

  private func stampsOf(_ request: Request) -> Answer {
    let ids = SalesforceWriteTests.body(request)?["ids"]?.arrayValue?.compactMap(\.stringValue) ?? []
    let rows = ids.map { id in stamps[id].map { #"{"Id":"\#(id)","LastModifiedDate":"\#($0)"}"# } ?? "null" }
    return .json(200, "[" + rows.joined(separator: ",") + "]")
  }

  private func collection(_ request: Request) -> Answer {
    let ids = SalesforceWriteTests.body(request)?["records"]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
    written.formUnion(ids)
    return .json(200, "[" + ids.map { #"{"id":"\#($0)","success":true,"errors":[]}"# }.joined(separator: ",") + "]")
  }

  // MARK: Jobs

  private func create() -> Answer {
    let id = "750" + String(repeating: "0", count: 11) + "\(made % 10)" + "AAA"
    made += 1
    states[id] = "Open"
    return document(id)
  }

  private func document(_ id: String) -> Answer {
    .json(200, #"{"id":"\#(id)","state":"\#(states[id] ?? "")","errorMessage":"too many Bearer abcdefgh"}"#)
  }

  private func job(_ id: String, _ request: Request) -> Answer {
    guard let state = states[id] else { return .json(404, #"[{"errorCode":"NOT_FOUND","message":"m"}]"#) }
    switch request.method {
    case .get, .put, .post:
      if state == "UploadComplete" { states[id] = finalState }
    case .delete:
      states[id] = nil
      return .status(204)
    case .patch:
      let wanted = SalesforceWriteTests.body(request)?["state"]?.stringValue ?? ""
      guard state == "Open" || (wanted == "Aborted" && state != "JobComplete") else {
        return .json(400, #"[{"errorCode":"INVALIDJOBSTATE","message":"m"}]"#)
      }
      states[id] = wanted
      if wanted == "UploadComplete" { written.formUnion(ids(of: id).filter { isWritten(fate($0)) }) }
    }
    return document(id)
  }

  private func isWritten(_ fate: Fate) -> Bool {
    switch fate {
    case .written, .missing, .contradictory: true
    case .refused, .unprocessed: false
    }
  }

  private func ids(of job: String) -> [String] {
    var reader = CSVReader(bytes: Array((uploads[job] ?? "").utf8), options: .table)
    var ids: [String] = []
    while let row = try? reader.next() { ids.append(row.text(0)) }
    return Array(ids.dropFirst())
  }

  /// A list of results, in the reverse order of the upload.
  private func list(_ name: String, _ job: String) -> Answer {
    let type = [(name: "Content-Type", value: "text/csv"), (name: "X-Request-Id", value: "request-of-\(name)")]
    let ids = ids(of: job).reversed().map { ($0, fate($0)) }
    switch name {
    case "successfulResults":
      let rows = ids.filter { $0.1 == .written || $0.1 == .contradictory }.map { "\"\($0.0)\",\"false\",\"\($0.0)\"\n" }
      return .status(200, type, body: "\"sf__Id\",\"sf__Created\",Id\n" + rows.joined())
    case "failedResults":
      let rows = ids.compactMap { id, fate -> String? in
        switch fate {
        case .refused(let text): "\"\(id)\",\"\(id)\",\(Self.cell(text))\n"
        case .contradictory: "\"\(id)\",\"\(id)\",UNKNOWN_EXCEPTION:m:--\n"
        case .written, .unprocessed, .missing: nil
        }
      }
      return .status(200, type, body: "\"sf__Id\",Id,\"sf__Error\"\n" + rows.joined())
    default:
      let rows = ids.filter { $0.1 == .unprocessed }.map { "\"\($0.0)\"\n" }
      return .status(200, type, body: rows.isEmpty ? "" : "Id\n" + rows.joined())
    }
  }

  /// A cell, quoted only where it has to be: that is where a cut does not show by itself.
  private static func cell(_ text: String) -> String {
    text.contains { $0 == "\"" || $0 == "," } ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
