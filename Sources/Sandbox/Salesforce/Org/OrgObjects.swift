/// All objects that an org of the sandbox can have, with all their fields: what the tables hold.
enum OrgObjects {
  static let all: [ObjectDefinition] = standard + sales + package

  static let currencies = ["USD", "EUR", "GBP", "JPY", "PLN", "CHF", "SEK", "CAD", "AUD", "BRL"]

  static var currency: FieldDefinition {
    .list("CurrencyIsoCode", "Currency ISO Code", currencies).required().defaulting("USD")
  }

  static var owner: FieldDefinition {
    .parent("OwnerId", "Owner ID", "User", "Owner").required().defaulting(.string(SalesforceID.integrationUser))
  }

  static let standard: [ObjectDefinition] = [
    opportunity,
    ObjectDefinition(
      "Account", "Account", "Accounts", "001",
      [
        .text("Name", "Account Name", 255).required().named(), .list("Type", "Account Type", [], restricted: false),
      ] + address("Billing", "Billing ") + [
        .text("Phone", "Account Phone", 40, .phone),
        .text("Website", "Website", 255, .url), .list("Industry", "Industry", [], restricted: false),
        .number("NumberOfEmployees", "Employees", .int, 8, 0),
        .number("AnnualRevenue", "Annual Revenue", .currency, 18, 0), .text("DunsNumber", "D-U-N-S Number", 9),
        .text("AccountNumber", "Account Number", 40), .text("Site", "Account Site", 80),
        .text("Description", "Account Description", 32000, .textarea),
        .multiList("Regions__c", "Regions", ["Americas", "EMEA", "Japan", "Asia Pacific"]), currency, owner,
      ]),
    ObjectDefinition(
      "Contact", "Contact", "Contacts", "003",
      [
        .parent("AccountId", "Account ID", "Account", "Account", children: "Contacts"),
        .text("LastName", "Last Name", 80).required(), .text("FirstName", "First Name", 40),
        .text("Name", "Full Name", 121).required().readOnly().named(),
        .text("Email", "Email", 80, .email).idLookup(), .text("Phone", "Business Phone", 40, .phone),
        .text("MobilePhone", "Mobile Phone", 40, .phone), .text("Title", "Title", 128),
        .text("Department", "Department", 80), currency, owner,
      ] + address("Mailing", "Mailing ")),
    ObjectDefinition(
      "User", "User", "Users", "005",
      [
        .text("Username", "Username", 80).required(), .text("LastName", "Last Name", 80).required(),
        .text("FirstName", "First Name", 40), .text("Name", "Full Name", 121).required().readOnly().named(),
        .text("Email", "Email", 128, .email).required(), .text("Phone", "Phone", 40, .phone),
        .text("Title", "Title", 80), .checkbox("IsActive", "Active", true),
      ]
    ).readOnly(),
    contactRole,
    teamMember,
    ObjectDefinition(
      "OpportunityStage", "Opportunity Stage", "Opportunity Stages", "01J",
      [
        .text("MasterLabel", "Master Label", 255).required().named(), .text("ApiName", "API Name", 255).required(),
        .checkbox("IsActive", "Is Active", true), .number("SortOrder", "Sort Order", .int, 9, 0),
        .checkbox("IsClosed", "Closed"), .checkbox("IsWon", "Won"),
        .list("ForecastCategory", "Forecast Category", Stage.categories),
        .list("ForecastCategoryName", "Forecast Category Name", Stage.categoryNames),
        .number("DefaultProbability", "Probability (%)", .percent, 3, 0), .text("Description", "Description", 255),
      ]
    ).readOnly(),
    ObjectDefinition(
      "CurrencyType", "Currency Type", "Currency Types", "01L",
      [
        .text("IsoCode", "Currency ISO Code", 3).required().named(),
        .number("ConversionRate", "Conversion Rate", .double, 18, 6),
        .number("DecimalPlaces", "Decimal Places", .int, 1, 0), .checkbox("IsActive", "Active", true),
        .checkbox("IsCorporate", "Is Corporate Currency"),
      ]
    ).readOnly(),
    ObjectDefinition(
      "Organization", "Organization", "Organizations", "00D",
      [
        .text("Name", "Name", 80).required().named(), .text("OrganizationType", "Edition", 40),
        .checkbox("IsSandbox", "Is Sandbox", true), .text("InstanceName", "Instance Name", 5),
      ]
    ).readOnly(),
  ]

  private static let contactRole = ObjectDefinition(
    "OpportunityContactRole", "Opportunity Contact Role", "Opportunity Contact Roles", "00K",
    [
      .parent("OpportunityId", "Opportunity ID", "Opportunity", "Opportunity", children: "OpportunityContactRoles")
        .required().createOnly().cascading(),
      .parent("ContactId", "Contact ID", "Contact", "Contact", children: "OpportunityContactRoles").required()
        .cascading(),
      .list(
        "Role", "Role",
        [
          "Business User", "Decision Maker", "Economic Buyer", "Economic Decision Maker", "Evaluator",
          "Executive Sponsor", "Influencer", "Technical Buyer", "Other",
        ], restricted: false),
      .checkbox("IsPrimary", "Primary"), currency,
    ])

