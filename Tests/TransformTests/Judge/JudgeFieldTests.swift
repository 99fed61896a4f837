import Model
import Testing
import Transform

/// One change of a deal in sync, and what the judge makes of it.
struct DealCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let finding: String
  let lines: [String]
  let change: @Sendable (inout Deal) -> Void

  init(_ name: String, _ finding: String, _ lines: [String] = [], _ change: @escaping @Sendable (inout Deal) -> Void) {
    testDescription = name
    self.finding = finding
    self.lines = lines
    self.change = change
  }

  var verdict: Verdict {
    var deal = Deal()
    change(&deal)
    return deal.judged()
  }

  /// Expects finding and rows, and a mark behind the rows.
  func check(_ location: SourceLocation = #_sourceLocation) {
    let verdict = verdict
    #expect(verdict.finding == finding, "\(verdict.reason)", sourceLocation: location)
    #expect(verdict.lines == lines, "\(verdict.reason)", sourceLocation: location)
    let isCommon = verdict.changes.contains { !$0.isFollowingMark && $0.action != .mark }
    #expect(verdict.isMarked == isCommon, "R102: a mark follows on rows", sourceLocation: location)
    #expect(verdict.isSettled == (verdict.changes.isEmpty && verdict.code != .waitingOnHold), sourceLocation: location)
  }
}

@Suite struct JudgeFieldTests {
  @Test("R82 R113: a pair in sync needs nothing and agrees on every field")
  func inSync() {
    let verdict = Deal().judged()
    #expect(verdict.finding == "in-sync N101")
    #expect(verdict.changes.isEmpty)
    #expect(verdict.agreed == Deal.agreed)
    #expect(verdict.isSettled)
    #expect(verdict.name == "Northwind rollout")
    #expect(verdict.category == "partner-led")
    #expect(verdict.status == "Active/Accepted")
    #expect(verdict.stage == "Co-sell Active")
    #expect(verdict.key == PairKey(referralID: Deal.referralID, opportunityID: Deal.opportunityID))
  }

  static let fieldByField: [DealCase] = [
    DealCase(
      "value up in Salesforce", "changes N103", ["update > Deal value R82 N103 normal: /details/dealValue = 120000.5"]
    ) { $0.opportunity["Amount"] = "120000.50" },
    DealCase(
      "value up in Partner Center", "changes N102", ["update < Deal value R82 N102 normal: Opportunity.Amount = 90000"]
    ) {
      $0.referral["details.dealValue"] = "9e4"
    },
    DealCase("both up alike", "in-sync N101") {
      $0.opportunity["Amount"] = "7.50"
      $0.referral["details.dealValue"] = "7.5"
    },
    DealCase(
      "name changed in Salesforce", "changes N103",
      ["update > Deal name R82 N103 normal: /name = \"Northwind \\\"two\\\"\""]
    ) { $0.opportunity["Name"] = "Northwind \"two\" ✔" },
    DealCase(
      "name changed in Partner Center", "changes N102",
      ["update < Deal name R82 N102 normal: Opportunity.Name = \"A & B\""]
    ) { $0.referral["name"] = "A &amp; B" },
    DealCase("R105: the mark alone is no change", "in-sync N101") { $0.opportunity["Name"] = "Northwind rollout" },
    DealCase(
      "currency", "changes N103", ["update > Deal value currency code R82 N103 normal: /details/currency = \"USD\""]
    ) { $0.opportunity["CurrencyIsoCode"] = "usd" },
    DealCase(
      "R97: day to moment", "changes N103",
      ["update > Closing date R82 N103 normal: /details/closingDateTime = \"2027-01-15T00:00:00Z\""]
    ) { $0.opportunity["CloseDate"] = "2027-01-15" },
    DealCase(
      "R97: moment to day", "changes N102",
      ["update < Closing date R82 N102 normal: Opportunity.CloseDate = \"2027-01-15\""]
    ) { $0.referral["details.closingDateTime"] = "2027-01-15T23:59:59.9999999Z" },
    DealCase("R97: another hour of the day is no change", "in-sync N101") {
      $0.referral["details.closingDateTime"] = "2026-12-31T22:15:00Z"
    },
    DealCase(
      "R97: in the zone of the setting the day is another", "changes N102",
      [
        "update < Closing date R82 N102 normal: Opportunity.CloseDate = \"2027-01-01\""
      ]
    ) {
      $0.settings[.closeDateZone] = "Europe/Berlin"
      $0.referral["details.closingDateTime"] = "2026-12-31T23:00:00Z"
    },
    DealCase(
      "R97: from the zone of the setting back to a moment", "changes N103",
      [
        "update > Closing date R82 N103 normal: /details/closingDateTime = \"2027-06-30T22:00:00Z\""
      ]
    ) {
      $0.settings[.closeDateZone] = "Europe/Berlin"
      $0.opportunity["CloseDate"] = "2027-07-01"
    },
    DealCase("notes", "changes N103", ["update > Notes R82 N103 normal: /details/notes = \"Phase\\ntwo\""]) {
      $0.opportunity["Description"] = "Phase\r\ntwo"
    },
    DealCase(
      "R52: Microsoft's CRM number comes over", "changes N102",
      [
        "update < Microsoft CRM identifier R82 N102 normal: Opportunity.Microsoft_CRM_Identifier__c = \"7-ABC\""
      ]
    ) { $0.referral["trackingInfo.microsoftMsxId"] = "7-ABC" },
  ]

