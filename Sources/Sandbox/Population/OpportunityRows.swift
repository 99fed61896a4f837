import GRDB

/// Writes the rows of a deal into the org, as they stand and without the effects of a user's write.
struct OpportunityRows {
  let db: Database

  func add(_ deal: Deal) throws {
    try add("Account", account(deal), deal)
    if deal.hasContact { try add("Contact", contact(deal), deal) }
    try add("Opportunity", opportunity(deal), deal)
    if deal.hasContact { try add("OpportunityContactRole", role(deal), deal) }
    for (index, solution) in deal.solutions.enumerated() {
      try add("Microsoft_Solutions__c", line(deal, solution, index), deal)
    }
  }

  private func account(_ deal: Deal) -> [String: DatabaseValue] {
    [
      "Id": deal.accountId.databaseValue, "Name": deal.customer.databaseValue,
      "BillingStreet": deal.street.databaseValue, "BillingCity": deal.place.city.databaseValue,
      "BillingState": deal.place.state.databaseValue, "BillingPostalCode": deal.postalCode.databaseValue,
      "BillingCountry": deal.country.databaseValue, "CurrencyIsoCode": deal.currency.databaseValue,
      "OwnerId": Seller.id(deal.seller).databaseValue,
    ]
  }

  private func contact(_ deal: Deal) -> [String: DatabaseValue] {
    [
      "Id": deal.contactId.databaseValue, "AccountId": deal.accountId.databaseValue,
      "FirstName": deal.givenName.databaseValue, "LastName": deal.familyName.databaseValue,
      "Email": deal.contactMail.databaseValue, "Phone": deal.contactPhone.databaseValue,
      "CurrencyIsoCode": deal.currency.databaseValue, "OwnerId": Seller.id(deal.seller).databaseValue,
    ]
  }

  private func opportunity(_ deal: Deal) -> [String: DatabaseValue] {
    [
      "Id": deal.opportunityId.databaseValue, "AccountId": deal.accountId.databaseValue,
      "Name": deal.name.databaseValue, "Description": deal.notes.databaseValue,
      "StageName": deal.stage.databaseValue,
      "Amount": deal.value.flatMap { FieldText.decimal($0, scale: 2, type: .currency) }.databaseValue,
      "CloseDate": deal.closing.day.databaseValue, "CurrencyIsoCode": deal.currency.databaseValue,
      "OwnerId": Seller.id(deal.seller).databaseValue, "Probability": .null,
      "Sync_With_Partner_Center__c": (deal.isTicked ? 1 : 0).databaseValue,
      "Referral_Identifier__c": deal.referralReference.databaseValue,
      "Referral_Link__c": (deal.referralReference == nil ? nil : deal.link).databaseValue,
      "How_can_Microsoft_help__c": deal.helpLabel.databaseValue,
      "Referral_visible_to_Microsoft_sellers__c": (deal.isVisible && deal.isTicked ? 1 : 0).databaseValue,
      "Co_sell_Type__c": "IP Co-sell".databaseValue, "Solution_Count__c": "\(deal.solutions.count).0".databaseValue,
    ]
  }

  private func role(_ deal: Deal) -> [String: DatabaseValue] {
    [
      "Id": SalesforceID.make(prefix: "00K", number: deal.number + 1).databaseValue,
      "OpportunityId": deal.opportunityId.databaseValue, "ContactId": deal.contactId.databaseValue,
      "Role": "Decision Maker".databaseValue, "IsPrimary": 1.databaseValue,
      "CurrencyIsoCode": deal.currency.databaseValue,
    ]
  }

  private func line(_ deal: Deal, _ solution: Int, _ index: Int) -> [String: DatabaseValue] {
    let number = deal.number * 2 + index + 1
    return [
      "Id": SalesforceID.make(prefix: "a0B", number: number).databaseValue, "Name": "110226-\(number)".databaseValue,
      "Opportunity__c": deal.opportunityId.databaseValue, "Solution__c": Solution.id(solution).databaseValue,
      "CurrencyIsoCode": deal.currency.databaseValue,
    ]
  }

  /// Adds one row with its stamps and the fields that follow from others.
  private func add(_ name: String, _ own: [String: DatabaseValue], _ deal: Deal) throws {
    guard let object = OrgSchema.object(name) else { return }
    try add(object, own, created: deal.created, modified: deal.updatedOpportunity, by: Seller.id(deal.seller))
  }

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
