import GRDB

/// Creates, changes and deletes rows as the org does: checks first, then the row, then what follows from it.
struct RowStore {
  let world: World
  /// The user in whose name rows are written.
  var user = SalesforceID.integrationUser
  /// Whether a row that a duplicate rule finds is saved all the same.
  var allowsDuplicates = false

  /// A store in the name of the integration user.
  ///
  /// The header `Sforce-Duplicate-Rule-Header` of the request says whether duplicates may be saved.
  init(world: World, for request: ServiceRequest? = nil) {
    self.world = world
    let wish = request?.headers["sforce-duplicate-rule-header"]?.lowercased().filter { $0 != " " } ?? ""
    allowsDuplicates = wish.contains("allowsave=true")
  }

  init(world: World, user: String) {
    self.world = world
    self.user = user
  }

  private var db: Database { world.db }

  /// Whether rows are written through the API, which faults of rows strike; users in their screens are spared.
  private var isAPI: Bool { user == SalesforceID.integrationUser }

  /// Adds a row and returns its id.
  func insert(_ object: ObjectDefinition, _ fields: JSONObject) throws -> String {
    if isAPI, try world.switches.isOn(.storageFull) { throw RowStore.full }
    var columns = try RowCheck(world: world, object: object).columns(of: fields, creating: true)
    try StateCountry(world: world).complete(object, &columns, before: nil)
    for field in object.fields where field.isStored && columns[field.name] == nil {
      columns[field.name] = try field.defaultValue.map { try FieldText.stored($0, in: field) } ?? .null
    }
    if isAPI { try world.requireUnlocked(masters(object, columns)) }
    if let existing = try existingTeamMember(object, columns) {
      try update(object, id: existing, fields, creating: true)
      return existing
    }
    RowEffects.derive(object, &columns, changed: nil)
    try judge(object, columns, before: nil, id: nil)
    let id = SalesforceID.make(prefix: object.prefix, number: try world.next("row " + object.name))
    let stamp = try world.tick()
    columns["Id"] = id.databaseValue
    columns["CreatedById"] = user.databaseValue
    columns["CreatedDate"] = stamp.salesforce.databaseValue
    RowStore.touch(&columns, stamp, user)
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
    if isAPI { try world.requireUnlocked([id] + masters(object, before)) }
    var changes = try RowCheck(world: world, object: object).columns(of: fields, creating: creating)
    try StateCountry(world: world).complete(object, &changes, before: before)
    RowEffects.dropIgnored(object, &changes, before)
    var columns = before.merging(changes) { $1 }
    RowEffects.derive(object, &columns, changed: Set(changes.keys))
    try judge(object, columns, before: before, id: id)
    RowStore.touch(&columns, try world.tick(), user)
    columns["seq"] = nil
    try RowTables.update(db, object, id: id, columns)
    try RowEffects(store: self).updated(object, columns, changed: Set(changes.keys))
  }

  /// Sends a row to the recycle bin, with the rows that live by it.
  func delete(_ object: ObjectDefinition, id: String) throws {
    if object.isForbidden || !object.isWritable && object.name != "ContentDocument" {
      throw Refusal(
        status: 403, code: "INSUFFICIENT_ACCESS_OR_READONLY",
        message: "insufficient access rights on object: \(object.name)")
    }
    guard let before = try RowTables.columns(db, object, id: id) else { throw RowStore.missing }
    if before["IsDeleted"] == 1.databaseValue { throw RowStore.deleted }
    if isAPI { try world.requireUnlocked([id] + masters(object, before)) }
    try RowEffects(store: self).refuseWhileInUse(object, id: id)
    let stamp = try world.tick()
    if object.name == "OpportunityContactRole" || object.name == "OpportunityTeamMember" {
      try db.cachedStatement(sql: "DELETE FROM \"\(object.name)\" WHERE Id = ?").execute(arguments: [id])
      try DeletionLog(db: db).add(object, id, at: stamp)
    } else {
      try markDeleted(object, id: id, stamp)
    }
    try RowEffects(store: self).deleted(object, before)
  }

  /// Removes a row for good, as `hardDelete` does, whether or not it is in the recycle bin.
  func purge(_ object: ObjectDefinition, id: String) throws {
    guard let before = try RowTables.columns(db, object, id: id) else { throw RowStore.missing }
    if before["IsDeleted"] != 1.databaseValue { try delete(object, id: id) }
    try db.cachedStatement(sql: "DELETE FROM \"\(object.name)\" WHERE Id = ?").execute(arguments: [id])
  }

  /// Marks a row and its dependants as deleted.
  private func markDeleted(_ object: ObjectDefinition, id: String, _ stamp: Stamp) throws {
    try RowTables.update(
      db, object, id: id,
      [
        "IsDeleted": 1.databaseValue, "LastModifiedDate": stamp.salesforce.databaseValue,
        "SystemModstamp": stamp.salesforce.databaseValue, "LastModifiedById": user.databaseValue,
      ])
    try DeletionLog(db: db).add(object, id, at: stamp)
    for child in OrgSchema.objects {
      for field in child.fields where field.targets.contains(object.name) && field.isCascading {
        let ids = try String.fetchAll(
          db.cachedStatement(sql: "SELECT Id FROM \"\(child.name)\" WHERE \"\(field.name)\" = ? AND IsDeleted = 0"),
          arguments: [id])
        for dependant in ids { try markDeleted(child, id: dependant, stamp) }
      }
    }
  }

  /// What the org's rules say of the row as it would be.
  private func judge(
    _ object: ObjectDefinition, _ columns: [String: DatabaseValue], before: [String: DatabaseValue]?, id: String?
  ) throws {
    let rules = RowRules(world: world, object: object)
    try rules.requireUnique(columns, id: id)
    try rules.validate(columns, before: before)
    try rules.requireNoDuplicate(columns, before: before, id: id, allowed: allowsDuplicates)
  }

  /// The rows that a write to a detail row locks as well.
  private func masters(_ object: ObjectDefinition, _ columns: [String: DatabaseValue]) -> [String] {
    object.fields.filter { $0.isCascading && !$0.isNillable }.compactMap { field in
      columns[field.name].flatMap { String.fromDatabaseValue($0) }
    }
  }

  /// A second team membership of the same user in one opportunity updates the first.
  private func existingTeamMember(
    _ object: ObjectDefinition, _ columns: [String: DatabaseValue]
  ) throws -> String? {
    guard object.name == "OpportunityTeamMember" else { return nil }
    return try String.fetchOne(
      db.cachedStatement(
        sql: "SELECT Id FROM OpportunityTeamMember WHERE OpportunityId = ? AND UserId = ? AND IsDeleted = 0"),
      arguments: [columns["OpportunityId"] ?? .null, columns["UserId"] ?? .null])
  }

  static func touch(_ columns: inout [String: DatabaseValue], _ stamp: Stamp, _ user: String) {
    columns["LastModifiedDate"] = stamp.salesforce.databaseValue
    columns["SystemModstamp"] = stamp.salesforce.databaseValue
    columns["LastModifiedById"] = user.databaseValue
  }

  static let deleted = Refusal(status: 404, code: "ENTITY_IS_DELETED", message: "entity is deleted")

  static let missing = Refusal(status: 404, code: "NOT_FOUND", message: "The requested resource does not exist")

  private static let full = Refusal(
    status: 400, code: "STORAGE_LIMIT_EXCEEDED", message: "storage limit exceeded")
}
