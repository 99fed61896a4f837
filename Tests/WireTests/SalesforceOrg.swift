import Foundation
import JSON
import Model

@testable import Wire

/// A Salesforce org on paper: objects that REST pages through and that bulk jobs read, with faults by script.
final class SalesforceOrg {
  typealias Answer = ScriptedTransport.Answer

  struct Column: Sendable {
    var name: String
    var type = "string"
    /// The cell of a row as JSON and as the text of a CSV cell.
    var cell: @Sendable (Int) -> (json: String, csv: String)

    static let id = Column(name: "Id", type: "id") { row in ("\"\(SalesforceOrg.id(row))\"", SalesforceOrg.id(row)) }
  }

  var columns: [String: [Column]]
  var count: Int
  var pageSize = 2000
  /// How often a job is asked for until it has ended.
  var polls = 1
  var finalState = "JobComplete"
  /// An answer in the place of the org's own.
  var fault: (Request) -> Answer? = { _ in nil }
  /// Changes the org's own answer.
  var alter: (Request, Answer) -> Answer = { $1 }

  private(set) var sent: [Request] = []
  private var locators: [String: String] = [:]
  private var jobs: [String: (query: String, polls: Int)] = [:]
  /// Bodies of sets, which several objects of a test have in common.
  private var bodies: [String: String] = [:]

  init(_ columns: [String: [Column]], count: Int) {
    self.columns = columns
    self.count = count
  }

  /// An org of one object `Thing__c` with an id and a name.
  convenience init(count: Int) {
    self.init(
      ["Thing__c": [.id, Column(name: "Name") { row in ("\"name \(row)\"", "name \(row)") }]], count: count)
  }

  static func id(_ row: Int) -> String {
    let digits = String(row)
    return "a00" + String(repeating: "0", count: 12 - digits.count) + digits + "AAA"
  }

  func client(_ clock: TestClock = TestClock(), signIn: (any SignIn)? = nil) -> SalesforceClient {
    let transport = ScriptedTransport { [self] request, _ in answer(to: request) }
    return SalesforceClient(
      transport: RetryingTransport(transport, pacing: clock.pacing),
      session: signIn ?? ScriptedSignIn(origin: "https://acme.my.salesforce.com"), redaction: Redaction(),
      apiVersion: "62.0")
  }

  /// What was asked, without the address that all have in common.
  var calls: [String] {
    sent.map { "\($0.method.rawValue) \($0.url.replacing(SalesforceClientTests.root + "/", with: ""))" }
  }

  func answer(to request: Request) -> Answer {
    sent.append(request)
    if let answer = fault(request) { return answer }
    return alter(request, own(request))
  }

  private func own(_ request: Request) -> Answer {
    guard let parts = URLComponents(string: request.url) else { return .status(400) }
    let path = parts.path.split(separator: "/").map(String.init).dropFirst(3)
    func query(_ name: String) -> String? { parts.queryItems?.first { $0.name == name }?.value }
    switch (path.first, path.count) {
    case ("sobjects", 3): return describe(path[path.startIndex + 1])
    case ("query", 1): return page(query("q") ?? "", from: 0)
    case ("query", 2):
      let place = path[path.startIndex + 1].split(separator: "-")
      return page(locators[String(place[0])] ?? "", from: Int(place[1]) ?? 0)
    case ("jobs", 2): return create(request)
    case ("jobs", 3): return job(path[path.startIndex + 2], request)
    case ("jobs", 4): return set(path[path.startIndex + 2], Int(query("maxRecords") ?? "") ?? 0, query("locator"))
    default: return .status(404)
    }
  }

  // MARK: Describe and REST

