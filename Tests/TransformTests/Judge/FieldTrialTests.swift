import Model
import Testing
import Transform

/// What `mappings try` says of each field of a real record.
@Suite("Fields tried")
struct FieldTrialTests {
  /// What is changed of a pair in sync, and the outcome of one field.
  struct Sample: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var referral: [String: String] = [:]
    var opportunity: [String: String] = [:]
    var lacking: Set<String> = []
    let field: String
    let outcome: String
  }

  static let samples: [Sample] = [
    Sample(testDescription: "alike", field: "Deal value", outcome: "same"),
    Sample(
      testDescription: "R82: changed on one side", referral: ["details.dealValue": "5"], field: "Deal value",
      outcome: "to-salesforce: 5 (R82 N102, normal)"),
    Sample(
      testDescription: "R115: changed on both", referral: ["details.dealValue": "5"], opportunity: ["Amount": "6"],
      field: "Deal value", outcome: "a person decides (R115 E723, conflict)"),
    Sample(
      testDescription: "a value that cannot be read", opportunity: ["Amount": "much"], field: "Deal value",
      outcome: "E719 Deal value: \"much\" is not a number"),
    Sample(
      testDescription: "R98: an emptied value is kept", opportunity: ["Description": ""], field: "Notes",
      outcome: "N125 Notes is empty in Salesforce and is kept"),
    Sample(
      testDescription: "a row without a Salesforce field", field: "Loss reason",
      outcome: "not mapped: salesforce_field is empty"),
    Sample(
      testDescription: "R103: a row that the rules fill", field: "Audit", outcome: "filled by the rules, not compared"),
    Sample(
      testDescription: "a column that the snapshot lacks", lacking: ["Description"], field: "Notes",
      outcome: "not in the snapshot: run `reconcile plan`"),
    Sample(
      testDescription: "R9: of no known kind", referral: ["type": "Novel"], field: "Notes",
      outcome: "not compared: the kind of deal is not known"),
  ]

  @Test("what would become of a field of a pair", arguments: samples)
  func paired(_ sample: Sample) throws {
    var deal = Deal()
    deal.referral.merge(sample.referral) { $1 }
    deal.opportunity.merge(sample.opportunity) { $1 }
    deal.missingColumns = sample.lacking
    #expect(try #require(deal.tried()[sample.field]).outcome == sample.outcome)
  }

  @Test("each side's text stands beside its reading, and the base beside both")
  func readings() throws {
    var deal = Deal()
    deal.opportunity["Amount"] = "much"
    let name = try #require(deal.tried()["Deal name"])
    #expect(name.salesforce.raw == "Northwind rollout ✔" && name.salesforce.value == "Northwind rollout")
    #expect(name.base == "Northwind rollout")
    let value = try #require(deal.tried()["Deal value"])
    #expect(value.salesforce.value == "unreadable" && value.partnerCenter.value == "100000")
    #expect(try #require(deal.tried()["CRM identifier"]).salesforce.raw == Deal.opportunityID)
  }

  @Test("R24 R43: what the creation of the other record makes of a value")
  func creating() throws {
    var deal = Deal()
    deal.referral["details.dealValue"] = "much"
    deal.referral["details.notes"] = ""
    let made = deal.tried([.partnerCenter])
    #expect(made["Deal name"]?.outcome == "to-salesforce: Northwind rollout")
    #expect(made["Deal value"]?.outcome == "E719 \"much\" is not a number")
    #expect(made["Notes"]?.outcome == "nothing to write")
    #expect(made["CRM identifier"]?.outcome == "to_salesforce is never")
    #expect(made["Referral link"]?.outcome == "not mapped on both sides")
    let shared = deal.tried([.salesforce])
    #expect(shared["Customer name"]?.outcome == "to-partner-center: Northwind Traders")
    #expect(shared["Microsoft CRM identifier"]?.outcome == "to_partner_center is never")
    #expect(deal.tried([])["Deal name"]?.outcome == "")
  }
}
