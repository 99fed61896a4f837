import Foundation

/// `composite/batch`: up to 25 independent requests in one, each of which counts as a request of its own.
struct BatchResource {
  let service: SalesforceService

  func answer(_ request: ServiceRequest) throws -> ServiceReply {
    guard request.method == "POST" else { throw SalesforceService.notAllowed }
    let body = try RowResource.fields(request)
    let parts = body["batchRequests"]?.array ?? []
    if parts.isEmpty || parts.count > 25 {
      throw Refusal(status: 400, code: "INVALID_BATCH_REQUEST", message: "Limit of 25 subrequests")
    }
    var results: [JSONValue] = []
    var failed = false
    for part in parts {
      if failed && body["haltOnError"] == true {
        let halted: JSONValue = [
          ["errorCode": "BATCH_PROCESSING_HALTED", "message": "Batch processing halted per request"]
        ]
        results.append(["statusCode": 412, "result": halted])
        continue
      }
      let reply = try reply(to: part)
      failed = failed || reply.status >= 400
      results.append([
        "statusCode": .int(reply.status),
        "result": reply.body.isEmpty ? .null : (try? JSONParser.parse(reply.body)) ?? .null,
      ])
    }
    return .json(["hasErrors": .bool(failed), "results": .array(results)])
  }

  private func reply(to part: JSONValue) throws -> ServiceReply {
    do {
      guard let method = part["method"].string, let url = part["url"].string else {
        throw Refusal(status: 400, code: "INVALID_BATCH_REQUEST", message: "each subrequest needs method and url")
      }
      try service.countRequest()
      let halves = url.split(separator: "?", maxSplits: 1).map(String.init)
      let path = halves[0].hasPrefix("/services/data/") ? halves[0] : "/services/data/" + halves[0]
      let input = part["richInput"]
      let request = ServiceRequest(
        method: method.uppercased(), path: path, query: halves.count > 1 ? halves[1] : "",
        body: input.isNull ? Data() : input.data)
      return try service.world.atomically { try service.part(request) }
    } catch let refusal as Refusal {
      return refusal.salesforceReply
    }
  }
}
