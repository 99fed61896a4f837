import Foundation
import Model
import Testing
import Transform

/// What `verify` says of two records by looking at them alone.
@Suite("Pairs compared without memory")
struct PairComparisonTests {
  /// What is changed of a pair in sync, and the fields that differ, each with the beginning of its excuse.
  struct Sample: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var referral: [String: String] = [:]
    var opportunity: [String: String] = [:]
    var settings: [Setting: String] = [:]
    let drifts: [String: String?]
  }

  static let samples: [Sample] = [
    Sample(testDescription: "in sync, whatever the form of the values", drifts: [:]),
    Sample(
      testDescription: "R104: the mark is no part of the name", opportunity: ["Name": "Northwind rollout ✘"],
      drifts: [:]),
    Sample(
      testDescription: "money is compared as a number", opportunity: ["Amount": "100000.00"],
      drifts: [:]),
    Sample(
      testDescription: "a value on either side", referral: ["details.dealValue": "5"],
      opportunity: ["Description": "Phase two"], drifts: ["Deal value": nil, "Notes": nil]),
    Sample(
      testDescription: "a value that cannot be read", opportunity: ["Amount": "much"], drifts: ["Deal value": nil]),
    Sample(
      testDescription: "R67: won in one of the two",
      opportunity: ["StageName": "Closed Won", "IsClosed": "true", "IsWon": "true"], drifts: ["Stage": nil]),
    Sample(
      testDescription: "R65: closed in Partner Center, and more differs",
      referral: ["status": "Closed", "substatus": "Won", "details.dealValue": "5"],
      opportunity: ["StageName": "Closed Won", "IsClosed": "true", "IsWon": "true"],
      drifts: ["Deal value": "closed in Partner Center"]),
    Sample(
      testDescription: "R57: what only goes to Partner Center waits in the on-hold stage",
      referral: ["status": "New", "substatus": "Received"], opportunity: ["StageName": "Co-sell On Hold"], drifts: [:]),
    Sample(
      testDescription: "R1: not ticked", referral: ["details.dealValue": "5"],
      opportunity: ["Sync_With_Partner_Center__c": "false"], drifts: ["Deal value": "Sync with Partner Center is not"]),
    Sample(
      testDescription: "R11: another organization's", referral: ["details.dealValue": "5", "organizationId": "other"],
      drifts: ["Deal value": "the referral is another"]),
    Sample(
      testDescription: "R9: a private deal that the setting leaves out",
      referral: ["details.dealValue": "5", "consent.consentToShareReferralWithMicrosoftSellers": "false"],
      opportunity: ["Referral_visible_to_Microsoft_sellers__c": "false"], settings: [.privateDeals: "skip"],
      drifts: ["Deal value": "the setting Private deals"]),
    Sample(
      testDescription: "R3: a lead that the setting leaves out",
      referral: [
        "details.dealValue": "5", "qualification": "Direct", "inviteContext.invitedBy.organizationId": "msft",
      ],
      settings: [.coSellOnly: "Yes"], drifts: ["Deal value": "a lead"]),
    Sample(
      testDescription: "R9: of no known kind", referral: ["details.dealValue": "5", "type": "Novel"],
      drifts: ["Deal value": "the kind of deal"]),
    Sample(
      testDescription: "R12: the referral does not name the opportunity yet",
      referral: ["externalReferenceId": ""], drifts: ["CRM identifier": nil]),
    Sample(
      testDescription: "R19: the referral names another opportunity, and nothing else is said",
      referral: ["externalReferenceId": "006000000000002AAA", "details.dealValue": "5", "name": "Other"],
      drifts: ["CRM identifier": nil]),
  ]

  private func drifts(of deal: Deal, by mapping: Mapping = Mappings.mapping()) -> [Drift] {
    PairComparison(mapping: mapping, organizationID: Deal.own)
      .differences(Deal.record(.referral, deal.referral), Deal.record(.opportunity, deal.opportunity))
  }

  @Test("each difference, and why it may be", arguments: samples)
  func compared(_ sample: Sample) {
    var deal = Deal()
    deal.referral.merge(sample.referral) { $1 }
    deal.opportunity.merge(sample.opportunity) { $1 }
    let drifts = drifts(of: deal, by: Mappings.mapping(sample.settings))
    #expect(Set(drifts.map(\.field)) == Set(sample.drifts.keys), "\(drifts)")
    for drift in drifts {
      guard let excuse = sample.drifts[drift.field] ?? nil else {
        #expect(drift.excuse == nil, "\(drift)")
        continue
      }
      #expect(drift.excuse?.hasPrefix(excuse) == true, "\(drift)")
    }
  }

  @Test("R57 R29: what waits in the on-hold stage, and a deal value that Salesforce calculates, may differ")
  func waiting() throws {
    var deal = Deal()
    (deal.referral["status"], deal.referral["substatus"]) = ("New", "Received")
    deal.opportunity["StageName"] = "Co-sell On Hold"
    deal.opportunity["Description"] = "Phase two"
    func excuse(_ mapping: Mapping, _ field: String) throws -> String? {
      try #require(drifts(of: deal, by: mapping).first { $0.field == field }).excuse
    }
    let oneWay = Mappings.mapping([:], ["Notes": ["to_salesforce": "never"]])
    #expect(try excuse(oneWay, "Notes") == "waits in the on-hold stage (R57)")
    #expect(try excuse(Mappings.mapping(), "Notes") == nil)

    deal.opportunity["Amount"] = "7"
    deal.opportunity["StageName"] = "Co-sell Active"
    (deal.referral["status"], deal.referral["substatus"]) = ("Active", "Accepted")
    let calculated = Mappings.mapping([.calculatedDealValue: "Yes"], ["Deal value": ["to_partner_center": "create"]])
    #expect(try excuse(calculated, "Deal value") == "Salesforce calculates the deal value (R29)")
  }

  @Test("a field that no side keeps in step is not compared")
  func oneTime() {
    var deal = Deal()
    deal.opportunity["Amount"] = "7"
    let fields = ["Deal value": ["to_salesforce": "create", "to_partner_center": "never"]]
    #expect(drifts(of: deal, by: Mappings.mapping([:], fields)).isEmpty)
  }
}
