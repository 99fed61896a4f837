import Foundation
import JSON
import Model
import Wire

extension FakeWorld {
  static func json(_ status: Int, _ body: String) -> Answer {
    .success(
      Response(
        status: status,
        headers: Headers([(name: "Content-Type", value: "application/json"), (name: "request-id", value: "r-1")]),
        body: Array(body.utf8)))
  }

  /// Whether a request changes something; a POST below `composite/sobjects/Opportunity` only reads records by their ids.
  static func isWrite(_ request: Request) -> Bool {
    let reads = path(request).contains("/composite/sobjects/") && request.method == .post
    return request.method != .get && !reads
  }

  static func path(_ request: Request) -> String { URLComponents(string: request.url)?.path ?? "" }

  static func query(_ request: Request, _ name: String = "q") -> String {
    URLComponents(string: request.url)?.queryItems?.first { $0.name == name }?.value ?? ""
  }

  static func body(_ request: Request) -> JSONValue {
    request.body.flatMap { try? JSONValue(parsing: $0) } ?? .null
  }

  static func header(_ request: Request, _ name: String) -> String {
    request.headers.first { $0.name == name }?.value ?? ""
  }

  /// The path without what all paths of a service have in common.
  static func short(_ path: String) -> String {
    for start in ["/services/data/v62.0/sobjects/", "/services/data/v62.0/", "/v1.0/engagements/"]
    where path.hasPrefix(start) {
      return String(path.dropFirst(start.count))
    }
    return path
  }

  static func members(_ value: JSONValue) -> [String: JSONValue] {
    Dictionary((value.objectValue ?? []).map { ($0.name, $0.value) }) { $1 }
  }

  static func object(_ members: [String: JSONValue]) -> JSONValue {
    .object(members.sorted { $0.key < $1.key }.map { JSONMember($0.key, $0.value) })
  }

  static func set(_ path: [String], _ value: JSONValue, in members: [String: JSONValue]) -> [String: JSONValue] {
    guard let name = path.first else { return members }
    var members = members
    members[name] =
      path.count == 1
      ? value : object(set(Array(path.dropFirst()), value, in: Self.members(members[name] ?? .object([]))))
    return members
  }

  static func text(_ date: Date) -> String { Timestamp.iso(date).dropLast() + ".000+0000" }
}

/// A sign-in that is always granted.
final class OpenDoor: SignIn {
  private let origin: String

  init(_ origin: String) { self.origin = origin }

  func grant() throws(Failure) -> Grant { Grant(token: Secret("token"), origin: origin) }
  func renew() throws(Failure) -> Grant { throw Failure(.signInRefused, "refused") }
  func isExpired(_ response: Response) -> Bool { response.status == 401 }
}
