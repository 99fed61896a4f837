import Foundation
import GRDB

/// `sobjects`: describe, and one row at a time.
struct RowResource {
  let world: World
  let version: String

  private var store: RowStore { RowStore(world: world) }

  func answer(_ request: ServiceRequest, _ rest: [String]) throws -> ServiceReply {
    guard let name = rest.first else {
      return conditional(request, Describe.lastModified) { Describe(version: version).global }
    }
    guard let object = OrgSchema.object(name) else { throw SalesforceService.notFound }
    switch rest.count {
    case 1: return try collection(request, object)
    case 2 where rest[1].lowercased() == "describe":
      return conditional(request, Describe.lastModified) { Describe(version: version).object(object) }
    case 2 where rest[1].lowercased() == "id" && request.method == "POST":
      return try create(request, object)
    case 2: return try row(request, object, rest[1])
    case 3: return try external(request, object, rest[1], rest[2])
    default: throw SalesforceService.notFound
    }
  }

  private func collection(_ request: ServiceRequest, _ object: ObjectDefinition) throws -> ServiceReply {
    switch request.method {
    case "GET": return .json(Describe(version: version).basic(object))
    case "POST": return try create(request, object)
    default: throw SalesforceService.notAllowed
    }
  }

  private func create(_ request: ServiceRequest, _ object: ObjectDefinition) throws -> ServiceReply {
    let fields = try RowResource.fields(request)
    let id = try world.atomically { try store.insert(object, fields) }
    return created(object, id, ["id": .string(id), "success": true, "errors": []])
  }

  private func created(_ object: ObjectDefinition, _ id: String, _ body: JSONValue) -> ServiceReply {
    .json(body, status: 201, headers: [("Location", "/services/data/v\(version)/sobjects/\(object.name)/\(id)")])
  }

  private func row(_ request: ServiceRequest, _ object: ObjectDefinition, _ given: String) throws -> ServiceReply {
    guard let id = SalesforceID.normalized(given) else {
      throw Refusal(
        status: 404, code: "NOT_FOUND",
        message: "Provided external ID field does not exist or is not accessible: \(given)")
    }
    switch request.method {
    case "GET", "HEAD":
      let stamp = try modified(object, id)
      let fields = request.parameters["fields"]
      return try conditional(request, stamp) { try read(object, id, fields) }
    case "PATCH":
      let fields = try RowResource.fields(request)
      try RowResource.requireUnmodified(request, try modified(object, id))
      try world.atomically { try store.update(object, id: id, fields) }
      return .empty(204)
    case "DELETE":
      try world.atomically { try store.delete(object, id: id) }
      return .empty(204)
    default: throw SalesforceService.notAllowed
    }
  }

  /// A row named by an external id: read, upserted or deleted.
  private func external(
    _ request: ServiceRequest, _ object: ObjectDefinition, _ name: String, _ value: String
  ) throws -> ServiceReply {
    let field = try ExternalId(world: world).field(name, of: object)
    let ids = try ExternalId(world: world).ids(of: object, field, value)
    if ids.count > 1 {
      let urls = ids.map { JSONValue.string("/services/data/v\(version)/sobjects/\(object.name)/\($0)") }
      return .json(.array(urls), status: 300)
    }
    switch (request.method, ids.first) {
    case ("PATCH", let id):
      if id == nil && request.parameters["updateOnly"]?.lowercased() == "true" { throw SalesforceService.notFound }
      if let id { try RowResource.requireUnmodified(request, try modified(object, id)) }
      let upsert = Upsert(store: store, object: object, field: field, value: value)
      let outcome = try world.atomically { try upsert.apply(try RowResource.fields(request), to: id) }
      let body: JSONValue = [
        "id": .string(outcome.id), "success": true, "errors": [], "created": .bool(outcome.created),
      ]
      return outcome.created ? created(object, outcome.id, body) : .json(body)
    case ("GET", let id?): return .json(try read(object, id, request.parameters["fields"]))
    case ("DELETE", let id?):
      try world.atomically { try store.delete(object, id: id) }
      return .empty(204)
    case ("GET", nil), ("DELETE", nil): throw SalesforceService.notFound
    default: throw SalesforceService.notAllowed
    }
  }

  /// The record with all fields or the named ones.
  func read(_ object: ObjectDefinition, _ id: String, _ fields: String?) throws -> JSONValue {
    let items =
      fields?.split(separator: ",").map { SoqlItem.path($0.split(separator: ".").map(String.init)) }
      ?? [.fields(.all)]
    let query = SoqlQuery(items: items, source: object.name)
    guard try modified(object, id) != nil,
      let record = try SoqlRun(world: world, version: version).records(query, ids: [id]).first,
      case .object(var members) = record
    else { throw RowStore.missing }
    if members["Id"] == nil { members["Id"] = .string(id) }
    return .object(members)
  }

  /// When a row was last changed; nil when there is none that is not deleted.
  private func modified(_ object: ObjectDefinition, _ id: String) throws -> Stamp? {
    try String.fetchOne(
      world.db, sql: "SELECT LastModifiedDate FROM \"\(object.name)\" WHERE Id = ? AND IsDeleted = 0", arguments: [id]
    ).flatMap { Stamp(iso: $0) }
  }

  private func conditional(
    _ request: ServiceRequest, _ stamp: Stamp?, _ body: () throws -> JSONValue
  ) rethrows -> ServiceReply {
    guard let stamp else { return .json(try body()) }
    if let since = request.headers["if-modified-since"].flatMap({ Stamp(http: $0) }), stamp <= since {
      return .empty(304, headers: [("Last-Modified", stamp.http)])
    }
    return .json(try body(), headers: [("Last-Modified", stamp.http), ("ETag", "\"\(stamp.seconds)\"")])
  }

  /// Lost-update protection: refuses when the row changed after the moment named by the client.
  static func requireUnmodified(_ request: ServiceRequest, _ stamp: Stamp?) throws {
    guard let header = request.headers["if-unmodified-since"] else { return }
    guard let since = Stamp(http: header) else {
      throw Refusal(status: 400, code: "INVALID_HEADER", message: "invalid If-Unmodified-Since: \(header)")
    }
    if let stamp, stamp > since {
      throw Refusal(
        status: 412, code: "MATCH_PRECONDITION_FAILED",
        message: "The record was changed at \(stamp.http), after \(since.http)")
    }
  }

  static func fields(_ request: ServiceRequest) throws -> JSONObject {
    guard case .object(let members)? = request.json else {
      throw Refusal(
        status: 400, code: "JSON_PARSER_ERROR", message: "The HTTP entity body is required to be a JSON object")
    }
    return members
  }
}
