import Foundation
import GRDB

/// Answers requests from a recording, each exchange once and then the last of its kind again.
struct Replay {
  let recording: Recording
  let world: World

  /// What a request is answered with; nil breaks the connection, as it broke when it was recorded.
  func answer(_ request: ServiceRequest) throws -> ServiceReply? {
    let asked = RecordedService.candidates(request)
    for service in asked.services {
      if let found = try exchange(for: asked.request, of: service) { return try play(found) }
    }
    return unknown(asked.request, asked.services[0])
  }

  /// The first unused exchange of the same question, else of the same address for a write, else the last one again.
  private func exchange(for request: ServiceRequest, of service: RecordedService) throws -> RecordedExchange? {
    let key = RecordedExchange.Key(service, request)
    let used = try uses()
    let same = recording.exchanges.filter { $0.key == key }
    // What is asked side by side comes in another order than it was recorded in.
    let body = String(decoding: request.body, as: UTF8.self)
    if let equal = same.first(where: { used[$0.number] == nil && $0.body == body }) { return equal }
    if let fresh = same.first(where: { used[$0.number] == nil }) { return fresh }
    if ["POST", "PATCH", "PUT"].contains(key.method), !request.body.isEmpty {
      let alike = recording.exchanges.first { exchange in
        !exchange.body.isEmpty && used[exchange.number] == nil && exchange.key.service == service
          && exchange.key.method == key.method && exchange.key.path == key.path
      }
      if let alike { return alike }
    }
    return same.max { used[$0.number]?.last ?? 0 < used[$1.number]?.last ?? 0 }
  }

  private func play(_ exchange: RecordedExchange) throws -> ServiceReply? {
    try world.db.cachedStatement(
      sql: """
        INSERT INTO replayed(number, uses, last) VALUES (?, 1, ?)
        ON CONFLICT(number) DO UPDATE SET uses = uses + 1, last = excluded.last
        """
    ).execute(arguments: [exchange.number, try world.next("replay")])
    switch exchange.outcome {
    case .failure: return nil
    case .response(let status, let headers, let body):
      return ServiceReply(
        status: status,
        headers: headers.map { ($0.name, RecordedService.filled($0.value, origin: world.origin)) },
        body: Data(RecordedService.filled(body, origin: world.origin).utf8))
    }
  }

  /// `GET /_sandbox/replay`: which exchanges were played how often, and which were not.
  var json: JSONValue {
    get throws {
      let used = try uses()
      func entry(_ exchange: RecordedExchange) -> JSONValue {
        [
          "number": .int(exchange.number), "service": .string(exchange.service.rawValue),
          "method": .string(exchange.method), "target": .string(exchange.target),
          "uses": .int(used[exchange.number]?.uses ?? 0),
        ]
      }
      return [
        "used": .array(recording.exchanges.filter { used[$0.number] != nil }.map(entry)),
        "unused": .array(recording.exchanges.filter { used[$0.number] == nil }.map(entry)),
      ]
    }
  }

  private func uses() throws -> [Int: (uses: Int, last: Int)] {
    let rows = try Row.fetchAll(world.db.cachedStatement(sql: "SELECT number, uses, last FROM replayed"))
    var uses: [Int: (uses: Int, last: Int)] = [:]
    for row in rows { uses[row["number"]] = (row["uses"], row["last"]) }
    return uses
  }

  /// 404 in the shape of the service, with the recorded question that comes nearest.
  private func unknown(_ request: ServiceRequest, _ service: RecordedService) -> ServiceReply {
    let target = request.path + (request.query.isEmpty ? "" : "?" + request.query)
    let nearest = nearest(to: request, target, service).map { "; the nearest is \($0)" } ?? ""
    let message = "The recording has no \(request.method) \(target) of \(service.rawValue)\(nearest)."
    let refusal = Refusal(status: 404, code: "notRecorded", message: message)
    switch service {
    case .partnerCenter: return refusal.partnerCenterReply
    case .salesforce: return refusal.salesforceReply
    case .partnerCenterLogin, .salesforceLogin:
      return .json(["error": "not_recorded", "error_description": .string(message)], status: 404)
    }
  }

  /// The recorded target of the service that has the most in common from its beginning, of the same method if there is.
  private func nearest(to request: ServiceRequest, _ target: String, _ service: RecordedService) -> String? {
    func closeness(_ exchange: RecordedExchange) -> Int {
      let common = zip(exchange.target.utf8, target.utf8).prefix { $0 == $1 }.count
      return common * 2 + (exchange.method == request.method ? 1 : 0)
    }
    return recording.exchanges.filter { $0.service == service }.max { closeness($0) < closeness($1) }
      .map { "\($0.method) \($0.target)" }
  }
}
