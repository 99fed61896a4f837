import GRDB

/// Creates, changes and deletes rows as the org does: checks first, then the row, then what follows from it.
struct RowStore {
  let world: World
  /// The user in whose name rows are written.
  var user = SalesforceID.integrationUser

  private var db: Database { world.db }

  /// Adds a row and returns its id.
  func insert(_ object: ObjectDefinition, _ fields: JSONObject) throws -> String {
    var columns = try RowCheck(world: world, object: object).columns(of: fields, creating: true)
    for field in object.fields where columns[field.name] == nil {
      columns[field.name] = try field.defaultValue.map { try FieldText.stored($0, in: field) } ?? .null
    }
    if let existing = try existingTeamMember(object, columns) {
      try update(object, id: existing, fields, creating: true)
      return existing
    }
    let id = SalesforceID.make(prefix: object.prefix, number: try world.next("row " + object.name))
    let stamp = try world.tick()
    columns["Id"] = id.databaseValue
    columns["CreatedById"] = user.databaseValue
    columns["CreatedDate"] = stamp.salesforce.databaseValue
    RowStore.touch(&columns, stamp, user)
    RowEffects.derive(object, &columns, changed: nil)
    try RowTables.insert(db, object, columns)
    try RowEffects(store: self).inserted(object, columns)
    return id
  }

  /// Changes the given fields of a row.
  func update(
    _ object: ObjectDefinition, id: String, _ fields: JSONObject, creating: Bool = false
  ) throws {
    guard let before = try RowTables.columns(db, object, id: id) else { throw RowStore.missing }
    if before["IsDeleted"] == 1.databaseValue { throw RowStore.deleted }
    let changes = try RowCheck(world: world, object: object).columns(of: fields, creating: creating)
    var columns = before.merging(changes) { $1 }
    RowEffects.derive(object, &columns, changed: Set(changes.keys))
    RowStore.touch(&columns, try world.tick(), user)
    columns["seq"] = nil
    try RowTables.update(db, object, id: id, columns)
    try RowEffects(store: self).updated(object, columns, changed: Set(changes.keys))
  }

  /// Sends a row to the recycle bin, with the rows that live by it.
  func delete(_ object: ObjectDefinition, id: String) throws {
    guard let before = try RowTables.columns(db, object, id: id) else { throw RowStore.missing }
    if before["IsDeleted"] == 1.databaseValue { throw RowStore.deleted }
    try RowEffects(store: self).refuseWhileInUse(object, id: id)
    let stamp = try world.tick()
    if object.name == "OpportunityContactRole" || object.name == "OpportunityTeamMember" {
      try db.execute(sql: "DELETE FROM \"\(object.name)\" WHERE Id = ?", arguments: [id])
    } else {
      try markDeleted(object, id: id, stamp)
    }
    try RowEffects(store: self).deleted(object, before)
  }

  /// Marks a row and its dependants as deleted.
  private func markDeleted(_ object: ObjectDefinition, id: String, _ stamp: Stamp) throws {
    try RowTables.update(
      db, object, id: id,
      [
        "IsDeleted": 1.databaseValue, "LastModifiedDate": stamp.salesforce.databaseValue,
        "SystemModstamp": stamp.salesforce.databaseValue, "LastModifiedById": user.databaseValue,
      ])
    for child in OrgSchema.objects {
      for field in child.fields where field.target == object.name && field.isCascading {
        let ids = try String.fetchAll(
          db, sql: "SELECT Id FROM \"\(child.name)\" WHERE \"\(field.name)\" = ? AND IsDeleted = 0", arguments: [id])
        for dependant in ids { try markDeleted(child, id: dependant, stamp) }
      }
    }
  }

  /// A second team membership of the same user in one opportunity updates the first.
  private func existingTeamMember(
    _ object: ObjectDefinition, _ columns: [String: DatabaseValue]
  ) throws -> String? {
    guard object.name == "OpportunityTeamMember" else { return nil }
    return try String.fetchOne(
      db, sql: "SELECT Id FROM OpportunityTeamMember WHERE OpportunityId = ? AND UserId = ? AND IsDeleted = 0",
      arguments: [columns["OpportunityId"] ?? .null, columns["UserId"] ?? .null])
  }

  static func touch(_ columns: inout [String: DatabaseValue], _ stamp: Stamp, _ user: String) {
    columns["LastModifiedDate"] = stamp.salesforce.databaseValue
    columns["SystemModstamp"] = stamp.salesforce.databaseValue
    columns["LastModifiedById"] = user.databaseValue
  }

  static let deleted = Refusal(status: 404, code: "ENTITY_IS_DELETED", message: "entity is deleted")

  static let missing = Refusal(status: 404, code: "NOT_FOUND", message: "The requested resource does not exist")
}