  private func describe(_ object: String) -> Answer {
    let fields = (columns[object] ?? []).map { column in
      let parts = column.name.split(separator: ".")
      guard parts.count == 2 else { return #"{"name":"\#(column.name)","type":"\#(column.type)"}"# }
      return #"{"name":"\#(parts[0])Id","type":"reference","relationshipName":"\#(parts[0])","#
        + #""referenceTo":["\#(parts[0])"]}"#
    }
    return .json(200, #"{"name":"\#(object)","fields":[\#(fields.joined(separator: ","))]}"#)
  }

  private func page(_ soql: String, from start: Int) -> Answer {
    let end = min(count, start + pageSize)
    let chosen = chosen(soql)
    let rows = (start..<max(start, end)).map { row in
      let members = chosen.map { column in
        let parts = column.name.split(separator: ".")
        let value = column.cell(row).json
        return parts.count == 2 ? #""\#(parts[0])":{"\#(parts[1])":\#(value)}"# : #""\#(column.name)":\#(value)"#
      }
      return "{" + members.joined(separator: ",") + "}"
    }
    let locator = "01g\(locators.count)"
    if end < count { locators[locator] = soql }
    let link = end < count ? #","nextRecordsUrl":"/services/data/v62.0/query/\#(locator)-\#(end)""# : ""
    let head = #"{"totalSize":\#(count),"done":\#(end >= count)\#(link),"records":["#
    return .json(200, head + rows.joined(separator: ",") + "]}")
  }

  private func chosen(_ soql: String) -> [Column] {
    let words = soql.replacing(",", with: "").split(separator: " ").map(String.init)
    guard let from = words.firstIndex(of: "FROM") else { return [] }
    let all = columns[words[from + 1]] ?? []
    return words[1..<from].compactMap { name in all.first { $0.name == name } }
  }

  // MARK: Bulk

  private func create(_ request: Request) -> Answer {
    let body = try? JSONValue(parsing: request.body ?? [])
    let id = "750" + String(repeating: "0", count: 11) + "\(jobs.count)" + "AAA"
    jobs[id] = (body?["query"]?.stringValue ?? "", 0)
    return .json(200, #"{"id":"\#(id)","state":"UploadComplete","apiVersion":62.0}"#)
  }

  private func job(_ id: String, _ request: Request) -> Answer {
    guard var job = jobs[id] else { return .json(404, #"[{"errorCode":"NOT_FOUND","message":"m"}]"#) }
    switch request.method {
    case .delete:
      jobs[id] = nil
      return .status(204)
    case .patch: return .json(200, #"{"id":"\#(id)","state":"Aborted"}"#)
    case .get, .post, .put:
      job.polls += 1
      jobs[id] = job
      let state = job.polls < polls ? "InProgress" : finalState
      return .json(
        200,
        #"{"id":"\#(id)","state":"\#(state)","numberRecordsProcessed":\#(count),"errorMessage":"boom Bearer abc"}"#)
    }
  }

  private func set(_ id: String, _ size: Int, _ locator: String?) -> Answer {
    let start = locator.flatMap { Int($0.dropFirst()) } ?? 0
    let end = min(count, start + size)
    let chosen = chosen(jobs[id]?.query ?? "")
    let key = "\(chosen.map(\.name)) \(start) \(end)"
    let body = bodies[key] ?? Self.table(chosen, start..<max(start, end))
    bodies[key] = body
    return .status(
      200,
      [
        ("Content-Type", "text/csv; charset=UTF-8"), ("Sforce-NumberOfRecords", "\(end - start)"),
        ("Sforce-Locator", end < count ? "L\(end)" : "null"),
      ], body: body)
  }
}

extension SalesforceOrg {
  private static func table(_ columns: [Column], _ rows: Range<Int>) -> String {
    var body = columns.map { "\"\($0.name)\"" }.joined(separator: ",") + "\n"
    for row in rows {
      let cells = columns.map { "\"\($0.cell(row).csv.replacing("\"", with: "\"\""))\"" }
      body += cells.joined(separator: ",") + "\n"
    }
    return body
  }
}

extension RecordReading {
  /// All rows.
  mutating func all() throws -> [[String]] {
    var rows: [[String]] = []
    while let batch = try next() { rows += batch }
    return rows
  }
}

extension Result where Success == Response, Failure == TransportError {
  /// The same answer with another body or other headers.
  func changed(
    body: ((String) -> String)? = nil, _ headers: [(name: String, value: String)] = []
  ) -> Self {
    map { response in
      var response = response
      if let body { response.body = Array(body(String(decoding: response.body, as: UTF8.self)).utf8) }
      let names = ["Content-Type", "Sforce-NumberOfRecords", "Sforce-Locator", "Sforce-Limit-Info"]
      let old = names.compactMap { name in response.headers[name].map { (name: name, value: $0) } }
      response.headers = Headers(old + headers)
      return response
    }
  }
}
