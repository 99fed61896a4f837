import Foundation

/// `composite`: up to 25 requests in one, of which later ones may name what earlier ones answered.
struct CompositeResource {
  let service: SalesforceService
  let version: String

  private struct Part {
    let method: String
    let url: String
    let reference: String
    let headers: [String: String]
    let body: JSONValue
  }

  private struct Halted: Error {}

  func answer(_ request: ServiceRequest) throws -> ServiceReply {
    guard request.method == "POST" else { throw SalesforceService.notAllowed }
    let body = try RowResource.fields(request)
    let parts = try (body["compositeRequest"]?.array ?? []).map(part)
    try check(parts)
    let allOrNone = body["allOrNone"]?.bool ?? false
    var answers: [JSONValue] = []
    do {
      try service.world.atomically {
        answers = try run(parts)
        if allOrNone && answers.contains(where: { ($0["httpStatusCode"].int ?? 500) >= 400 }) { throw Halted() }
      }
    } catch is Halted {
      answers = zip(parts, answers).map { part, answer in
        (answer["httpStatusCode"].int ?? 500) >= 400
          ? answer
          : halted(
            part.reference, "The transaction was rolled back since another operation in the same transaction failed.")
      }
    }
    return .json(["compositeResponse": .array(answers)])
  }

  private func run(_ parts: [Part]) throws -> [JSONValue] {
    var known: [String: JSONValue] = [:]
    var answers: [JSONValue] = []
    for part in parts {
      do {
        let reply = try service.world.atomically { try self.reply(to: part, known) }
        let body = reply.body.isEmpty ? JSONValue.null : (try? JSONParser.parse(reply.body)) ?? .null
        if reply.status < 300 { known[part.reference] = body }
        answers.append(answer(part.reference, reply.status, body, headers(of: reply)))
      } catch let refusal as Refusal {
        answers.append(answer(part.reference, refusal.status, refusal.salesforceBody, [:]))
      }
    }
    return answers
  }

  private func reply(to part: Part, _ known: [String: JSONValue]) throws -> ServiceReply {
    let url = try References(known: known).filled(part.url)
    let halves = url.split(separator: "?", maxSplits: 1).map(String.init)
    let body = try References(known: known).filled(part.body)
    let request = ServiceRequest(
      method: part.method, path: halves[0], query: halves.count > 1 ? halves[1] : "", headers: part.headers,
      body: body.isNull ? Data() : body.data)
    let segments = request.segments
    guard segments.count > 3, segments[0] == "services", segments[1] == "data", segments[2].first == "v" else {
      throw SalesforceService.notFound
    }
    let reply = try service.resource(request, Array(segments.dropFirst(3)), version: String(segments[2].dropFirst()))
    return reply
  }

  private func part(_ value: JSONValue) throws -> Part {
    guard let method = value["method"].string, let url = value["url"].string, !url.isEmpty,
      let reference = value["referenceId"].string
    else { throw refused("each subrequest needs method, url and referenceId") }
    var headers: [String: String] = [:]
    for (name, text) in value["httpHeaders"].object?.members ?? zip([], []) {
      headers[name.lowercased()] = text.string
    }
    return Part(
      method: method.uppercased(), url: url, reference: reference, headers: headers, body: value["body"])
  }

  private func check(_ parts: [Part]) throws {
    if parts.isEmpty || parts.count > 25 { throw refused("Limit of 25 composite subrequests") }
    for part in parts {
      if !part.reference.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
        || part.reference.isEmpty || part.reference.first == "_"
      {
        throw refused("Provided referenceId ('\(part.reference)') must start with a letter or a number")
      }
      if let name = ["accept", "authorization", "content-type"].first(where: { part.headers[$0] != nil }) {
        throw refused("The header \(name) is not allowed in a subrequest")
      }
    }
    if Set(parts.map(\.reference)).count < parts.count { throw refused("duplicate referenceId") }
    let counted = parts.filter { $0.url.contains("/query") || $0.url.contains("/composite/sobjects") }
    if counted.count > 5 { throw refused("Limit of 5 queries and collections in one composite request") }
  }

  private func headers(of reply: ServiceReply) -> JSONValue {
    .object(
      JSONObject(reply.headers.filter { $0.name != "Content-Type" }.map { ($0.name, .string($0.value)) }))
  }

  private func answer(_ reference: String, _ status: Int, _ body: JSONValue, _ headers: JSONValue) -> JSONValue {
    ["body": body, "httpHeaders": headers, "httpStatusCode": .int(status), "referenceId": .string(reference)]
  }

  private func halted(_ reference: String, _ message: String) -> JSONValue {
    answer(reference, 400, [["errorCode": "PROCESSING_HALTED", "message": .string(message)]], [:])
  }

  private func refused(_ message: String) -> Refusal {
    Refusal(status: 400, code: "INVALID_COMPOSITE_REQUEST", message: message)
  }
}
