import Foundation
import Testing

@testable import Sandbox

extension LiveSandbox {
  /// Sets switches of the org.
  @discardableResult
  func set(_ switches: (String, JSONValue)...) async throws -> Answer {
    try await send("POST", control + "/org", ["set": .object(JSONObject(switches))])
  }

  /// One call below the version's address.
  func call(
    _ method: String, _ path: String, _ body: JSONValue? = nil, _ token: String, headers: [String: String] = [:]
  ) async throws -> Answer {
    try await send(method, data + path, body, token: token, headers: headers)
  }

  /// Makes a query job and gives its id.
  func queryJob(_ soql: String, _ token: String, _ more: (String, JSONValue)...) async throws -> String {
    let body = JSONValue.object(JSONObject([("operation", "query"), ("query", .string(soql))] + more))
    let answer = try await call("POST", "/jobs/query", body, token)
    #expect(answer.status == 200, "\(answer.text)")
    return text(answer.json["id"])
  }

  /// Asks for a job until it has ended, and gives the states seen and the last answer.
  func poll(_ path: String, _ token: String) async throws -> (states: [String], last: JSONValue) {
    var states: [String] = []
    for _ in 0..<100 {
      let answer = try await call("GET", path, nil, token)
      states.append(text(answer.json["state"]))
      if ["JobComplete", "Failed", "Aborted"].contains(states.last) { return (states, answer.json) }
    }
    Issue.record("the job does not end")
    return (states, .null)
  }

  /// The headers and lines of all sets of a finished query job.
  func sets(_ job: String, _ token: String, maxRecords: Int? = nil) async throws -> [Answer] {
    var answers: [Answer] = []
    var locator: String? = ""
    while let here = locator {
      try #require(answers.count < 100, "the sets have no end")
      let query = [maxRecords.map { "maxRecords=\($0)" }, here.isEmpty ? nil : "locator=\(here)"].compactMap { $0 }
      let answer = try await call("GET", "/jobs/query/\(job)/results?" + query.joined(separator: "&"), nil, token)
      #expect(answer.status == 200, "\(answer.text)")
      answers.append(answer)
      locator = answer.headers["sforce-locator"] == "null" ? nil : answer.headers["sforce-locator"]
    }
    return answers
  }

  /// Makes an ingest job, uploads, closes, polls, and gives its id and last answer.
  func ingest(
    _ csv: String, _ token: String, object: String = "Account", operation: String = "insert",
    _ more: (String, JSONValue)...
  ) async throws -> (id: String, last: JSONValue) {
    let body = JSONValue.object(
      JSONObject([("object", .string(object)), ("operation", .string(operation))] + more))
    let made = try await call("POST", "/jobs/ingest", body, token)
    #expect(made.status == 200, "\(made.text)")
    let path = "/jobs/ingest/\(text(made.json["id"]))"
    let put = try await call("PUT", path + "/batches", .string(csv), token, headers: ["Content-Type": "text/csv"])
    #expect(put.status == 201, "\(put.text)")
    #expect(put.text.isEmpty)
    let closed = try await call("PATCH", path + "/", ["state": "UploadComplete"], token)
    #expect(closed.json["state"] == "UploadComplete", "\(closed.text)")
    return (text(made.json["id"]), try await poll(path, token).last)
  }

  /// A file of results as rows by column name.
  func results(_ kind: String, _ job: String, _ token: String) async throws -> [[String: String]] {
    let answer = try await call("GET", "/jobs/ingest/\(job)/\(kind)", nil, token)
    #expect(answer.status == 200, "\(answer.text)")
    return try LiveSandbox.rows(answer.text)
  }

  /// The rows of a CSV text by column name.
  static func rows(_ text: String, _ format: BulkFormat = BulkFormat()) throws -> [[String: String]] {
    var csv = BulkCSV(Array(text.utf8), format)
    guard let names = try csv.next() else { return [] }
    var rows: [[String: String]] = []
    while let values = try csv.next() {
      rows.append(Dictionary(uniqueKeysWithValues: zip(names, values)))
    }
    return rows
  }
}