  @Test("R82 R83 R84 R97: one side changed a field", arguments: fieldByField)
  func oneSideChanged(_ sample: DealCase) { sample.check() }

  static let owned: [DealCase] = [
    DealCase("R21: a link that is there stays, whoever wrote it", "in-sync N101") {
      $0.opportunity["Referral_Link__c"] = "https://example.com"
    },
    DealCase(
      "R52: Microsoft's number typed over is put back", "changes N119",
      [
        "update < Microsoft CRM identifier R82 N119 normal: Opportunity.Microsoft_CRM_Identifier__c = null"
      ]
    ) {
      $0.fields["Microsoft CRM identifier"] = ["on_empty": "clear"]
      $0.opportunity["Microsoft_CRM_Identifier__c"] = "mine"
    },
    DealCase(
      "R76: visibility taken back in Salesforce is put back", "changes N119",
      [
        "update < Referral visibility R82 N119 normal: Opportunity.Referral_visible_to_Microsoft_sellers__c = true"
      ]
    ) { $0.opportunity["Referral_visible_to_Microsoft_sellers__c"] = "false" },
    DealCase(
      "R75 R79: visibility raised in Salesforce is held for a person", "held N103",
      [
        "raise-visibility > Referral visibility R75 N103 irreversible: /consent/consentToShareReferralWithMicrosoftSellers = true"
      ]
    ) {
      $0.referral["consent.consentToShareReferralWithMicrosoftSellers"] = "false"
      $0.base["Referral visibility"] = "false"
    },
    DealCase(
      "R75: visibility raised in Partner Center comes over", "changes N102",
      [
        "update < Referral visibility R82 N102 normal: Opportunity.Referral_visible_to_Microsoft_sellers__c = true"
      ]
    ) {
      $0.opportunity["Referral_visible_to_Microsoft_sellers__c"] = "false"
      $0.base["Referral visibility"] = "false"
    },
    DealCase(
      "R12: the CRM id is missing in Partner Center", "changes N117",
      [
        "link > CRM identifier R12 N117 normal: /externalReferenceId = \"\(Deal.opportunityID)\""
      ]
    ) {
      $0.referral["externalReferenceId"] = ""
      $0.base["CRM identifier"] = nil
    },
    DealCase("R12: a CRM id of fifteen characters is the same id", "in-sync N101") {
      $0.referral["externalReferenceId"] = String(Deal.opportunityID.prefix(15))
    },
    DealCase(
      "R12 R21: identifier and link are missing in Salesforce", "changes N117",
      [
        "link < Referral identifier R12 N117 normal: Opportunity.Referral_Identifier__c = \"\(Deal.referralID)\"",
        "link < Referral link R12 N117 normal: Opportunity.Referral_Link__c = \"\(Deal.link)\"",
      ]
    ) {
      $0.opportunity["Referral_Identifier__c"] = ""
      $0.opportunity["Referral_Link__c"] = ""
      $0.base["Referral identifier"] = nil
      $0.base["Referral link"] = nil
    },
    DealCase("R12: the identifier in capitals is the same", "in-sync N101") {
      $0.opportunity["Referral_Identifier__c"] = Deal.referralID.uppercased()
    },
    DealCase("R96: a field that is locked after creation is reported only", "skipped E722") {
      $0.opportunity["Account.BillingCity"] = "Berlin"
    },
    DealCase("R96: the customer's name changed in Partner Center is reported only", "skipped E722") {
      $0.referral["customerProfile.name"] = "Northwind AG"
    },
    DealCase("R77: help on a pair whose mapping asks on creation only is reported", "skipped E722") {
      $0.fields["Microsoft help"] = ["to_partner_center": "create"]
      $0.opportunity["How_can_Microsoft_help__c"] = "Quotes or Licensing"
    },
    DealCase(
      "R86: a country mapped both ways goes to the account", "changes N102",
      [
        "update < Customer account country code R82 N102 normal: Account.BillingCountry = \"AT\""
      ]
    ) {
      $0.fields["Customer account country code"] = ["to_salesforce": "always", "to_partner_center": "never"]
      $0.referral["customerProfile.address.country"] = "AT"
    },
    DealCase("R87: a country spelt out is the same country", "in-sync N101") {
      $0.opportunity["Account.BillingCountry"] = "Deutschland"
    },
  ]

