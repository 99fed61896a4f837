import GRDB

/// Writes the rows of deals into the org, as they stand and without the effects of a user's write.
///
/// Each deal becomes one narrow row of a temporary table; SQLite itself makes the org's rows of it, so that a hundred
/// thousand deals take seconds whatever the build.
struct OpportunityRows {
  let db: Database

  private static let columns = [
    "number", "account", "contact", "opportunity", "role", "owner", "created", "modified", "name", "customer",
    "street", "city", "state", "postal", "country", "currency", "given", "family", "mail", "phone", "notes", "stage",
    "amount", "closing", "ticked", "referral", "link", "help", "visible", "solutions",
  ]

  /// Makes the temporary tables.
  func begin() throws {
    try db.execute(sql: "CREATE TEMP TABLE deal(\(OpportunityRows.columns.joined(separator: ", ")))")
    try db.execute(sql: "CREATE TEMP TABLE deal_line(deal, id, name, solution)")
  }

  func add(_ deal: Deal) throws {
    let marks = OpportunityRows.columns.map { _ in "?" }.joined(separator: ", ")
    let statement = try db.cachedStatement(sql: "INSERT INTO deal VALUES (\(marks))")
    let opportunity = deal.opportunityId
    let values: [DatabaseValue] = [
      deal.number.databaseValue, deal.accountId.databaseValue,
      deal.hasContact ? deal.contactId.databaseValue : .null, opportunity.databaseValue,
      SalesforceID.make(prefix: "00K", number: deal.number + 1).databaseValue, Seller.id(deal.seller).databaseValue,
      deal.created.salesforce.databaseValue, deal.updatedOpportunity.salesforce.databaseValue,
      deal.name.databaseValue, deal.customer.databaseValue, deal.street.databaseValue,
      deal.place.city.databaseValue, deal.place.state.databaseValue, deal.postalCode.databaseValue,
      deal.country.databaseValue, deal.currency.databaseValue, deal.givenName.databaseValue,
      deal.familyName.databaseValue, deal.contactMail.databaseValue, deal.contactPhone.databaseValue,
      deal.notes.databaseValue, deal.stage.databaseValue, OpportunityRows.amount(deal.value).databaseValue,
      deal.closing.day.databaseValue, (deal.isTicked ? 1 : 0).databaseValue,
      deal.referralReference.databaseValue, (deal.referralReference == nil ? nil : deal.link).databaseValue,
      deal.helpLabel.databaseValue, (deal.isVisible && deal.isTicked ? 1 : 0).databaseValue,
      deal.solutions.count.databaseValue,
    ]
    statement.setUncheckedArguments(StatementArguments(values))
    try statement.execute()
    let line = try db.cachedStatement(sql: "INSERT INTO deal_line VALUES (?, ?, ?, ?)")
    for (index, solution) in deal.solutions.enumerated() {
      let number = deal.number * 2 + index + 1
      line.setUncheckedArguments([
        opportunity, SalesforceID.make(prefix: "a0B", number: number), "110226-\(number)", Solution.id(solution),
      ])
      try line.execute()
    }
  }

  /// Makes the org's rows of all deals, and ends the temporary tables.
  func finish() throws {
    let from = "FROM deal d ORDER BY d.number"
    try make("Account", OpportunityRows.account, from)
    try make("Contact", OpportunityRows.contact, "FROM deal d WHERE d.contact IS NOT NULL ORDER BY d.number")
    try make(
      "Opportunity", OpportunityRows.opportunity,
      "FROM deal d LEFT JOIN OpportunityStage s ON s.ApiName = d.stage ORDER BY d.number")
    try make(
      "OpportunityContactRole", OpportunityRows.role, "FROM deal d WHERE d.contact IS NOT NULL ORDER BY d.number")
    try make(
      "Microsoft_Solutions__c", OpportunityRows.line,
      "FROM deal_line l JOIN deal d ON d.opportunity = l.deal ORDER BY l.rowid", index: "deal(opportunity)")
    try db.execute(sql: "DROP TABLE deal; DROP TABLE deal_line")
  }

