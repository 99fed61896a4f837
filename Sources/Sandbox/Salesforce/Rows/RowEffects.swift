import GRDB

/// What a write sets in motion beyond its own fields.
struct RowEffects {
  let store: RowStore

  private var db: Database { store.world.db }

  /// Fields that follow from others: the stage decides closed, won, probability and forecast, names are joined.
  static func derive(_ object: ObjectDefinition, _ columns: inout [String: DatabaseValue], changed: Set<String>?) {
    switch object.name {
    case "Opportunity": deriveStage(&columns, changed: changed)
    case "OpportunityLineItem": columns["TotalPrice"] = LineItems.total(columns)
    case "ContentNote":
      columns["FileType"] = "SNOTE".databaseValue
      columns["FileExtension"] = "snote".databaseValue
      ContentNotes.derive(&columns)
    case "Contact", "User", "Lead":
      let first = columns["FirstName"].flatMap { String.fromDatabaseValue($0) }
      let last = columns["LastName"].flatMap { String.fromDatabaseValue($0) }
      columns["Name"] = [first, last].compactMap { $0 }.joined(separator: " ").databaseValue
    default: break
    }
  }

  private static func deriveStage(_ columns: inout [String: DatabaseValue], changed: Set<String>?) {
    let stage = Stage.named(columns["StageName"].flatMap { String.fromDatabaseValue($0) } ?? "")
    columns["IsClosed"] = (stage.isClosed ? 1 : 0).databaseValue
    columns["IsWon"] = (stage.isWon ? 1 : 0).databaseValue
    if changed?.contains("StageName") ?? true {
      if changed?.contains("Probability") != true && (changed != nil || columns["Probability"] == .null) {
        columns["Probability"] = "\(stage.probability).0".databaseValue
      }
      columns["ForecastCategory"] = stage.category.databaseValue
      columns["ForecastCategoryName"] = stage.categoryName.databaseValue
    }
    let amount = columns["Amount"].flatMap { String.fromDatabaseValue($0) }
    let probability = columns["Probability"].flatMap { String.fromDatabaseValue($0) } ?? "0"
    columns["ExpectedRevenue"] =
      amount.flatMap { FieldText.product($0, probability, scale: 2) }?.databaseValue ?? .null
  }

  /// The amount of an opportunity with products is the sum of its lines; a write to it is dropped without a word.
  static func dropIgnored(
    _ object: ObjectDefinition, _ changes: inout [String: DatabaseValue], _ before: [String: DatabaseValue]
  ) {
    if object.name == "Opportunity", before["HasOpportunityLineItem"] == 1.databaseValue { changes["Amount"] = nil }
  }

  /// After a row was added.
  func inserted(_ object: ObjectDefinition, _ columns: [String: DatabaseValue]) throws {
    switch object.name {
    case "Opportunity": try addPrimaryContact(columns)
    case "OpportunityContactRole": try keepOnePrimary(columns)
    case "OpportunityLineItem": try LineItems(store: store).added(columns)
    case "ContentNote": try ContentNotes(store: store).added(columns)
    case "Microsoft_Solutions__c":
      let number = try store.world.next("solution line")
      let day = try store.world.now.day.split(separator: "-")
      try RowTables.update(
        db, object, id: RowEffects.text(columns["Id"]),
        ["Name": "\(day[1])\(day[2])\(day[0].suffix(2))-\(number)".databaseValue])
      try recountSolutions(RowEffects.text(columns["Opportunity__c"]))
    default: break
    }
  }

  /// After fields of a row were changed.
  func updated(_ object: ObjectDefinition, _ columns: [String: DatabaseValue], changed: Set<String>) throws {
    if object.name == "OpportunityContactRole" && changed.contains("IsPrimary") { try keepOnePrimary(columns) }
    if object.name == "OpportunityLineItem" { try LineItems(store: store).sumUp(columns) }
  }

  /// After a row was deleted.
  func deleted(_ object: ObjectDefinition, _ columns: [String: DatabaseValue]) throws {
    if object.name == "Microsoft_Solutions__c" { try recountSolutions(RowEffects.text(columns["Opportunity__c"])) }
    if object.name == "OpportunityLineItem" { try LineItems(store: store).sumUp(columns) }
    if object.name == "ContentNote" || object.name == "ContentDocument" {
      try ContentNotes(store: store).removed(columns)
    }
  }

  /// A catalogue row in use cannot be deleted.
  func refuseWhileInUse(_ object: ObjectDefinition, id: String) throws {
    guard object.name == "Microsoft_Solution_Detail__c" else { return }
    let uses =
      try Int.fetchOne(
        db.cachedStatement(sql: "SELECT COUNT(*) FROM Microsoft_Solutions__c WHERE Solution__c = ? AND IsDeleted = 0"),
        arguments: [id]) ?? 0
    if uses > 0 {
      throw Refusal(
        status: 400, code: "DELETE_FAILED",
        message: "Your attempt to delete this solution could not be completed because it is used by \(uses) lines.")
    }
  }

  /// The package's trigger: counts the lines into the opportunity and moves its stamp.
  ///
  /// When the last line is gone it switches the sync off; nothing switches it on again.
  private func recountSolutions(_ opportunity: String) throws {
    guard let object = OrgSchema.object("Opportunity"),
      var columns = try RowTables.columns(db, object, id: opportunity), columns["IsDeleted"] != 1.databaseValue
    else { return }
    let count =
      try Int.fetchOne(
        db.cachedStatement(
          sql: "SELECT COUNT(*) FROM Microsoft_Solutions__c WHERE Opportunity__c = ? AND IsDeleted = 0"),
        arguments: [opportunity]) ?? 0
    let before = columns
    columns["Solution_Count__c"] = "\(count).0".databaseValue
    if count == 0 { columns["Sync_With_Partner_Center__c"] = 0.databaseValue }
    do {
      try RowRules(world: store.world, object: object).validate(columns, before: before)
    } catch let refusal as Refusal {
      throw Refusal(
        status: 400, code: "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
        message: "msft_SolutionTrigger: execution of AfterInsert caused by: System.DmlException: Update failed. First "
          + "exception on row 0 with id \(opportunity); first error: \(refusal.code), \(refusal.message): []")
    }
    RowStore.touch(&columns, try store.world.tick(), store.user)
    columns["seq"] = nil
    try RowTables.update(db, object, id: opportunity, columns)
  }

  /// `ContactId` on a new opportunity makes that contact its primary role.
  private func addPrimaryContact(_ columns: [String: DatabaseValue]) throws {
    let contact = RowEffects.text(columns["ContactId"])
    guard !contact.isEmpty, let role = OrgSchema.object("OpportunityContactRole") else { return }
    _ = try store.insert(
      role,
      JSONObject([
        ("OpportunityId", .string(RowEffects.text(columns["Id"]))), ("ContactId", .string(contact)),
        ("IsPrimary", true),
      ]))
  }

  private func keepOnePrimary(_ columns: [String: DatabaseValue]) throws {
    guard columns["IsPrimary"] == 1.databaseValue else { return }
    try db.cachedStatement(sql: "UPDATE OpportunityContactRole SET IsPrimary = 0 WHERE OpportunityId = ? AND Id <> ?")
      .execute(arguments: [columns["OpportunityId"] ?? .null, columns["Id"] ?? .null])
  }

  static func text(_ value: DatabaseValue?) -> String {
    value.flatMap { String.fromDatabaseValue($0) } ?? ""
  }
}
