/// `composite`: up to 25 requests in one, of which later ones may name what earlier ones answered.
struct CompositeResource {
  let service: SalesforceService

  func answer(_ request: ServiceRequest) throws -> ServiceReply {
    guard request.method == "POST" else { throw SalesforceService.notAllowed }
    let body = try RowResource.fields(request)
    let parts = try CompositePart.list(body["compositeRequest"])
    if parts.isEmpty || parts.count > 25 { throw CompositePart.refused("Limit of 25 composite subrequests") }
    let counted = parts.filter { $0.url.contains("/query") || $0.url.contains("/composite/sobjects") }
    if counted.count > 5 {
      throw CompositePart.refused("Limit of 5 queries and collections in one composite request")
    }
    let answers = try CompositeRun(service: service).answers(parts, allOrNone: body["allOrNone"]?.bool ?? false)
    return .json(["compositeResponse": .array(answers.list)])
  }
}
