import Model
import Testing
import Transform

@Suite struct JudgeScopeTests {
  private static func newReferral(_ change: (inout Deal) -> Void = { _ in }) -> Deal {
    var deal = Deal()
    deal.referral["externalReferenceId"] = ""
    change(&deal)
    return deal
  }

  private static func isLead(_ deal: inout Deal) {
    deal.referral["qualification"] = "Direct"
    deal.referral["inviteContext.invitedBy.organizationId"] = "msft"
  }

  private static func isPrivate(_ deal: inout Deal) {
    deal.referral["consent.consentToShareReferralWithMicrosoftSellers"] = "false"
  }

  static let referrals: [DealCase] = [
    DealCase("R3: the filter keeps leads out", "skipped N105") { isLead(&$0) },
    DealCase("R3: with the filter off, leads flow", "changes N115") {
      isLead(&$0)
      $0.settings[.coSellOnly] = "No"
    },
    DealCase("R49: unless their target says skip", "skipped N105") {
      isLead(&$0)
      $0.settings[.coSellOnly] = "No"
      $0.settings[.leadTarget] = "skip"
    },
    DealCase("R3: the filter lets pipeline sharing in", "changes N115") { _ in },
    DealCase("R8: private deals take part by default", "changes N115") { isPrivate(&$0) },
    DealCase("R8: the setting leaves them out", "skipped N106") {
      isPrivate(&$0)
      $0.settings[.privateDeals] = "skip"
    },
    DealCase("R9: no category, no guess", "quarantined E701") { $0.referral["type"] = "Federated" },
    DealCase("R9: no inviter, no guess", "quarantined E701") {
      $0.referral["inviteContext.invitedBy.organizationId"] = ""
    },
    DealCase("R56: unknown status", "quarantined E702") { $0.referral["status"] = "Archived" },
    DealCase("R56: Active with another sub-status is a deal", "changes N115") { $0.referral["substatus"] = "Engaged" },
    DealCase("R11: another organization's record", "skipped N107") { $0.referral["organizationId"] = "msft" },
    DealCase("R11: the own organization in capitals", "changes N115") {
      $0.referral["organizationId"] = Deal.own.uppercased()
    },
  ]

  @Test("R3 R8 R9 R11 R49 R56: which referrals become opportunities", arguments: referrals)
  func referralAlone(_ sample: DealCase) {
    let verdict = Self.newReferral(sample.change).judgedReferral()
    #expect(verdict.finding == sample.finding, "\(verdict.reason)")
    #expect(verdict.changes.isEmpty == (sample.finding != "changes N115"))
  }

  @Test("R53: closed before it was ever linked", arguments: ["Won", "Lost", "Declined", "Expired"])
  func closedBefore(_ substatus: String) {
    let deal = Self.newReferral {
      $0.referral["status"] = "Closed"
      $0.referral["substatus"] = substatus
    }
    #expect(deal.judgedReferral().finding == "closed N108")
  }

  static let pairs: [DealCase] = [
    DealCase("R1: an unticked pair does not take part", "skipped N111") {
      $0.opportunity["Sync_With_Partner_Center__c"] = "false"
      $0.opportunity["Amount"] = "5"
    },
    DealCase("R1: a box never touched is unticked", "skipped N111") {
      $0.opportunity["Sync_With_Partner_Center__c"] = ""
    },
    DealCase("R8: a private pair under skip", "skipped N106") {
      isPrivate(&$0)
      $0.settings[.privateDeals] = "skip"
    },
    DealCase("R9: a pair without category", "quarantined E701") { $0.referral["qualification"] = "Platinum" },
    DealCase("R3: a filtered lead's change does not come over", "skipped E722") {
      isLead(&$0)
      $0.referral["details.dealValue"] = "5"
    },
    DealCase(
      "R4: the filter never holds Salesforce's change", "changes N103",
      [
        "update > Deal value R82 N103 normal: /details/dealValue = 5"
      ]
    ) {
      isLead(&$0)
      $0.opportunity["Amount"] = "5"
    },
    DealCase(
      "R3: with the filter off, a lead's change comes over", "changes N102",
      [
        "update < Deal value R82 N102 normal: Opportunity.Amount = 5"
      ]
    ) {
      isLead(&$0)
      $0.settings[.coSellOnly] = "No"
      $0.referral["details.dealValue"] = "5"
    },
  ]

