import Foundation
import GRDB

/// `sobjects`: describe, change feeds, and one row at a time.
struct RowResource {
  let world: World
  let version: String

  func answer(_ request: ServiceRequest, _ rest: [String]) throws -> ServiceReply {
    let describe = Describe(version: version, schema: try world.schema)
    let changed = try Describe.lastModified(world)
    guard let name = rest.first else {
      return try Preconditions(request).reply(changed) { describe.global }
    }
    guard let object = try world.schema.object(name) else { throw SalesforceService.notFound }
    switch (rest.count, rest.dropFirst().first?.lowercased()) {
    case (1, _): return try collection(request, object)
    case (2, "describe"): return try Preconditions(request).reply(changed) { describe.object(object) }
    case (2, "updated"), (2, "deleted"):
      return .json(try ChangeFeed(world: world, object: object).answer(request, rest[1].lowercased()))
    case (2, "id") where request.method == "POST": return try create(request, object)
    case (2, _): return try row(request, object, rest[1])
    case (3, _) where object[rest[2]]?.type == .base64 && request.method == "GET":
      return try content(object, rest[1], rest[2])
    case (3, _): return try external(request, object, rest[1], rest[2])
    default: throw SalesforceService.notFound
    }
  }

  private func store(_ request: ServiceRequest) -> RowStore { RowStore(world: world, for: request) }

  private func collection(_ request: ServiceRequest, _ object: ObjectDefinition) throws -> ServiceReply {
    switch request.method {
    case "GET": return .json(Describe(version: version, schema: try world.schema).basic(object))
    case "POST": return try create(request, object)
    default: throw SalesforceService.notAllowed
    }
  }

  private func create(_ request: ServiceRequest, _ object: ObjectDefinition) throws -> ServiceReply {
    let fields = try RowResource.fields(request)
    let id = try world.atomically { try store(request).insert(object, fields) }
    return created(object, id, ["id": .string(id), "success": true, "errors": []])
  }

  private func created(_ object: ObjectDefinition, _ id: String, _ body: JSONValue) -> ServiceReply {
    .json(body, status: 201, headers: [("Location", "/services/data/v\(version)/sobjects/\(object.name)/\(id)")])
  }

  private func row(_ request: ServiceRequest, _ object: ObjectDefinition, _ given: String) throws -> ServiceReply {
    guard let id = SalesforceID.normalized(given) else {
      let isId = given.utf8.count == 15 || given.utf8.count == 18
      throw isId
        ? Refusal(status: 400, code: "MALFORMED_ID", message: "\(object.name) ID: id value of incorrect type: \(given)")
        : Refusal(
          status: 404, code: "NOT_FOUND",
          message: "Provided external ID field does not exist or is not accessible: \(given)")
    }
    let conditions = Preconditions(request, hasTags: object.name == "Account")
    switch request.method {
    case "GET", "HEAD":
      let stamp = try modified(object, id)
      let fields = request.parameters["fields"]
      return try conditions.reply(stamp, tag: id) { try read(object, id, fields) }
    case "PATCH":
      let fields = try RowResource.fields(request)
      try conditions.requireWritable(try modified(object, id), tag: id)
      try world.atomically { try store(request).update(object, id: id, fields) }
      return .empty(204)
    case "DELETE":
      try world.atomically { try store(request).delete(object, id: id) }
      return .empty(204)
    default: throw SalesforceService.notAllowed
    }
  }

  /// A row named by an external id: read, upserted or deleted.
  private func external(
    _ request: ServiceRequest, _ object: ObjectDefinition, _ name: String, _ value: String
  ) throws -> ServiceReply {
    let field = try ExternalId(world: world).field(name, of: object)
    let ids = try ExternalId(world: world).ids(of: object, field, value, upserting: request.method == "PATCH")
    if ids.count > 1 {
      let urls = ids.map { JSONValue.string("/services/data/v\(version)/sobjects/\(object.name)/\($0)") }
      return .json(.array(urls), status: 300)
    }
    switch (request.method, ids.first) {
    case ("PATCH", let id):
      if id == nil && request.parameters["updateOnly"]?.lowercased() == "true" { throw SalesforceService.notFound }
      if let id {
        try Preconditions(request, hasTags: object.name == "Account").requireWritable(
          try modified(object, id), tag: id)
      }
      let upsert = Upsert(store: store(request), object: object, field: field, value: value)
      let outcome = try world.atomically { try upsert.apply(try RowResource.fields(request), to: id) }
      let body: JSONValue = [
        "id": .string(outcome.id), "success": true, "errors": [], "created": .bool(outcome.created),
      ]
      return outcome.created ? created(object, outcome.id, body) : .json(body)
    case ("GET", let id?): return .json(try read(object, id, request.parameters["fields"]))
    case ("DELETE", let id?):
      try world.atomically { try store(request).delete(object, id: id) }
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
      world.db.cachedStatement(sql: "SELECT LastModifiedDate FROM \"\(object.name)\" WHERE Id = ? AND IsDeleted = 0"),
      arguments: [id]
    ).flatMap { Stamp(iso: $0) }
  }

  /// The bytes of a field that JSON shows as a URL.
  private func content(_ object: ObjectDefinition, _ given: String, _ name: String) throws -> ServiceReply {
    guard let id = SalesforceID.normalized(given), let field = object[name], try modified(object, id) != nil else {
      throw RowStore.missing
    }
    let text = try String.fetchOne(
      world.db.cachedStatement(sql: "SELECT \"\(field.name)\" FROM \"\(object.name)\" WHERE Id = ?"), arguments: [id])
    return ServiceReply(
      status: 200, headers: [("Content-Type", "application/octetstream")],
      body: Data(base64Encoded: text ?? "") ?? Data())
  }

  static func fields(_ request: ServiceRequest) throws -> JSONObject {
    guard case .object(let members)? = request.json else {
      throw Refusal(
        status: 400, code: "JSON_PARSER_ERROR", message: "The HTTP entity body is required to be a JSON object")
    }
    return members
  }
}
