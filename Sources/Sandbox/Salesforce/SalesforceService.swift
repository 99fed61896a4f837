import GRDB

/// The Salesforce side: sign-in, versions, and the resources below `/services/data/vXX.0/`.
struct SalesforceService {
  let world: World

  /// Bytes that a URI, and URI and headers together, may have.
  private static let longest = 16384

  func answer(_ request: ServiceRequest) throws -> ServiceReply {
    let segments = request.segments
    if segments.first == "id" { return try SalesforceLogin(world: world).identity(request) }
    switch segments.dropFirst().first {
    case "oauth2": return try SalesforceLogin(world: world).answer(request)
    case "data":
      if segments.count == 2 { return .json(versions) }
      var reply = try authorized(request, Array(segments.dropFirst(3)), version: segments[2])
      try world.settleFaults()
      reply.setHeader(
        "Sforce-Limit-Info", "api-usage=\(try used())/\(try world.switches.number(.apiAllowed))")
      return reply
    default: throw SalesforceService.notFound
    }
  }

  /// A request below a version, in a session that is still good.
  private func authorized(_ request: ServiceRequest, _ rest: [String], version: String) throws -> ServiceReply {
    do {
      try requireSize(request)
      guard version.first == "v", Identity.apiVersions.contains(String(version.dropFirst())) else {
        throw SalesforceService.notFound
      }
      try SalesforceLogin(world: world).requireSession(request)
      try countRequest()
      try BulkStore(world: world).advanceDue()
      var tunnelled = request
      if request.method == "POST", let method = request.parameters["_HttpMethod"] {
        tunnelled.method = method.uppercased()
      }
      return try resource(tunnelled, rest, version: String(version.dropFirst()))
    } catch let refusal as Refusal {
      return refusal.salesforceReply
    }
  }

  private func requireSize(_ request: ServiceRequest) throws {
    let target = request.path.utf8.count + (request.query.isEmpty ? 0 : request.query.utf8.count + 1)
    if target > SalesforceService.longest {
      throw Refusal(status: 414, code: "URI_TOO_LONG", message: "The URI is longer than 16,384 bytes")
    }
    let headers = request.headers.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count + 4 }
    if target + headers > SalesforceService.longest {
      throw Refusal(
        status: 431, code: "REQUEST_HEADER_FIELDS_TOO_LARGE", message: "URI and headers are longer than 16,384 bytes")
    }
  }

  /// Counts a request against the quota of the rolling day.
  ///
  /// - Throws: a `Refusal` `REQUEST_LIMIT_EXCEEDED` when none is left.
  func countRequest() throws {
    if try used() >= world.switches.number(.apiAllowed) {
      throw Refusal(status: 403, code: "REQUEST_LIMIT_EXCEEDED", message: "TotalRequests Limit exceeded.")
    }
    _ = try world.next(World.apiRequests)
  }

  /// A request inside another one, which has a session already.
  func part(_ request: ServiceRequest) throws -> ServiceReply {
    let segments = request.segments
    guard segments.count > 3, segments[0] == "services", segments[1] == "data", segments[2].first == "v" else {
      throw SalesforceService.notFound
    }
    return try resource(request, Array(segments.dropFirst(3)), version: String(segments[2].dropFirst()))
  }

  /// One resource.
  private func resource(_ request: ServiceRequest, _ rest: [String], version: String) throws -> ServiceReply {
    switch rest.first?.lowercased() {
    case nil: return .json(resources(version))
    case "query": return try SoqlResource(world: world, version: version, includesDeleted: false).answer(request, rest)
    case "queryall":
      return try SoqlResource(world: world, version: version, includesDeleted: true).answer(request, rest)
    case "sobjects": return try RowResource(world: world, version: version).answer(request, Array(rest.dropFirst()))
    case "composite": return try composite(request, Array(rest.dropFirst()), version)
    case "limits": return try LimitsResource(world: world).answer(request, Array(rest.dropFirst()))
    case "jobs": return try jobs(request, Array(rest.dropFirst()), version)
    default: throw SalesforceService.notFound
    }
  }

  private func composite(_ request: ServiceRequest, _ rest: [String], _ version: String) throws -> ServiceReply {
    switch (rest.first?.lowercased(), rest.count) {
    case (nil, _): return try CompositeResource(service: self).answer(request)
    case ("sobjects", _):
      return try CollectionResource(world: world, version: version).answer(request, Array(rest.dropFirst()))
    case ("graph", 1): return try GraphResource(service: self).answer(request)
    case ("batch", 1): return try BatchResource(service: self).answer(request)
    case ("tree", 2): return try TreeResource(world: world).answer(request, rest[1])
    default: throw SalesforceService.notFound
    }
  }

  private func jobs(_ request: ServiceRequest, _ rest: [String], _ version: String) throws -> ServiceReply {
    switch rest.first?.lowercased() {
    case "query":
      return try BulkQueryResource(world: world, version: version).answer(request, Array(rest.dropFirst()))
    case "ingest":
      return try BulkIngestResource(world: world, version: version).answer(request, Array(rest.dropFirst()))
    default: throw SalesforceService.notFound
    }
  }

  private func used() throws -> Int { try world.value(ofCounter: World.apiRequests) }

  private var versions: JSONValue {
    .array(
      Identity.apiVersions.map {
        [
          "label": .string(SalesforceService.season($0)), "url": .string("/services/data/v\($0)"),
          "version": .string($0),
        ]
      })
  }

  /// `Winter '25` for 62.0: three versions a year, the winter one named for the next.
  private static func season(_ version: String) -> String {
    let number = Int(version.prefix { $0 != "." }) ?? 62
    let (year, place) = (number + 13).quotientAndRemainder(dividingBy: 3)
    return "\(["Winter", "Spring", "Summer"][place]) '\(year)"
  }

  private func resources(_ version: String) -> JSONValue {
    let names = ["sobjects", "query", "queryAll", "limits", "composite", "jobs/query", "jobs/ingest"]
    let list = names.map { ($0, JSONValue.string("/services/data/v\(version)/\($0)")) }
    return .object(JSONObject(list + [("identity", .string(SalesforceLogin(world: world).identityURL))]))
  }

  static let notFound = Refusal(status: 404, code: "NOT_FOUND", message: "The requested resource does not exist")
  static let notAllowed = Refusal(
    status: 405, code: "METHOD_NOT_ALLOWED", message: "HTTP Method not allowed for this resource")
}
