import GRDB

/// Checks the fields of a write against the schema and turns them into columns.
struct RowCheck {
  let world: World
  let object: ObjectDefinition

  /// The columns to write.
  ///
  /// - Throws: a `Refusal` for the first thing wrong, in the order in which the org looks: shape, unknown and
  ///   read-only fields, required ones, lengths, lists, references.
  func columns(of fields: JSONObject, creating: Bool) throws -> [String: DatabaseValue] {
    guard object.isWritable else {
      throw Refusal(
        status: 400, code: "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
        message: "entity type cannot be \(creating ? "inserted" : "updated"): \(object.label)")
    }
    if object.isForbidden {
      throw Refusal(
        status: 403, code: "INSUFFICIENT_ACCESS_OR_READONLY",
        message: "insufficient access rights on object: \(object.name)")
    }
    var columns: [String: DatabaseValue] = [:]
    for (key, value) in fields.members where key != "attributes" && key.lowercased() != "id" {
      let (field, sent) = try resolved(key, value)
      guard creating ? field.isCreateable : field.isUpdateable else { throw readOnly(field) }
      columns[field.name] = try FieldText.stored(sent, in: field)
    }
    try requireFields(columns, creating: creating)
    for (name, value) in columns.sorted(by: { $0.key < $1.key }) {
      if let field = object[name] { try check(value, field) }
    }
    return columns
  }

  /// The field behind a key of the body; `{"Account":{"Ext__c":"x"}}` names a parent by an external id.
  private func resolved(_ key: String, _ value: JSONValue) throws -> (FieldDefinition, JSONValue) {
    if let field = object[key] { return (field, value) }
    if let field = object.reference(key), let target = field.target {
      if value.isNull { return (field, .null) }
      if case .object(let parent) = value {
        return (field, .string(try ExternalId(world: world).id(of: target, by: parent)))
      }
    }
    throw Refusal(
      status: 400, code: "INVALID_FIELD",
      message: "No such column '\(key)' on sobject of type \(object.name)", fields: [key])
  }

  private func readOnly(_ field: FieldDefinition) -> Refusal {
    Refusal(
      status: 400, code: "INVALID_FIELD_FOR_INSERT_UPDATE",
      message: "Unable to create/update fields: \(field.name). Please check the security settings of this field and "
        + "verify that it is read/write for your profile or permission set.", fields: [field.name])
  }

  private func requireFields(_ columns: [String: DatabaseValue], creating: Bool) throws {
    let missing = object.fields.filter { field in
      if let value = columns[field.name] { return !field.isNillable && value.isNull }
      return creating && field.isRequired
    }
    if !missing.isEmpty {
      let names = missing.map(\.name)
      throw Refusal(
        status: 400, code: "REQUIRED_FIELD_MISSING",
        message: "Required fields are missing: [\(names.joined(separator: ", "))]", fields: names)
    }
  }

  private func check(_ value: DatabaseValue, _ field: FieldDefinition) throws {
    guard let text = String.fromDatabaseValue(value) else { return }
    switch field.type {
    case .multipicklist:
      for choice in text.split(separator: ";") { try checkList(String(choice), field) }
    case .string, .textarea, .email, .phone, .url, .picklist:
      if field.length > 0 && text.count > field.length {
        throw Refusal(
          status: 400, code: "STRING_TOO_LONG",
          message: "\(field.label): data value too large: \(text.prefix(40)) (max length=\(field.length))",
          fields: [field.name])
      }
      try checkList(text, field)
    case .reference: try checkParent(text, field)
    case .id, .boolean, .currency, .double, .percent, .int, .date, .datetime, .base64, .address: break
    }
    if field.type == .email && !text.contains("@") {
      throw Refusal(
        status: 400, code: "INVALID_EMAIL_ADDRESS", message: "\(field.label): invalid email address: \(text)",
        fields: [field.name])
    }
  }

  private func checkList(_ text: String, _ field: FieldDefinition) throws {
    guard field.isRestricted, !field.values.contains(text), !OrgObjects.isAddressCode(field.name) else { return }
    if field.name == "CurrencyIsoCode" {
      throw Refusal(
        status: 400, code: "INVALID_CURRENCY_ISO", message: "invalid currency ISO code: \(text)",
        fields: [field.name])
    }
    throw Refusal(
      status: 400, code: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
      message: "\(field.label): bad value for restricted picklist field: \(text)", fields: [field.name])
  }

  private func checkParent(_ id: String, _ field: FieldDefinition) throws {
    guard !field.targets.isEmpty else { return }
    let targets = field.targets.compactMap { OrgSchema.object($0) }
    guard let parent = targets.first(where: { id.hasPrefix($0.prefix) }) else {
      throw Refusal(
        status: 400, code: "FIELD_INTEGRITY_EXCEPTION",
        message: "\(field.label): id value of incorrect type: \(id)", fields: [field.name])
    }
    let statement = try world.db.cachedStatement(
      sql: "SELECT 1 FROM \"\(parent.name)\" WHERE \"Id\" = ? AND \"IsDeleted\" = 0")
    if try Int.fetchOne(statement, arguments: [id]) == nil {
      throw Refusal(
        status: 400, code: "INVALID_CROSS_REFERENCE_KEY", message: "invalid cross reference id", fields: [field.name])
    }
  }
}
