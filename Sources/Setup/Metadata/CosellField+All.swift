extension CosellField {
  /// Every field of the package, by object and in the order of its documentation.
  package static let all: [CosellField] = opportunity + lead + lines + catalogue + lists

  private static let opportunity: [CosellField] = [
    CosellField("Opportunity", "Sync_With_Partner_Center__c", "Sync With Partner Center", .checkbox),
    CosellField("Opportunity", "Referral_Identifier__c", "Referral Identifier", .text(length: 100)).externalID,
    CosellField("Opportunity", "Referral_Link__c", "Referral Link", .url),
    CosellField(
      "Opportunity", "How_can_Microsoft_help__c", "How can Microsoft help?",
      .list([
        "Workload Specific Value Proposition", "Customer Technical Architecture", "Proof Of Concept or Demo",
        "Quotes or Licensing", "Post Sales Customer Success", "General or Other",
      ])),
    CosellField(
      "Opportunity", "Referral_visible_to_Microsoft_sellers__c", "Referral visible to Microsoft sellers?", .checkbox),
    CosellField("Opportunity", "Microsoft_CRM_Identifier__c", "Microsoft CRM Identifier", .text(length: 100)),
    CosellField("Opportunity", "Co_sell_Type__c", "Co-sell Type", .picklist(coSellTypes, controlledBy: nil))
      .help("Cannot be changed once saved."),
    CosellField(
      "Opportunity", "Customer_purchase_intent__c", "Customer purchase intent",
      .picklist(
        [CosellChoice("Yes"), CosellChoice("No"), CosellChoice("HaveNotDecided", label: "Have not decided")],
        controlledBy: "Co_sell_Type__c")),
    CosellField("Opportunity", "Partner_Role__c", "Partner Role", .lookup(role)),
    CosellField("Opportunity", "Solution_Area__c", "Solution Area", .lookup(area)),
    CosellField("Opportunity", "Solution_Play__c", "Solution Play", .lookup(play)),
    CosellField("Opportunity", "Solution_Count__c", "Solution Count", .number(digits: 18, decimals: 0, initial: 0)),
    CosellField("Opportunity", "Audit__c", "Audit", .longText(length: 100_000)),
  ]

  /// The values of the co-sell type, which the purchase intent depends on.
  static let coSellTypes = [CosellChoice("IP Co-sell", isDefault: true), CosellChoice("Services Co-sell")]

  private static let role = CosellReference(
    to: "Partner_Role__c", children: "Partner_Role_To_Opportunities", listLabel: "Opportunities",
    filter: CosellFilter(
      conditions: [
        .init(field: "Partner_Role__c.Active__c", value: "True"),
        .init(field: "$Source.Co_sell_Type__c", value: "Services Co-sell"),
      ], message: "Partner Role can be added for Services Co-sell only."))

  private static let area = CosellReference(
    to: "Solution_Area__c", children: "Solution_Area_To_Opportunities", listLabel: "Opportunities",
    filter: CosellFilter(conditions: [.init(field: "Solution_Area__c.Active__c", value: "True")]))

  private static let play = CosellReference(
    to: "Solution_Play__c", children: "Solution_Play_To_Opportunities", listLabel: "Opportunities",
    filter: CosellFilter(conditions: [
      .init(field: "Solution_Play__c.Active__c", value: "True"),
      .init(field: "Solution_Play__c.Solution_Area__c", other: "$Source.Solution_Area__c"),
    ]))

  /// A referral of the lead kind may be a lead.
  private static let lead: [CosellField] = [
    CosellField("Lead", "Referral_Identifier__c", "Referral Identifier", .text(length: 100)).externalID,
    CosellField("Lead", "Referral_Link__c", "Referral Link", .url),
    CosellField("Lead", "Referral_Program__c", "Referral Program", .text(length: 200)),
    CosellField("Lead", "Sync_With_Partner_Center__c", "Sync With Partner Center", .checkbox),
    CosellField("Lead", "Audit__c", "Audit", .longText(length: 100_000)),
  ]

  private static let lines: [CosellField] = [
    CosellField(
      "Microsoft_Solutions__c", "Opportunity__c", "Opportunity",
      .masterDetail(
        CosellReference(
          to: "Opportunity", children: "Opportunity_To_Microsoft_Solutions", listLabel: "Microsoft Solutions"))),
    CosellField(
      "Microsoft_Solutions__c", "Solution__c", "Solution",
      .lookup(
        CosellReference(
          to: "Microsoft_Solution_Detail__c", children: "Microsoft_Solutions_To_Details",
          listLabel: "Microsoft Solutions", restrictsDeletion: true))
    ).required,
    CosellField("Microsoft_Solutions__c", "Price__c", "Price", .currency(digits: 12, decimals: 2)),
    CosellField("Microsoft_Solutions__c", "Quantity__c", "Quantity", .number(digits: 10, decimals: 0, initial: nil)),
  ]

  private static let catalogue: [CosellField] = [
    CosellField(
      "Microsoft_Solution_Detail__c", "Solution_Identifier__c", "Solution Identifier", .text(length: 100)
    ).required,
    CosellField("Microsoft_Solution_Detail__c", "Type__c", "Type", .list(["1P", "3P"])),
    CosellField("Microsoft_Solution_Detail__c", "Publisher_Name__c", "Publisher Name", .text(length: 255)),
  ]

  private static let lists: [CosellField] = [
    CosellField("Partner_Role__c", "Active__c", "Active", .checkbox),
    CosellField("Solution_Area__c", "Active__c", "Active", .checkbox),
    CosellField("Solution_Play__c", "Active__c", "Active", .checkbox),
    CosellField(
      "Solution_Play__c", "Solution_Area__c", "Solution Area",
      .lookup(CosellReference(to: "Solution_Area__c", children: "Solution_Plays", listLabel: "Solution Plays"))),
  ]
}
