import Foundation

/// One request of a recording and what came of it.
struct RecordedExchange: Sendable {
  let number: Int
  let service: RecordedService
  let method: String
  /// What follows the base address, as it was recorded.
  let target: String
  /// The request's body, masked; empty where there was none.
  let body: String
  let outcome: Result
  let key: Key

  enum Result: Sendable {
    /// An answer, with placeholders in headers and body.
    case response(status: Int, headers: [(name: String, value: String)], body: String)
    /// No whole answer came.
    case failure(reason: String)
  }

  /// What two requests have in common that are the same question.
  struct Key: Hashable, Sendable {
    let service: RecordedService
    let method: String
    let path: [String]
    /// Names and values, decoded and sorted.
    let parameters: [[String]]

    init(_ service: RecordedService, _ request: ServiceRequest) {
      self.service = service
      method = request.method.uppercased()
      // The first part of a sign-in path is the tenant.
      path = Array(request.segments.dropFirst(service == .partnerCenterLogin ? 1 : 0))
      parameters = request.parameters.pairs.map { [$0.name, $0.value] }.sorted { $0.lexicographicallyPrecedes($1) }
    }
  }

  /// Headers that belong to the connection on which an answer came, or to the bytes it had there.
  private static let ofConnection: Set<String> = [
    "connection", "content-encoding", "content-length", "keep-alive", "transfer-encoding",
  ]

  /// Reads the content of one file.
  ///
  /// - Throws: the sentence that says which member is wrong.
  init(_ json: JSONValue) throws(RecordingMistake) {
    guard let number = json["number"].int, number > 0 else { throw RecordingMistake("number must be a whole number") }
    guard let service = json["service"].string.flatMap(RecordedService.init) else {
      let known = RecordedService.allCases.map(\.rawValue).joined(separator: ", ")
      throw RecordingMistake("service must be one of \(known)")
    }
    let request = json["request"]
    guard let method = request["method"].string, !method.isEmpty else {
      throw RecordingMistake("request.method is missing")
    }
    guard let target = request["target"].string, target.hasPrefix("/") else {
      throw RecordingMistake("request.target must begin with a slash")
    }
    self.number = number
    self.service = service
    self.method = method.uppercased()
    self.target = target
    body = try RecordedExchange.body(request["body"], "request.body")
    outcome = try RecordedExchange.outcome(json)
    let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    key = Key(
      service, ServiceRequest(method: method, path: halves[0], query: halves.count > 1 ? halves[1] : ""))
  }

  private static func outcome(_ json: JSONValue) throws(RecordingMistake) -> Result {
    switch (json["response"].isNull, json["failure"].isNull) {
    case (true, false):
      guard let reason = json["failure"]["reason"].string else { throw RecordingMistake("failure.reason is missing") }
      return .failure(reason: reason)
    case (false, true):
      let response = json["response"]
      guard let status = response["status"].int, (100...599).contains(status) else {
        throw RecordingMistake("response.status must be from 100 to 599")
      }
      return .response(
        status: status, headers: try headers(response["headers"]), body: try body(response["body"], "response.body"))
    case (true, true): throw RecordingMistake("there is neither a response nor a failure")
    case (false, false): throw RecordingMistake("there are a response and a failure")
    }
  }

  private static func headers(_ json: JSONValue) throws(RecordingMistake) -> [(name: String, value: String)] {
    guard let items = json.array else { throw RecordingMistake("response.headers must be a list") }
    var headers: [(name: String, value: String)] = []
    for item in items {
      guard item.array?.count == 2, let name = item[0].string, let value = item[1].string else {
        throw RecordingMistake("each of response.headers must be a name and a value")
      }
      if !ofConnection.contains(name.lowercased()) { headers.append((name, value)) }
    }
    return headers
  }

  private static func body(_ json: JSONValue, _ place: String) throws(RecordingMistake) -> String {
    if json.isNull { return "" }
    guard let text = json.string else { throw RecordingMistake("\(place) must be text or null") }
    return text
  }
}

/// What is wrong with one file of a recording.
struct RecordingMistake: Error {
  let message: String

  init(_ message: String) { self.message = message }
}
