import Foundation
import Model
import Testing
import Transform

@Suite("Mapping")
struct MappingTests {
  private func mapping(_ files: [String: String] = [:]) throws -> Mapping { try load(files).get() }

  @Test("without a folder, or with an empty one, the starters apply")
  func starters() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mapping-\(UUID().uuidString)")
    let missing = try MappingFiles.load(folder: folder).get()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let empty = try MappingFiles.load(folder: folder).get()
    let none = try MappingFiles.load(folder: nil).get()
    let shipped = try MappingFiles.load(folder: mappingsFolder).get()
    #expect(missing == none && empty == none && shipped == none)
    #expect(none.fields.count == 21)
  }

  @Test("a file of the folder takes the place of its starter")
  func overriding() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mapping-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("values"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try "object,field,value\nLead,LeadSource,Partner\n".write(
      to: folder.appendingPathComponent("defaults.csv"), atomically: true, encoding: .utf8)
    try "partner_center,salesforce\nGeneralOrOther,Help!\n".write(
      to: folder.appendingPathComponent("values/help-types.csv"), atomically: true, encoding: .utf8)
    let mapping = try MappingFiles.load(folder: folder).get()
    #expect(mapping.defaults(for: .lead).map(\.value) == ["Partner"])
    #expect(try mapping.field(.microsoftHelp).transform.read("help!", from: .salesforce).text == "GeneralOrOther")
  }

  @Test("every reserved field is found by its label", arguments: ReservedField.allCases)
  func reserved(field: ReservedField) throws {
    #expect(try mapping().field(field).label == field.rawValue)
  }

  @Test(
    "the starter rows name the fields of the package and the directions of each",
    arguments: [
      "Deal name|name|Opportunity.Name|always|always|hold|refuse",
      "Deal value|details.dealValue|Opportunity.Amount|always|always|hold|refuse",
      "Deal value currency code|details.currency|Opportunity.CurrencyIsoCode|always|always|hold|refuse",
      "Closing date|details.closingDateTime|Opportunity.CloseDate|always|always|hold|refuse",
      "Notes|details.notes|Opportunity.Description|always|always|hold|keep",
      "Customer name|customerProfile.name|Account.Name|create|create|hold|refuse",
      "Customer account country code|customerProfile.address.country|Account.BillingCountry|create|create|hold|refuse",
      "Microsoft help|inviteContext.assistanceRequestCode|Opportunity.How_can_Microsoft_help__c|create|raise|hold|keep",
      "Referral visibility|consent.consentToShareReferralWithMicrosoftSellers|"
        + "Opportunity.Referral_visible_to_Microsoft_sellers__c|always|raise|hold|keep",
      "Referral identifier|id|Opportunity.Referral_Identifier__c|always|never|partner_center|keep",
      "CRM identifier|externalReferenceId|Opportunity.Id|never|always|salesforce|keep",
      "Loss reason|statusReason||never|always|salesforce|keep",
    ])
  func starterRows(row: String) throws {
    let rows = try mapping().fields.map { rule in
      [
        rule.label, rule.referralPath.description, rule.salesforceField?.description ?? "", rule.toSalesforce.rawValue,
        rule.toPartnerCenter.rawValue, rule.onConflict.rawValue, rule.onEmpty.rawValue,
      ].joined(separator: "|")
    }
    #expect(rows.contains(row))
  }

  @Test("a column of an opportunity's record has no object in front, that of another object has (R88)")
  func columns() {
    #expect(SalesforceField(.opportunity, "Amount").column == "Amount")
    #expect(SalesforceField(.account, "BillingCountry").column == "Account.BillingCountry")
  }

  @Test("R83, R84, R87, R89: fields can be re-pointed by API name alone")
  func repointed() throws {
    let text = starter("fields.csv")
      .replacingOccurrences(of: "Opportunity.Amount", with: "Opportunity.Expected_Revenue__c")
      .replacingOccurrences(of: "Account.BillingCountry,", with: "Account.BillingCountryCode,")
      .replacingOccurrences(of: "Opportunity.CurrencyIsoCode", with: "")
    let mapping = try mapping(["fields.csv": text])
    #expect(mapping.field(.dealValue).salesforceField?.column == "Expected_Revenue__c")
    #expect(mapping.field(.customerCountry).salesforceField?.column == "Account.BillingCountryCode")
    #expect(mapping.field(.currency).salesforceField == nil)
    #expect(!mapping.field(.currency).isPaired && mapping.field(.dealValue).isPaired)
  }

  @Test("R48: defaults of an object, in the order of the file")
  func defaults() throws {
    let lines = "Opportunity,LeadSource,Partner\naccount,Industry__c,\"IT, Services\"\nOpportunity,Type,New\n"
    let mapping = try mapping(starter("defaults.csv", adding: lines))
    #expect(mapping.defaults(for: .opportunity).map(\.field) == ["LeadSource", "Type"])
    #expect(mapping.defaults(for: .account).map(\.value) == ["IT, Services"])
    #expect(mapping.defaults(for: .contact).isEmpty)
  }

  @Test("R98: the rule for an emptied value is the row's; keep where the cell is empty")
  func onEmpty() throws {
    let line =
      "Campaign,campaignId,Opportunity.CampaignId,always,always,text,,clear,\n"
      + "Own place,mpnId,Opportunity.Sales_place__c,never,create,,,,\n"
    let mapping = try mapping(starter("fields.csv", adding: line))
    let rules = mapping.fields.suffix(2)
    #expect(rules.map(\.onEmpty) == [.clear, .keep])
    #expect(rules.map(\.onConflict) == [.hold, .hold])
    #expect(rules.map(\.transform) == [.text, .text])
  }
}

