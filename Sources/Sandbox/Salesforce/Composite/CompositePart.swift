import Foundation

/// One request inside a composite request.
struct CompositePart {
  let method: String
  let url: String
  let reference: String
  let headers: [String: String]
  let body: JSONValue

  /// - Throws: a `Refusal` when a member is missing or a header is not allowed.
  init(_ value: JSONValue) throws {
    guard let method = value["method"].string, let url = value["url"].string, !url.isEmpty,
      let reference = value["referenceId"].string
    else { throw CompositePart.refused("each subrequest needs method, url and referenceId") }
    self.method = method.uppercased()
    self.url = url
    self.reference = reference
    body = value["body"]
    var headers: [String: String] = [:]
    for (name, text) in value["httpHeaders"].object?.members ?? zip([], []) { headers[name.lowercased()] = text.string }
    self.headers = headers
    if let name = ["accept", "authorization", "content-type"].first(where: { headers[$0] != nil }) {
      throw CompositePart.refused("The header \(name) is not allowed in a subrequest")
    }
    if !reference.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) || reference.isEmpty
      || reference.first == "_"
    {
      throw CompositePart.refused("Provided referenceId ('\(reference)') must start with a letter or a number")
    }
  }

  /// The requests of a list, whose names must differ.
  static func list(_ value: JSONValue?) throws -> [CompositePart] {
    let parts = try (value?.array ?? []).map(CompositePart.init)
    if Set(parts.map(\.reference)).count < parts.count { throw refused("duplicate referenceId") }
    return parts
  }

  /// The request with the placeholders filled from what earlier ones answered.
  func request(_ known: [String: JSONValue]) throws -> ServiceRequest {
    let plain = url.replacing("@%7B", with: "@{").replacing("%7D", with: "}")
    let url = try References(known: known).filled(plain)
    let halves = url.split(separator: "?", maxSplits: 1).map(String.init)
    let body = try References(known: known).filled(body)
    return ServiceRequest(
      method: method, path: halves[0], query: halves.count > 1 ? halves[1] : "", headers: headers,
      body: body.isNull ? Data() : body.data)
  }

  static func refused(_ message: String) -> Refusal {
    Refusal(status: 400, code: "INVALID_COMPOSITE_REQUEST", message: message)
  }
}
