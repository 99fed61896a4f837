import Foundation

/// One request as both services see it, whether it came over the socket or inside a composite request.
struct ServiceRequest: Sendable {
  var method: String
  /// The path without query, still percent-encoded.
  var path: String {
    didSet { segments = Self.segments(of: path) }
  }
  /// The decoded segments of the path; empty segments, such as after a trailing slash, are left out.
  private(set) var segments: [String]
  /// The query without its question mark, still percent-encoded; empty when there is none.
  var query: String
  /// Header names in lower case.
  var headers: [String: String]
  var body: Data

  init(method: String, path: String, query: String, headers: [String: String] = [:], body: Data = Data()) {
    self.method = method
    self.path = path
    segments = Self.segments(of: path)
    self.query = query
    self.headers = headers
    self.body = body
  }

  private static func segments(of path: String) -> [String] {
    path.utf8.split(separator: UInt8(ascii: "/")).map { FormText.decode(String(Substring($0)), plusIsBlank: false) }
  }

  /// The decoded query in its order.
  var parameters: FormText { FormText(query) }

  /// The body as JSON, nil when it is not JSON.
  var json: JSONValue? { try? JSONParser.parse(body) }

  /// Whether it is meant for the control API and not for a service.
  var isControl: Bool { segments.first == "_sandbox" }

  var bearer: String? {
    guard let value = headers["authorization"], value.lowercased().hasPrefix("bearer ") else { return nil }
    return String(value.dropFirst(7))
  }

  /// The same request below a path prefix of so many segments.
  func below(_ count: Int) -> ServiceRequest {
    var rest = self
    let parts = path.utf8.split(separator: UInt8(ascii: "/")).dropFirst(count)
    rest.path = "/" + parts.map { Substring($0) }.joined(separator: "/")
    return rest
  }
}
