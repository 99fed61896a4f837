import GRDB

/// Finds rows by a field that may stand in for their id.
struct ExternalId {
  let world: World

  /// The ids of the rows with a value, oldest first.
  ///
  /// An upsert without "View All Data" finds rows by a unique field only.
  func ids(
    of object: ObjectDefinition, _ field: FieldDefinition, _ value: String, upserting: Bool = false
  ) throws -> [String] {
    if upserting, field.type != .id, !field.isUnique, try !world.switches.isOn(.viewAllData) { return [] }
    let wanted = field.type == .id ? SalesforceID.normalized(value) ?? value : value
    return try String.fetchAll(
      world.db.cachedStatement(
        sql: """
          SELECT Id FROM "\(object.name)" WHERE "\(field.name)" = ?\(field.type == .id ? "" : " COLLATE NOCASE") AND IsDeleted = 0 ORDER BY seq
          """), arguments: [wanted])
  }

  /// The field of a name, refused when it cannot stand in for the id.
  func field(_ name: String, of object: ObjectDefinition) throws -> FieldDefinition {
    guard let field = object[name], field.isIdLookup else {
      throw Refusal(
        status: 404, code: "NOT_FOUND",
        message: "Provided external ID field does not exist or is not accessible: \(name)")
    }
    return field
  }

  /// The one row that `{"Ext__c":"x"}` names.
  func id(of target: String, by parent: JSONObject) throws -> String {
    guard let object = try world.schema.object(target),
      let name = parent.keys.first(where: { $0 != "attributes" }), let value = parent[name]?.scalar
    else { throw Refusal(status: 400, code: "JSON_PARSER_ERROR", message: "a parent needs one external id") }
    let found = try ids(of: object, try field(name, of: object), value)
    guard let id = found.first else {
      throw Refusal(
        status: 400, code: "INVALID_FIELD",
        message: "Foreign key external ID: \(value) not found for field \(name) in entity \(target)", fields: [])
    }
    if found.count > 1 {
      throw Refusal(
        status: 400, code: "DUPLICATE_EXTERNAL_ID", message: "\(name): more than one record found", fields: [name])
    }
    return id
  }
}
