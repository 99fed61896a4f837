/// Creates a row or changes the one that carries an external id.
struct Upsert {
  let store: RowStore
  let object: ObjectDefinition
  let field: FieldDefinition
  let value: String

  /// Applies the fields to a row found by the external id, or to a new one.
  func apply(_ fields: JSONObject, to id: String?) throws -> (id: String, created: Bool) {
    var rest = fields
    if let spelling = rest.spelling(of: field.name) { rest[spelling] = nil }
    if let id {
      try store.update(object, id: id, rest)
      return (id, false)
    }
    if field.type != .id { rest[field.name] = .string(value) }
    return (try store.insert(object, rest), true)
  }
}

extension Upsert {
  /// Upserts one row among several, which carries the external id among its fields.
  ///
  /// - Throws: a `Refusal` when the row has no value there or the value names several rows.
  static func row(
    _ fields: JSONObject, of object: ObjectDefinition, by field: FieldDefinition, _ store: RowStore
  ) throws -> (id: String, created: Bool) {
    let value = fields.value(ignoringCase: field.name)?.scalar
    if value == nil && field.type != .id {
      throw Refusal(
        status: 400, code: "MISSING_ARGUMENT", message: "\(field.name) not specified", fields: [field.name])
    }
    let external = ExternalId(world: store.world)
    let ids = try value.map { try external.ids(of: object, field, $0, upserting: true) } ?? []
    if ids.count > 1 {
      throw Refusal(
        status: 400, code: "DUPLICATE_EXTERNAL_ID",
        message: "\(field.name): more than one record found for external id field: [\(ids.joined(separator: ", "))]",
        fields: [field.name])
    }
    if field.type == .id && value != nil && ids.isEmpty { throw RowStore.missing }
    return try Upsert(store: store, object: object, field: field, value: value ?? "").apply(fields, to: ids.first)
  }
}