  @Test("R1 R3 R4 R8 R9: which pairs take part", arguments: pairs)
  func pair(_ sample: DealCase) { sample.check() }

  @Test("R1: an org without the box ticks everything")
  func withoutBox() {
    var deal = Deal()
    deal.missingColumns = ["Sync_With_Partner_Center__c"]
    #expect(deal.judged().finding == "in-sync N101")
  }

  @Test(
    "R11 R14 R18 R19 R22 R23: identities that are not clear are reported and nothing else",
    arguments: [
      (Identity.orphan(opportunityID: "006X"), "only-partner-center N113", "006X"),
      (.unknownRecord(named: "006X"), "only-partner-center E703", "006X"),
      (.duplicate(opportunities: ["006X", "006Y"], referrals: ["r2"]), "error E704", "006X, 006Y, r2"),
      (.disagreement(opportunities: ["006X", "006Y"]), "error E705", "006X, 006Y"),
    ])
  func unclear(_ identity: Identity, finding: String, names: String) {
    let verdict = Deal().judgedReferral(identity)
    #expect(verdict.finding == finding)
    #expect(verdict.reason.contains(names))
    #expect(verdict.changes.isEmpty)
    #expect(verdict.key == PairKey(referralID: Deal.referralID))
  }

  @Test("R18: a blocked opportunity says by whom")
  func blocked() {
    let opportunity = Deal.record(.opportunity, Deal().opportunity)
    let verdict = Judge(mapping: Mappings.mapping(), organizationID: Deal.own)
      .judgeBlocked(opportunity, by: ["r1", "r2"], code: .identityDuplicate)
    #expect(verdict.finding == "error E704")
    #expect(verdict.reason.hasSuffix("r1, r2"))
    #expect(verdict.key == PairKey(opportunityID: Deal.opportunityID))
  }

  static let opportunities: [DealCase] = [
    DealCase("R1: not ticked", "skipped N109") { $0.opportunity["Sync_With_Partner_Center__c"] = "false" },
    DealCase("R22: its referral is out of sight", "only-salesforce N112") {
      $0.opportunity["Referral_Identifier__c"] = Deal.referralID
    },
    DealCase("R22: out of sight although not ticked", "only-salesforce N112") {
      $0.opportunity["Referral_Identifier__c"] = Deal.referralID
      $0.opportunity["Sync_With_Partner_Center__c"] = "false"
    },
    DealCase("R53: closed before it was shared", "skipped N108") { $0.opportunity["IsClosed"] = "true" },
    DealCase("R57: on hold", "skipped N110") { $0.opportunity["StageName"] = "Co-sell On Hold" },
    DealCase("R24: ticked and complete", "held N116") { _ in },
  ]

  @Test("R1 R22 R24 R53 R57: which opportunities become referrals", arguments: opportunities)
  func opportunityAlone(_ sample: DealCase) {
    var deal = Deal()
    deal.settings = [.agreedToShare: "Yes", .agreedToContact: "Yes"]
    deal.opportunity["Referral_Identifier__c"] = ""
    sample.change(&deal)
    #expect(deal.judgedOpportunity().finding == sample.finding)
  }

  @Test("R22: an opportunity whose link the ledger knows waits for its referral")
  func linked() {
    var deal = Deal()
    deal.settings = [.agreedToShare: "Yes", .agreedToContact: "Yes"]
    deal.opportunity["Referral_Identifier__c"] = ""
    #expect(deal.judgedOpportunity(linkedWith: "r9").finding == "only-salesforce N112")
    #expect(deal.judgedOpportunity(linkedWith: "r9").reason.contains("r9"))
  }

  @Test("R11: without a known organization every referral counts as own")
  func ownerUnknown() {
    var texts = Deal().referral
    texts["externalReferenceId"] = ""
    texts["organizationId"] = "someone"
    let verdict = Judge(mapping: Mappings.mapping(), organizationID: "")
      .judge(.alone, facts: PairFacts(referral: Deal.record(.referral, texts)))
    #expect(verdict.finding == "changes N115")
  }
}
