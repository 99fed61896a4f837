import Foundation
import GRDB

/// The requests that both services and their sign-in have seen.
struct RequestLog {
  let world: World

  /// One request to be written down.
  struct Entry {
    let side: Side
    let request: ServiceRequest
    let status: Int
    /// Whether business data was changed.
    let changed: Bool
    let requestId: String
  }

  func add(_ entry: Entry) throws {
    try world.db.cachedStatement(
      sql: """
        INSERT INTO request(side, method, path, query, status, write, changed, request_id, body)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      entry.side.rawValue, entry.request.method, entry.request.path, entry.request.query, entry.status,
      RequestLog.isWrite(entry.request, side: entry.side), entry.changed, entry.requestId,
      RequestLog.body(entry.request, side: entry.side).text,
    ])
  }

  func clear() throws { try world.db.cachedStatement(sql: "DELETE FROM request").execute() }

  var json: JSONValue {
    get throws {
      .array(
        try Row.fetchAll(world.db.cachedStatement(sql: "SELECT * FROM request ORDER BY seq")).map { row in
          let body: String = row["body"]
          return [
            "seq": .int(row["seq"]), "side": .string(row["side"]), "method": .string(row["method"]),
            "path": .string(row["path"]), "query": .string(row["query"]), "status": .int(row["status"]),
            "write": .bool(row["write"]), "changed": .bool(row["changed"]), "request_id": .string(row["request_id"]),
            "body": try JSONParser.parse(body),
          ]
        })
    }
  }

  /// Whether a request asks for a change of business data: not a sign-in, a registration of webhooks, a query, or a
  /// read by POST.
  static func isWrite(_ request: ServiceRequest, side: Side) -> Bool {
    guard side != .login, request.segments.first != "webhook",
      ["POST", "PATCH", "PUT", "DELETE"].contains(request.method)
    else { return false }
    guard side == .salesforce else { return true }
    let rest = request.segments.dropFirst(3).map { $0.lowercased() }
    switch rest.first {
    case "composite" where rest.count == 1:
      let parts = request.json?["compositeRequest"].array ?? []
      return parts.contains { part in
        let url = (part["url"].string ?? "").split(separator: "?").first.map(String.init) ?? ""
        let inner = ServiceRequest(method: (part["method"].string ?? "").uppercased(), path: url, query: "")
        return isWrite(inner, side: side)
      }
    case "composite": return !(request.method == "POST" && rest.count == 3)
    case "sobjects": return true
    case "jobs": return rest.dropFirst().first == "ingest"
    default: return false
    }
  }

  /// The body as JSON, as text where it is not JSON, and of a sign-in the grant alone.
  private static func body(_ request: ServiceRequest, side: Side) -> JSONValue {
    let text = String(decoding: request.body, as: UTF8.self)
    if side == .login { return ["grant_type": .text(FormText(text)["grant_type"])] }
    return text.isEmpty ? .null : request.json ?? .string(text)
  }
}
