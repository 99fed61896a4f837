/// `composite/sobjects`: up to 200 rows in one call, answered in the order of the request.
struct CollectionResource {
  let world: World
  let version: String

  func answer(_ request: ServiceRequest, _ rest: [String]) throws -> ServiceReply {
    switch (request.method, rest.count) {
    case ("POST", 0): return try write(request) { try create($0, RowStore(world: world, for: request)) }
    case ("PATCH", 0): return try write(request) { try update($0, RowStore(world: world, for: request)) }
    case ("PATCH", 2): return try upsert(request, rest[0], rest[1])
    case ("DELETE", 0): return try delete(request)
    case ("GET", 1):
      return try read(request, rest[0], list(request.parameters["ids"]), list(request.parameters["fields"]))
    case ("POST", 1):
      let body = try RowResource.fields(request)
      return try read(request, rest[0], strings(body["ids"]), strings(body["fields"]))
    default: throw SalesforceService.notAllowed
    }
  }

  /// Runs one change a record; with `allOrNone`, one refusal takes all of them back.
  private func write(_ request: ServiceRequest, _ change: (JSONObject) throws -> JSONObject) throws -> ServiceReply {
    let body = try RowResource.fields(request)
    guard let records = body["records"]?.array, !records.isEmpty else {
      throw Refusal(status: 400, code: "MALFORMED_ID", message: "records are missing")
    }
    try requireSize(records.count)
    try requireChunks(records)
    let types = records.map { $0["attributes"]["type"].string ?? "" }
    return try rows(records, types: types, allOrNone: body["allOrNone"]?.bool ?? false) { record in
      guard case .object(let fields) = record else {
        throw Refusal(status: 400, code: "JSON_PARSER_ERROR", message: "a record must be an object")
      }
      return try change(fields)
    }
  }

  private func rows<Item>(
    _ items: [Item], types: [String], allOrNone: Bool, _ change: (Item) throws -> JSONObject
  ) throws -> ServiceReply {
    var answers: [JSONValue] = []
    var refused = false
    let savepoint: () throws -> Void = {
      var chunk: Refusal?
      for (index, item) in items.enumerated() {
        if index == 0 || types[index] != types[index - 1] { chunk = chunkFault() }
        do {
          if let chunk { throw chunk }
          answers.append(.object(try world.atomically { try change(item) }))
        } catch let refusal as Refusal {
          refused = true
          answers.append(refusal.ofRow.salesforceRow)
        }
      }
      if refused && allOrNone { throw RolledBack() }
    }
    do {
      try world.atomically(savepoint)
    } catch is RolledBack {
      answers = answers.map { $0["success"] == true ? CollectionResource.rolledBack($0) : $0 }
    }
    return .json(.array(answers))
  }

  /// What refuses a whole chunk of rows of one type, if anything does.
  private func chunkFault() -> Refusal? {
    do {
      try world.requireChunk()
      return nil
    } catch {
      return error as? Refusal
    }
  }

  private func create(_ fields: JSONObject, _ store: RowStore) throws -> JSONObject {
    if let id = fields.value(ignoringCase: "id"), !id.isNull {
      throw Refusal(
        status: 400, code: "INVALID_FIELD_FOR_INSERT_UPDATE", message: "cannot specify Id in an insert call",
        fields: ["Id"])
    }
    let id = try store.insert(try object(of: fields), fields)
    return JSONObject([("id", .string(id)), ("success", true), ("errors", [])])
  }

  private func update(_ fields: JSONObject, _ store: RowStore) throws -> JSONObject {
    let object = try object(of: fields)
    guard let given = fields.value(ignoringCase: "id")?.string else {
      throw Refusal(
        status: 400, code: "MISSING_ARGUMENT", message: "Id not specified in an update call", fields: ["Id"])
    }
    let id = try CollectionResource.id(given)
    try store.update(object, id: id, fields)
    return JSONObject([("id", .string(id)), ("success", true), ("errors", [])])
  }

