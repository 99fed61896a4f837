extension OrgObjects {
  /// Leads, notes and products.
  static let sales: [ObjectDefinition] = [
    lead, note, contentNote, contentDocument, contentDocumentLink, lineItem, product, priceBook, priceBookEntry,
  ]

  private static let lead = ObjectDefinition(
    "Lead", "Lead", "Leads", "00Q",
    [
      .text("LastName", "Last Name", 80).required(), .text("FirstName", "First Name", 40),
      .text("Name", "Full Name", 121).required().readOnly().named(), .text("Title", "Title", 128),
      .text("Company", "Company", 255).required(),
    ] + address("", "") + [
      .text("Phone", "Phone", 40, .phone), .text("MobilePhone", "Mobile Phone", 40, .phone),
      .text("Email", "Email", 80, .email).idLookup(), .text("Website", "Website", 255, .url),
      .text("Description", "Description", 32000, .textarea),
      .list("LeadSource", "Lead Source", ["Web", "Partner"], restricted: false),
      .list(
        "Status", "Status", ["Open - Not Contacted", "Working - Contacted", "Closed - Converted"], restricted: false
      ).required().defaulting("Open - Not Contacted"),
      .checkbox("IsConverted", "Converted").readOnly(),
      .parent("ConvertedOpportunityId", "Converted Opportunity ID", "Opportunity", "ConvertedOpportunity").readOnly(),
      currency, owner,
      .text("Referral_Identifier__c", "Referral Identifier", 100).externalId(),
      .text("Referral_Link__c", "Referral Link", 255, .url),
      .text("Referral_Program__c", "Referral Program", 200),
      .checkbox("Sync_With_Partner_Center__c", "Sync With Partner Center"),
      .text("Audit__c", "Audit", 100000, .textarea),
    ])

  private static let note = ObjectDefinition(
    "Note", "Note", "Notes", "002",
    [
      .anyParent("ParentId", "Parent ID", ["Account", "Contact", "Lead", "Opportunity"], children: "Notes").required()
        .createOnly().cascading(),
      .text("Title", "Title", 80).required().named(), .checkbox("IsPrivate", "Private"),
      .text("Body", "Body", 32000, .textarea), owner,
    ])

  private static let contentNote = ObjectDefinition(
    "ContentNote", "Note", "Notes", "069",
    [
      .text("Title", "Title", 255).required().named(), .text("FileType", "File Type", 20).readOnly(),
      .text("FileExtension", "File Extension", 40).readOnly(),
      .text("TextPreview", "Text Preview", 255).readOnly(),
      .plain("Content", "Content", .base64), .number("ContentSize", "Content Size", .int, 9, 0).readOnly(), owner,
    ])

  private static let contentDocument = ObjectDefinition(
    "ContentDocument", "Content Document", "Content Documents", "069",
    [.text("Title", "Title", 255).required().named(), .text("FileType", "File Type", 20), owner]
  ).readOnly()

  private static let contentDocumentLink = ObjectDefinition(
    "ContentDocumentLink", "Content Document Link", "Content Document Link", "06A",
    [
      .anyParent(
        "LinkedEntityId", "Linked Entity ID",
        ["Account", "Contact", "Lead", "Opportunity", "User"], children: "ContentDocumentLinks"
      ).required().createOnly().cascading(),
      .parent(
        "ContentDocumentId", "ContentDocument ID", "ContentDocument", "ContentDocument",
        children: "ContentDocumentLinks"
      ).required().createOnly().cascading(),
      .list("ShareType", "Share Type", ["V", "C", "I"]).required().defaulting("V"),
      .list("Visibility", "Visibility", ["AllUsers", "InternalUsers", "SharedUsers"]).required()
        .defaulting("AllUsers"),
    ])

  private static let lineItem = ObjectDefinition(
    "OpportunityLineItem", "Opportunity Product", "Opportunity Product", "00k",
    [
      .parent("OpportunityId", "Opportunity ID", "Opportunity", "Opportunity", children: "OpportunityLineItems")
        .required().createOnly().cascading(),
      .parent("PricebookEntryId", "Price Book Entry ID", "PricebookEntry", "PricebookEntry").required().createOnly(),
      .parent("Product2Id", "Product ID", "Product2", "Product2").readOnly(),
      .text("Name", "Opportunity Product Name", 376).readOnly().named(),
      .number("Quantity", "Quantity", .double, 12, 2).required(),
      .number("UnitPrice", "Sales Price", .currency, 18, 2),
      .number("TotalPrice", "Total Price", .currency, 18, 2).readOnly(),
      .text("Description", "Line Description", 255), .plain("ServiceDate", "Date", .date), currency,
    ])

  private static let product = ObjectDefinition(
    "Product2", "Product", "Products", "01t",
    [
      .text("Name", "Product Name", 255).required().named(), .text("ProductCode", "Product Code", 255),
      .checkbox("IsActive", "Active"), .text("Description", "Product Description", 4000, .textarea), currency,
    ])

  private static let priceBook = ObjectDefinition(
    "Pricebook2", "Price Book", "Price Books", "01s",
    [
      .text("Name", "Price Book Name", 255).required().named(), .checkbox("IsActive", "Active"),
      .checkbox("IsStandard", "Is Standard Price Book").readOnly(),
    ])

  private static let priceBookEntry = ObjectDefinition(
    "PricebookEntry", "Price Book Entry", "Price Book Entries", "01u",
    [
      .parent("Pricebook2Id", "Price Book ID", "Pricebook2", "Pricebook2").required().createOnly(),
      .parent("Product2Id", "Product ID", "Product2", "Product2", children: "PricebookEntries").required()
        .createOnly(),
      .text("Name", "Product Name", 255).readOnly().named(),
      .number("UnitPrice", "List Price", .currency, 18, 2).required(), .checkbox("IsActive", "Active"), currency,
    ])
}
