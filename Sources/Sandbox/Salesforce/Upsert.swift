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
