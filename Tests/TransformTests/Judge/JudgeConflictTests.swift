import Model
import Testing
import Transform

@Suite struct JudgeConflictTests {
  private static let bothWays =
    "conflict < Deal value R115 E723 conflict: partner-center Opportunity.Amount = 5 | salesforce /details/dealValue = 7"

  private static func apart(_ deal: inout Deal) {
    deal.referral["details.dealValue"] = "5"
    deal.opportunity["Amount"] = "7"
  }

  static let policies: [DealCase] = [
    DealCase("held for a person", "conflict E723", [bothWays]) { apart(&$0) },
    DealCase(
      "R29: a choice that would send 0 is none", "conflict E723",
      [
        "conflict < Deal value R115 E723 conflict: partner-center Opportunity.Amount = 5 | salesforce none"
      ]
    ) {
      $0.referral["details.dealValue"] = "5"
      $0.opportunity["Amount"] = "0"
    },
    DealCase("Partner Center wins", "changes N127", ["update < Deal value R82 N127 normal: Opportunity.Amount = 5"]) {
      apart(&$0)
      $0.fields["Deal value"] = ["on_conflict": "partner_center"]
    },
    DealCase("Salesforce wins", "changes N127", ["update > Deal value R82 N127 normal: /details/dealValue = 7"]) {
      apart(&$0)
      $0.fields["Deal value"] = ["on_conflict": "salesforce"]
    },
    DealCase("R29: Salesforce wins, but 0 is not sent", "skipped E711") {
      $0.referral["details.dealValue"] = "5"
      $0.opportunity["Amount"] = "0"
      $0.fields["Deal value"] = ["on_conflict": "salesforce"]
    },
    DealCase("newest: Salesforce", "changes N127", ["update > Deal value R82 N127 normal: /details/dealValue = 7"]) {
      apart(&$0)
      $0.fields["Deal value"] = ["on_conflict": "newest"]
    },
    DealCase("newest: Partner Center", "changes N127", ["update < Deal value R82 N127 normal: Opportunity.Amount = 5"])
    {
      apart(&$0)
      $0.fields["Deal value"] = ["on_conflict": "newest"]
      $0.referral["updatedDateTime"] = "2026-11-01T09:00:00.0000001Z"
    },
    DealCase(
      "newest: times that lie in zones apart", "changes N127",
      [
        "update > Deal value R82 N127 normal: /details/dealValue = 7"
      ]
    ) {
      apart(&$0)
      $0.fields["Deal value"] = ["on_conflict": "newest"]
      $0.opportunity["LastModifiedDate"] = "2026-11-01T10:30:00.000+0200"
    },
    DealCase(
      "an emptied side in conflict", "conflict E723",
      [
        "conflict < Notes R115 E723 conflict: partner-center Opportunity.Description = \"x\" | salesforce /details/notes = null"
      ]
    ) {
      $0.referral["details.notes"] = "x"
      $0.opportunity["Description"] = ""
    },
    DealCase("R96: a locked field changed on both sides is reported only", "skipped E722") {
      $0.referral["customerProfile.name"] = "Northwind AG"
      $0.opportunity["Account.Name"] = "Northwind SE"
    },
  ]

  @Test("R115: both changed a field to different values", arguments: policies)
  func bothChanged(_ sample: DealCase) { sample.check() }

  static let firstContact: [DealCase] = [
    DealCase(
      "they differ and nothing was agreed", "conflict E724",
      [
        "conflict < Deal value R115 E724 conflict: partner-center Opportunity.Amount = 5 | salesforce /details/dealValue = 7"
      ]
    ) {
      apart(&$0)
      $0.base = [:]
    },
    DealCase(
      "empty in Salesforce", "changes N118", ["update < Notes R82 N118 normal: Opportunity.Description = \"Phase one\""]
    ) {
      $0.base = [:]
      $0.opportunity["Description"] = ""
    },
    DealCase(
      "empty in Partner Center", "changes N118", ["update > Notes R82 N118 normal: /details/notes = \"Phase one\""]
    ) {
      $0.base = [:]
      $0.referral["details.notes"] = ""
    },
    DealCase("alike", "in-sync N101") { $0.base = [:] },
    DealCase("R29: Salesforce holds 0 where Partner Center holds nothing", "skipped E711") {
      $0.base = [:]
      $0.referral["details.dealValue"] = ""
      $0.opportunity["Amount"] = "0"
    },
  ]

  @Test("R115: first contact, without a base", arguments: firstContact)
  func withoutBase(_ sample: DealCase) { sample.check() }

  @Test("R115: each choice leaves its own value as the base")
  func settlements() throws {
    var deal = Deal()
    Self.apart(&deal)
    let row = try #require(deal.judged().changes.first)
    #expect(row.choices?.partnerCenter?.value == "5")
    #expect(row.choices?.salesforce?.value == "7")
    #expect(row.effect == nil)
    #expect([row.base, row.partnerCenter, row.salesforce, row.new] == ["100000", "5", "7", ""])
    #expect(Risk.conflict.proposal == .hold)
  }

  @Test("a conflict stands above the other rows, which stay")
  func mixed() {
    var deal = Deal()
    Self.apart(&deal)
    deal.opportunity["Description"] = "Phase two"
    let verdict = deal.judged()
    #expect(verdict.finding == "conflict E723")
    #expect(verdict.reason == "a person decides: Deal value")
    #expect(verdict.lines == [Self.bothWays, "update > Notes R82 N103 normal: /details/notes = \"Phase two\""])
  }

  @Test("what is seen alike is agreed on although other fields are not")
  func partialAgreement() {
    var deal = Deal()
    Self.apart(&deal)
    let agreed = deal.judged().agreed
    #expect(agreed["Deal value"] == nil)
    #expect(agreed["Notes"] == "Phase one")
    #expect(agreed["Stage"] == "open")
  }

  @Test("R101: a name longer than 120 characters is compared as Salesforce can hold it")
  func longName() {
    let long = String(repeating: "n", count: 130)
    var deal = Deal()
    deal.referral["name"] = long
    #expect(deal.judged().lines == ["update < Deal name R82 N102 normal: Opportunity.Name = \"\(long.prefix(120))\""])
    deal.opportunity["Name"] = String(long.prefix(120))
    #expect(deal.judged().finding == "in-sync N101")
  }
}