  private static let teamMember = ObjectDefinition(
    "OpportunityTeamMember", "Opportunity Team Member", "Opportunity Team Members", "00q",
    [
      .parent("OpportunityId", "Opportunity ID", "Opportunity", "Opportunity", children: "OpportunityTeamMembers")
        .required().createOnly().cascading(),
      .parent("UserId", "User ID", "User", "User").required().createOnly(),
      .list("TeamMemberRole", "Team Role", ["Account Manager", "Sales Rep", "Sales Engineer"], restricted: false),
      .list("OpportunityAccessLevel", "Opportunity Access", ["Read", "Edit", "All"]).required().defaulting("Read"),
      currency,
    ])

  private static var opportunity: ObjectDefinition {
    ObjectDefinition(
      "Opportunity", "Opportunity", "Opportunities", "006",
      [
        .parent("AccountId", "Account ID", "Account", "Account", children: "Opportunities").cascading(),
        .text("Name", "Name", 120).required().named(), .text("Description", "Description", 32000, .textarea),
        .list("StageName", "Stage", Stage.all.map(\.name), restricted: false).required(),
        .number("Amount", "Amount", .currency, 18, 2), .number("Probability", "Probability (%)", .percent, 3, 0),
        .number("ExpectedRevenue", "Expected Amount", .currency, 18, 2).readOnly(),
        .plain("CloseDate", "Close Date", .date).required(),
        .list("Type", "Opportunity Type", ["Existing Business", "New Business"], restricted: false),
        .text("NextStep", "Next Step", 255), .list("LeadSource", "Lead Source", ["Web", "Partner"], restricted: false),
        .checkbox("IsClosed", "Closed").readOnly(), .checkbox("IsWon", "Won").readOnly(),
        .list("ForecastCategory", "Forecast Category", Stage.categories).required().readOnly(),
        .list("ForecastCategoryName", "Forecast Category", Stage.categoryNames), currency, owner,
        .parent("Pricebook2Id", "Price Book ID", "Pricebook2", "Pricebook2"),
        .checkbox("HasOpportunityLineItem", "Has Line Item").readOnly(),
        .parent("ContactId", "Contact ID", "Contact", "Contact").createOnly(),
      ] + OpportunityPackageFields.all)
  }

  static let package: [ObjectDefinition] = [
    ObjectDefinition(
      "Microsoft_Solutions__c", "Microsoft Solutions", "Microsoft Solutions", "a0B",
      [
        .text("Name", "Solution Line Item", 80).required().readOnly().named(),
        .parent(
          "Opportunity__c", "Opportunity", "Opportunity", "Opportunity__r",
          children: "Opportunity_To_Microsoft_Solutions__r"
        ).required().createOnly().cascading(),
        .parent(
          "Solution__c", "Solution", "Microsoft_Solution_Detail__c", "Solution__r",
          children: "Microsoft_Solutions_To_Details__r"
        ).required(),
        .number("Price__c", "Price", .currency, 12, 2), .number("Quantity__c", "Quantity", .double, 10, 0), currency,
      ]),
    ObjectDefinition(
      "Microsoft_Solution_Detail__c", "Microsoft Solution Detail", "Microsoft Solution Details", "a0A",
      [
        .text("Name", "Solution Name", 80).named(),
        .text("Solution_Identifier__c", "Solution Identifier", 100).required(),
        .list("Type__c", "Type", ["1P", "3P"]), .text("Publisher_Name__c", "Publisher Name", 255), currency, owner,
      ]),
    lookup("Solution_Area__c", "Solution Area", "a0C", []),
    lookup(
      "Solution_Play__c", "Solution Play", "a0D",
      [.parent("Solution_Area__c", "Solution Area", "Solution_Area__c", "Solution_Area__r")]),
    lookup("Partner_Role__c", "Partner Role", "a0E", []),
  ]

  private static func lookup(
    _ name: String, _ label: String, _ prefix: String, _ more: [FieldDefinition]
  ) -> ObjectDefinition {
    ObjectDefinition(
      name, label, label + "s", prefix,
      [.text("Name", label, 80).named(), .checkbox("Active__c", "Active"), currency, owner] + more)
  }
}

extension OrgObjects {
  /// The fields of an address and their compound.
  static func address(_ prefix: String, _ label: String) -> [FieldDefinition] {
    let names = ["Street", "City", "State", "PostalCode", "Country", "StateCode", "CountryCode"]
    let parts = names.map { (key: $0.prefix(1).lowercased() + $0.dropFirst(), field: prefix + $0) }
    var whole = FieldDefinition.plain(prefix + "Address", label + "Address", .address).readOnly()
    whole.parts = parts.sorted { $0.key < $1.key }
    return [
      .text(prefix + "Street", label + "Street", 255, .textarea), .text(prefix + "City", label + "City", 40),
      .text(prefix + "State", label + "State/Province", 80),
      .text(prefix + "PostalCode", label + "Zip/Postal Code", 20), .text(prefix + "Country", label + "Country", 80),
      .list(
        prefix + "StateCode", label + "State/Province Code", Set(Countries.states.values.flatMap(\.keys)).sorted()),
      .list(prefix + "CountryCode", label + "Country Code", Countries.names.keys.sorted()),
      whole,
    ]
  }

  /// Whether a field holds the code of a state or country, which orgs without picklists for them do not have.
  static func isAddressCode(_ name: String) -> Bool { name.hasSuffix("StateCode") || name.hasSuffix("CountryCode") }
}
