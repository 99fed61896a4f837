import GRDB

/// The Salesforce side: sign-in, versions, and the resources below `/services/data/vXX.0/`.
struct SalesforceService {
  let world: World

  func answer(_ request: ServiceRequest) throws -> ServiceReply {
    let segments = request.segments
    switch segments.dropFirst().first {
    case "oauth2": return try SalesforceLogin(world: world).answer(request)
    case "data":
      if segments.count == 2 { return .json(versions) }
      var reply = try authorized(request, Array(segments.dropFirst(3)), version: segments[2])
      reply.setHeader("Sforce-Limit-Info", "api-usage=\(try used())/\(SalesforceService.quota)")
      return reply
    default: throw SalesforceService.notFound
    }
  }

  /// A request below a version, in a session that is still good.
  private func authorized(_ request: ServiceRequest, _ rest: [String], version: String) throws -> ServiceReply {
    guard version.first == "v", Identity.apiVersions.contains(String(version.dropFirst())) else {
      throw SalesforceService.notFound
    }
    do {
      try SalesforceLogin(world: world).requireSession(request)
      if try world.next("api requests") > SalesforceService.quota {
        throw Refusal(status: 403, code: "REQUEST_LIMIT_EXCEEDED", message: "TotalRequests Limit exceeded.")
      }
      var tunnelled = request
      if request.method == "POST", let method = request.parameters["_HttpMethod"] {
        tunnelled.method = method.uppercased()
      }
      return try resource(tunnelled, rest, version: String(version.dropFirst()))
    } catch let refusal as Refusal {
      return refusal.salesforceReply
    }
  }

  /// One resource; composite requests come here again for each of their parts.
  func resource(_ request: ServiceRequest, _ rest: [String], version: String) throws -> ServiceReply {
    switch rest.first?.lowercased() {
    case nil: return .json(resources(version))
    case "query": return try SoqlResource(world: world, version: version, includesDeleted: false).answer(request, rest)
    case "queryall":
      return try SoqlResource(world: world, version: version, includesDeleted: true).answer(request, rest)
    case "sobjects": return try RowResource(world: world, version: version).answer(request, Array(rest.dropFirst()))
    case "composite": return try composite(request, Array(rest.dropFirst()), version)
    case "limits": return try limits(request, Array(rest.dropFirst()))
    default: throw SalesforceService.notFound
    }
  }

  private func composite(_ request: ServiceRequest, _ rest: [String], _ version: String) throws -> ServiceReply {
    switch rest.first?.lowercased() {
    case nil: return try CompositeResource(service: self, version: version).answer(request)
    case "sobjects":
      return try CollectionResource(world: world, version: version).answer(request, Array(rest.dropFirst()))
    default: throw SalesforceService.notFound
    }
  }

  private func limits(_ request: ServiceRequest, _ rest: [String]) throws -> ServiceReply {
    if rest.first?.lowercased() == "recordcount" {
      let wanted = request.parameters["sObjects"].map { Set($0.lowercased().split(separator: ",").map(String.init)) }
      let counts = try OrgSchema.objects.filter { wanted?.contains($0.name.lowercased()) ?? true }.map { object in
        let query = SoqlQuery(items: [], isCount: true, source: object.name)
        return (object.name, try SoqlRun(world: world, version: "62.0").count(query))
      }
      return .json([
        "sObjects": .array(counts.filter { $0.1 > 0 }.map { ["count": .int($0.1), "name": .string($0.0)] })
      ])
    }
    let remaining = SalesforceService.quota - (try used())
    return .json([
      "DailyApiRequests": ["Max": .int(SalesforceService.quota), "Remaining": .int(remaining)],
      "DailyBulkApiBatches": ["Max": 15000, "Remaining": 15000],
      "DailyBulkV2QueryJobs": ["Max": 10000, "Remaining": 10000],
      "DailyBulkV2QueryFileStorageMB": ["Max": 976562, "Remaining": 976562],
    ])
  }

  private func used() throws -> Int {
    try Int.fetchOne(world.db, sql: "SELECT value FROM counter WHERE name = 'api requests'") ?? 0
  }

  private var versions: JSONValue {
    .array(
      Identity.apiVersions.map {
        ["label": .string("Sandbox v\($0)"), "url": .string("/services/data/v\($0)"), "version": .string($0)]
      })
  }

  private func resources(_ version: String) -> JSONValue {
    .object(
      JSONObject(
        ["sobjects", "query", "queryAll", "limits", "composite"].map {
          ($0, .string("/services/data/v\(version)/\($0)"))
        }))
  }

  static let quota = 100_000
  static let notFound = Refusal(status: 404, code: "NOT_FOUND", message: "The requested resource does not exist")
  static let notAllowed = Refusal(
    status: 405, code: "METHOD_NOT_ALLOWED", message: "HTTP Method not allowed for this resource")
}
