import GRDB

/// Fills a new world: users, catalogue, stages, and the deals of a seed.
struct Population {
  let db: Database
  let options: SandboxOptions

  /// How many deals are on both sides: seven eighths of the referrals and seven ninths of the opportunities at most,
  /// so that of all deals about seventy per cent are linked, ten are only referrals, twenty only opportunities.
  var linked: Int { min(options.referrals * 7 / 8, options.opportunities * 7 / 9) }

  func fill() throws {
    try addOrg()
    try addSetup()
    try addProducts()
    try OpportunityRows(db: db).begin()
    for number in 0..<linked { try add(number, DealKind.linked(number)) }
    let referrals = options.referrals - linked
    for index in 0..<referrals { try add(linked + index, DealKind.onlyPartnerCenter(index)) }
    for index in 0..<(options.opportunities - linked) {
      try add(linked + referrals + index, DealKind.onlySalesforce(index))
    }
    try OpportunityRows(db: db).finish()
    let total = linked + referrals + options.opportunities - linked
    let counters = [
      "Account": total, "Contact": total, "Opportunity": total, "OpportunityContactRole": total,
      "Microsoft_Solutions__c": total * 2, "Microsoft_Solution_Detail__c": Solution.all.count,
      "User": Seller.all.count + 1, "Product2": Solution.all.count, "PricebookEntry": Solution.all.count,
      "Pricebook2": 1,
    ]
    for (name, value) in counters.sorted(by: { $0.key < $1.key }) {
      try db.execute(sql: "INSERT INTO counter(name, value) VALUES (?, ?)", arguments: ["row " + name, value])
    }
    try db.execute(sql: "INSERT INTO counter(name, value) VALUES ('solution line', ?)", arguments: [total * 2])
  }

  private func add(_ number: Int, _ kind: DealKind) throws {
    let pair = Deal.pair(Deal.make(seed: options.seed, number: number), kind)
    if let deal = pair.opportunity { try OpportunityRows(db: db).add(deal) }
    guard let deal = pair.referral else { return }
    var text = ReferralText()
    text.append(deal)
    try addReferral(deal.referralId, deal.engagementId, Identity.organization, text.bytes)
    if deal.hasConnectedRecord { try addConnected(deal) }
  }

  private func addReferral(_ id: String, _ engagement: String, _ organization: String, _ bytes: [UInt8]) throws {
    let statement = try db.cachedStatement(
      sql: "INSERT INTO referral(id, engagement, organization, body) VALUES (?, ?, ?, ?)")
    try statement.execute(arguments: [id, engagement, organization, String(decoding: bytes, as: UTF8.self)])
  }

  /// Microsoft's record in the engagement of a shared deal, which SQLite makes of the own one.
  private func addConnected(_ deal: Deal) throws {
    let id = GUID.make(seed: options.seed ^ 0x3153, stream: UInt64(deal.number))
    let isOpen = deal.status != "Closed" && !deal.isIncoming && deal.number % 3 == 0
    let expiry = isOpen ? Stamp.start.adding(days: 5 + deal.number % 9).zulu : nil
    let isClosed = deal.status == "Closed"
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO referral(id, engagement, organization, body)
        SELECT ?1, engagement, ?2, json_set(body, '$.id', ?1, '$.organizationId', ?2, '$.organizationName', 'Microsoft',
          '$.externalReferenceId', NULL, '$.direction', ?3, '$.status', ?4, '$.substatus', ?5, '$.expirationDateTime',
          ?6, '$.target', json('[{"type":"BusinessProfileLocation","id":"msft"}]'), '$.eTag', ?7, '$.links', json(?8))
        FROM referral WHERE id = ?9
        """)
    try statement.execute(arguments: [
      id, Identity.microsoft, deal.isIncoming ? "Outgoing" : "Incoming",
      isOpen ? "New" : isClosed ? "Closed" : "Active",
      isOpen ? "Pending" : isClosed ? deal.substatus : "Accepted", expiry,
      "\"\(id.prefix(8))-0000-0800-0000-\(id.suffix(12))\"",
      ReferralShape.links(id: id, engagement: deal.engagementId).text, deal.referralId,
    ])
  }

  private func addOrg() throws {
    try row("Organization", SalesforceID.organization, ["Name": "Fabrikam", "OrganizationType": "Developer Edition"])
    let rows = Seller.all.enumerated().map { (Seller.id($0), $1.firstName, $1.lastName, $1.email, $1.phone) }
    let robot = (SalesforceID.integrationUser, "Integration", "User", Identity.salesforceUser, "+1 206 555 0100")
    for (id, first, last, mail, phone) in [robot] + rows {
      try row("User", id, ["FirstName": first, "LastName": last, "Email": mail, "Username": mail, "Phone": phone])
    }
    for (index, code) in OrgSchema.currencies.enumerated() {
      try row(
        "CurrencyType", SalesforceID.make(prefix: "01L", number: index + 1),
        [
          "IsoCode": code, "ConversionRate": "1.0", "DecimalPlaces": code == "JPY" ? "0" : "2",
          "IsCorporate": code == "USD" ? "1" : "0",
        ])
    }
  }

  private func addSetup() throws {
    for (index, stage) in Stage.all.enumerated() {
      try row(
        "OpportunityStage", SalesforceID.make(prefix: "01J", number: index + 1),
        [
          "MasterLabel": stage.name, "ApiName": stage.name, "SortOrder": "\(index + 1)",
          "IsClosed": stage.isClosed ? "1" : "0", "IsWon": stage.isWon ? "1" : "0",
          "ForecastCategory": stage.category, "ForecastCategoryName": stage.categoryName,
          "DefaultProbability": "\(stage.probability).0",
        ])
    }
    for (index, solution) in Solution.all.enumerated() {
      try row(
        "Microsoft_Solution_Detail__c", Solution.id(index),
        [
          "Name": solution.name, "Solution_Identifier__c": solution.identifier, "Type__c": solution.type,
          "Publisher_Name__c": solution.publisher,
        ])
    }
  }

  /// A standard price book that sells the catalogue.
  private func addProducts() throws {
    let book = SalesforceID.make(prefix: "01s", number: 1)
    try row("Pricebook2", book, ["Name": "Standard Price Book", "IsActive": "1", "IsStandard": "1"])
    for (index, solution) in Solution.all.enumerated() {
      let product = SalesforceID.make(prefix: "01t", number: index + 1)
      try row("Product2", product, ["Name": solution.name, "ProductCode": solution.identifier, "IsActive": "1"])
      try row(
        "PricebookEntry", SalesforceID.make(prefix: "01u", number: index + 1),
        [
          "Pricebook2Id": book, "Product2Id": product, "Name": solution.name, "UnitPrice": "\(100 * (index + 1)).0",
          "IsActive": "1",
        ])
    }
  }

  private func row(_ name: String, _ id: String, _ texts: [String: String]) throws {
    guard let object = OrgSchema.object(name) else { return }
    var columns = ["Id": id.databaseValue]
    for (field, text) in texts {
      columns[field] = object[field]?.type == .boolean ? (text == "1" ? 1 : 0).databaseValue : text.databaseValue
    }
    let moment = Stamp.start.adding(days: -400)
    try OpportunityRows(db: db).add(
      object, columns, created: moment, modified: moment, by: SalesforceID.integrationUser)
  }
}
