/// Writes opportunities as Data Loader and the Bulk API do: API names as headers, all values quoted, line feeds.
struct OpportunityText {
  private(set) var bytes: [UInt8] = []

  private static let columns = [
    "Id", "Name", "StageName", "IsClosed", "IsWon", "Amount", "CurrencyIsoCode", "CloseDate", "Description",
    "LastModifiedDate", "AccountId", "Account.Name", "Account.BillingStreet", "Account.BillingCity",
    "Account.BillingState", "Account.BillingPostalCode", "Account.BillingCountry", "Owner.FirstName",
    "Owner.LastName", "Owner.Email", "Owner.Phone", "Sync_With_Partner_Center__c", "Referral_Identifier__c",
    "Referral_Link__c", "How_can_Microsoft_help__c", "Referral_visible_to_Microsoft_sellers__c",
    "Microsoft_CRM_Identifier__c", "Co_sell_Type__c", "Customer_purchase_intent__c", "Partner_Role__c",
    "Solution_Area__c", "Solution_Play__c", "Solution_Count__c", "Audit__c",
  ]

  /// Empties the buffer but keeps its memory.
  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  mutating func appendHeader() { append(OpportunityText.columns) }

  mutating func append(_ deal: Deal) {
    let seller = Seller.all[deal.seller]
    let stage = Stage.named(deal.stage)
    append([
      deal.opportunityId, deal.name, deal.stage, String(stage.isClosed), String(stage.isWon),
      OpportunityText.amount(deal.value), deal.currency, deal.closing.day, deal.notes ?? "",
      "\(deal.updatedOpportunity.day)T\(deal.updatedOpportunity.time).000Z", deal.accountId, deal.customer,
      deal.street, deal.place.city, deal.place.state ?? "", deal.postalCode, deal.country ?? "", seller.firstName,
      seller.lastName, seller.email, seller.phone, "true", deal.referralReference ?? "",
      deal.referralReference == nil ? "" : deal.link, deal.helpLabel ?? "", String(deal.isVisible), "", "IP Co-sell",
      "", "", "", "", "\(deal.solutions.count).0", "",
    ])
  }

  /// Salesforce writes whole amounts with a decimal.
  private static func amount(_ value: String?) -> String {
    guard let value else { return "" }
    return value.utf8.contains(UInt8(ascii: ".")) ? value : value + ".0"
  }

  private mutating func append(_ values: [String]) {
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(UInt8(ascii: "\""))
      if value.utf8.contains(UInt8(ascii: "\"")) {
        bytes.append(contentsOf: value.replacing("\"", with: "\"\"").utf8)
      } else {
        bytes.append(contentsOf: value.utf8)
      }
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: "\n"))
  }
}
