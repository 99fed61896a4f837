/// The fields that Microsoft's package adds to Opportunity, under the names read off real orgs.
enum OpportunityPackageFields {
  /// R81: the org's wording of the six kinds of help; there is no value for "no help".
  static let help = [
    "Workload Specific Value Proposition", "Customer Technical Architecture", "Proof Of Concept or Demo",
    "Quotes or Licensing", "Post Sales Customer Success", "General or Other",
  ]

  /// The wording of the same list in orgs that made the field by hand in 2020.
  static let oldHelp = [
    "Workload specific value proposition", "Customer technical architecture", "Proof of concept or demo",
    "Quotes or licensing", "Post sales customer success", "General or other",
  ]

  static let all: [FieldDefinition] = [
    .checkbox("Sync_With_Partner_Center__c", "Sync With Partner Center"),
    .text("Referral_Identifier__c", "Referral Identifier", 100).externalId(),
    .text("Referral_Link__c", "Referral Link", 255, .url),
    .list("How_can_Microsoft_help__c", "How can Microsoft help?", help),
    .checkbox("Referral_visible_to_Microsoft_sellers__c", "Referral visible to Microsoft sellers?"),
    .text("Microsoft_CRM_Identifier__c", "Microsoft CRM Identifier", 100),
    .list("Co_sell_Type__c", "Co-sell Type", ["IP Co-sell", "Services Co-sell"]).defaulting("IP Co-sell"),
    .list("Customer_purchase_intent__c", "Customer purchase intent", ["Yes", "No", "HaveNotDecided"]),
    .parent(
      "Partner_Role__c", "Partner Role", "Partner_Role__c", "Partner_Role__r",
      children: "Partner_Role_To_Opportunities"),
    .parent(
      "Solution_Area__c", "Solution Area", "Solution_Area__c", "Solution_Area__r",
      children: "Solution_Area_To_Opportunities"),
    .parent(
      "Solution_Play__c", "Solution Play", "Solution_Play__c", "Solution_Play__r",
      children: "Solution_Play_To_Opportunities"),
    .number("Solution_Count__c", "Solution Count", .double, 18, 0),
    .text("Audit__c", "Audit", 100000, .textarea),
  ]
}