@Suite("Mapping digest")
struct MappingDigestTests {
  private func digest(_ files: [String: String] = [:]) throws -> String { try load(files).get().digest }

  @Test("is SHA-256 in hexadecimal")
  func form() throws {
    #expect(try digest().wholeMatch(of: /[0-9a-f]{64}/) != nil)
  }

  @Test("does not depend on comments, notes, blank lines, order of rows and columns, or spelling of words")
  func independent() throws {
    let fields = starter("fields.csv")
    let lines = fields.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    let shuffled = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\r\n\r\n")
    let swapped = "VALUE,object,Field\nPartner,opportunity,LeadSource\n"
    let straight = "object,field,value\nOpportunity,LeadSource,Partner\n"
    #expect(try digest(["fields.csv": "# another comment\n" + shuffled]) == digest())
    #expect(try digest(["fields.csv": fields.replacingOccurrences(of: "decimal", with: "DECIMAL")]) == digest())
    #expect(try digest(["fields.csv": fields.replacingOccurrences(of: "Newest entry first", with: "x")]) == digest())
    #expect(try digest(["defaults.csv": swapped]) == digest(["defaults.csv": straight]))
  }

  @Test(
    "moves with everything that takes effect",
    arguments: [
      ("settings.csv", "Co-sell Active,,", "Co-sell Active,Working,"),
      ("settings.csv", "UTC,,", "UTC,Europe/Berlin,"),
      ("fields.csv", "Opportunity.Amount", "Opportunity.Amount__c"),
      ("fields.csv", "always,always,date,hold", "always,always,date,newest"),
      ("fields.csv", "always,always,text,hold,keep", "always,always,text,hold,clear"),
      ("fields.csv", "Opportunity.Description,always", "Opportunity.Description,never"),
      ("stages.csv", "Closed,Expired,@Closed lost stage name,always", "Closed,Expired,@Closed lost stage name,never"),
      ("defaults.csv", "object,field,value\n", "object,field,value\nLead,LeadSource,Partner\n"),
      ("values/help-types.csv", "Quotes or Licensing", "Quotes"),
      ("values/countries.csv", "AD,Andorra", "AD,Andorra la Bella"),
    ])
  func dependent(path: String, old: String, new: String) throws {
    #expect(try digest(starter(path, replacing: old, with: new)) != digest())
  }
}