  private func upsert(_ request: ServiceRequest, _ name: String, _ fieldName: String) throws -> ServiceReply {
    guard let object = try world.schema.object(name) else { throw SalesforceService.notFound }
    let store = RowStore(world: world, for: request)
    let field = try ExternalId(world: world).field(fieldName, of: object)
    return try write(request) { fields in
      let outcome = try Upsert.row(fields, of: object, by: field, store)
      return JSONObject([
        ("id", .string(outcome.id)), ("success", true), ("errors", []), ("created", .bool(outcome.created)),
      ])
    }
  }

  private func delete(_ request: ServiceRequest) throws -> ServiceReply {
    let ids = list(request.parameters["ids"])
    try requireSize(ids.count)
    let store = RowStore(world: world, for: request)
    let types = ids.map { String($0.prefix(3)) }
    return try rows(ids, types: types, allOrNone: request.parameters["allOrNone"]?.lowercased() == "true") { given in
      let id = try CollectionResource.id(given)
      guard let object = try world.schema.object(ofId: id) else {
        throw Refusal(status: 400, code: "INVALID_CROSS_REFERENCE_KEY", message: "invalid cross reference id")
      }
      try store.delete(object, id: id)
      return JSONObject([("id", .string(id)), ("success", true), ("errors", [])])
    }
  }

  private func read(
    _ request: ServiceRequest, _ name: String, _ ids: [String], _ fields: [String]
  ) throws -> ServiceReply {
    guard let object = try world.schema.object(name) else { throw SalesforceService.notFound }
    if ids.count > (request.method == "GET" ? 800 : 2000) {
      throw Refusal(status: 400, code: "EXCEEDED_ID_LIMIT", message: "too many ids: \(ids.count)")
    }
    let rows = RowResource(world: world, version: version)
    let records = try ids.map { given -> JSONValue in
      guard let id = SalesforceID.normalized(given) else { return .null }
      do {
        return try rows.read(object, id, fields.isEmpty ? nil : fields.joined(separator: ","))
      } catch let refusal as Refusal where refusal.status == 404 {
        return .null
      }
    }
    return .json(.array(records))
  }

  private func requireSize(_ count: Int) throws {
    if count > 200 {
      throw Refusal(
        status: 400, code: "EXCEEDED_ID_LIMIT", message: "record limit reached. cannot process more than 200 records")
    }
  }

  /// Mixed types are cut into chunks at each change of type, ten at most.
  private func requireChunks(_ records: [JSONValue]) throws {
    let types = records.map { $0["attributes"]["type"].string ?? "" }
    let changes = zip(types, types.dropFirst()).filter { $0 != $1 }.count
    if changes > 9 {
      throw Refusal(
        status: 400, code: "LIMIT_EXCEEDED", message: "Cannot have more than 10 chunks in a single operation")
    }
  }

  private func list(_ text: String?) -> [String] { text?.split(separator: ",").map(String.init) ?? [] }

  private func strings(_ value: JSONValue?) -> [String] { value?.array?.compactMap(\.string) ?? [] }

  private func object(of fields: JSONObject) throws -> ObjectDefinition {
    guard let name = fields["attributes"]?["type"].string, let object = try world.schema.object(name) else {
      throw Refusal(status: 400, code: "INVALID_TYPE", message: "sObject type is missing or not supported")
    }
    return object
  }

  private static func id(_ given: String) throws -> String {
    guard let id = SalesforceID.normalized(given) else {
      throw Refusal(status: 400, code: "MALFORMED_ID", message: "malformed id \(given)", fields: ["Id"])
    }
    return id
  }

  private static func rolledBack(_ answer: JSONValue) -> JSONValue {
    [
      "id": answer["id"], "success": false,
      "errors": [
        [
          "statusCode": "ALL_OR_NONE_OPERATION_ROLLED_BACK",
          "message": "Record rolled back because not all records were valid and the request was using AllOrNone header",
          "fields": [],
        ]
      ],
    ]
  }

  private struct RolledBack: Error {}
}