  /// Fills a table from expressions by field; the other fields get what a new row gets.
  private func make(_ name: String, _ own: [String: String], _ from: String, index: String? = nil) throws {
    guard let object = OrgSchema.object(name) else { return }
    if let index { try db.execute(sql: "CREATE INDEX temp.deal_index ON \(index)") }
    let stamps = [
      "CreatedDate": "d.created", "CreatedById": "d.owner", "LastModifiedDate": "d.modified",
      "LastModifiedById": "d.owner", "SystemModstamp": "d.modified", "CurrencyIsoCode": "d.currency",
      "OwnerId": "d.owner",
    ]
    let fields = object.fields.filter(\.isStored)
    let values = try fields.map { field -> String in
      if let expression = own[field.name] ?? stamps[field.name] { return expression }
      let initial = try field.defaultValue.map { try FieldText.stored($0, in: field) } ?? .null
      return "\(initial.sqlLiteral)"
    }
    try db.execute(
      sql: "INSERT INTO \"\(name)\"(\(fields.map { "\"\($0.name)\"" }.joined(separator: ", "))) "
        + "SELECT \(values.joined(separator: ", ")) \(from)")
  }

  private static let account = [
    "Id": "d.account", "Name": "d.customer", "BillingStreet": "d.street", "BillingCity": "d.city",
    "BillingState": "d.state", "BillingPostalCode": "d.postal", "BillingCountry": "d.country",
  ]

  private static let contact = [
    "Id": "d.contact", "AccountId": "d.account", "FirstName": "d.given", "LastName": "d.family",
    "Name": "d.given || ' ' || d.family", "Email": "d.mail", "Phone": "d.phone",
  ]

  private static let role = [
    "Id": "d.role", "OpportunityId": "d.opportunity", "ContactId": "d.contact", "Role": "'Decision Maker'",
    "IsPrimary": "1",
  ]

  private static let line = [
    "Id": "l.id", "Name": "l.name", "Opportunity__c": "l.deal", "Solution__c": "l.solution",
  ]

  private static let opportunity = [
    "Id": "d.opportunity", "AccountId": "d.account", "Name": "d.name", "Description": "d.notes",
    "StageName": "d.stage", "Amount": "d.amount", "CloseDate": "d.closing",
    "IsClosed": "COALESCE(s.IsClosed, 0)", "IsWon": "COALESCE(s.IsWon, 0)",
    "Probability": "COALESCE(s.DefaultProbability, '0.0')",
    "ForecastCategory": "COALESCE(s.ForecastCategory, 'Pipeline')",
    "ForecastCategoryName": "COALESCE(s.ForecastCategoryName, 'Pipeline')", "ExpectedRevenue": expected,
    "Sync_With_Partner_Center__c": "d.ticked", "Referral_Identifier__c": "d.referral", "Referral_Link__c": "d.link",
    "How_can_Microsoft_help__c": "d.help", "Referral_visible_to_Microsoft_sellers__c": "d.visible",
    "Solution_Count__c": "d.solutions || '.0'",
  ]

  /// Amount times probability, rounded to cents and written with one decimal at least.
  private static let expected: String = {
    let cents =
      "((CAST(round(d.amount * 100) AS INTEGER) * CAST(COALESCE(s.DefaultProbability, 0) AS INTEGER) + 50) / 100)"
    let rest = "rtrim(printf('%02d', \(cents) % 100), '0')"
    return
      "CASE WHEN d.amount IS NOT NULL THEN (\(cents) / 100) || '.' || CASE \(rest) WHEN '' THEN '0' ELSE \(rest) END END"
  }()

  /// Salesforce writes whole amounts with a decimal.
  private static func amount(_ value: String?) -> String? {
    value.map { $0.utf8.contains(UInt8(ascii: ".")) ? $0 : $0 + ".0" }
  }
}

extension OpportunityRows {
  /// Adds one row of another kind with its stamps and the fields that follow from others.
  func add(
    _ object: ObjectDefinition, _ own: [String: DatabaseValue], created: Stamp, modified: Stamp, by user: String
  ) throws {
    var columns = own
    for field in object.fields where field.isStored && columns[field.name] == nil {
      columns[field.name] = try field.defaultValue.map { try FieldText.stored($0, in: field) } ?? .null
    }
    columns["CreatedDate"] = created.salesforce.databaseValue
    columns["CreatedById"] = user.databaseValue
    RowStore.touch(&columns, modified, user)
    RowEffects.derive(object, &columns, changed: nil)
    try RowTables.insert(db, object, columns)
  }
}

extension DatabaseValue {
  /// The value as SQL writes it.
  fileprivate var sqlLiteral: String {
    switch storage {
    case .null, .blob: "NULL"
    case .int64(let number): String(number)
    case .double(let number): String(number)
    case .string(let text): "'" + text.replacing("'", with: "''") + "'"
    }
  }
}