  @Test("R12 R21 R75–R79 R96: fields that one side owns", arguments: owned)
  func ownedFields(_ sample: DealCase) { sample.check() }

  static let empties: [DealCase] = [
    DealCase("keep", "skipped N125") { $0.opportunity["Description"] = "" },
    DealCase("clear to Partner Center", "changes N103", ["update > Notes R82 N103 normal: /details/notes = null"]) {
      $0.fields["Notes"] = ["on_empty": "clear"]
      $0.opportunity["Description"] = ""
    },
    DealCase("clear to Salesforce", "changes N102", ["update < Notes R82 N102 normal: Opportunity.Description = null"])
    {
      $0.fields["Notes"] = ["on_empty": "clear"]
      $0.referral["details.notes"] = ""
    },
    DealCase("refuse", "skipped E725") { $0.referral["details.closingDateTime"] = "" },
    DealCase("R29: a value of 0 is not sent", "skipped E711") { $0.opportunity["Amount"] = "0.00" },
    DealCase("R29: no value is not sent", "skipped E711") { $0.opportunity["Amount"] = "" },
    DealCase("R29: not even when the mapping says clear", "skipped E711") {
      $0.fields["Deal value"] = ["on_empty": "clear"]
      $0.opportunity["Amount"] = ""
    },
    DealCase(
      "a value of 0 in Partner Center comes over", "changes N102",
      [
        "update < Deal value R82 N102 normal: Opportunity.Amount = 0"
      ]
    ) { $0.referral["details.dealValue"] = "0" },
  ]

  @Test("R29 R98: emptied fields", arguments: empties)
  func emptied(_ sample: DealCase) { sample.check() }

  static let unreadable: [(String, @Sendable (inout Deal) -> Void)] = [
    ("Deal value: \"a lot\" is not a number", { $0.opportunity["Amount"] = "a lot" }),
    ("Closing date: \"soon\" is not a date", { $0.referral["details.closingDateTime"] = "soon" }),
    (
      "Deal value currency code: \"EURO\" is not a currency code of ISO 4217",
      { $0.opportunity["CurrencyIsoCode"] = "EURO" }
    ),
    (
      "Microsoft help: \"Magic\" is not in values/help-types.csv",
      { $0.opportunity["How_can_Microsoft_help__c"] = "Magic" }
    ),
  ]

  @Test("R9: a value that cannot be read quarantines the pair", arguments: unreadable.indices)
  func unreadableValue(_ index: Int) {
    var deal = Deal()
    Self.unreadable[index].1(&deal)
    deal.opportunity["Description"] = "changed"
    let verdict = deal.judged()
    #expect(verdict.finding == "quarantined E719")
    #expect(verdict.reason == Self.unreadable[index].0)
    #expect(verdict.changes.isEmpty)
    #expect(verdict.agreed.isEmpty)
  }

  @Test("R85: an org without the currency field is compared without it")
  func missingColumn() {
    var deal = Deal()
    deal.missingColumns = ["CurrencyIsoCode"]
    let verdict = deal.judged()
    #expect(verdict.finding == "in-sync N101")
    #expect(verdict.agreed["Deal value currency code"] == nil)
  }
}
