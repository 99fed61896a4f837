import Model
import Testing
import Transform

extension Deal {
  /// The referral waits for an answer; the opportunity is in a stage.
  mutating func isNew(stage: String, closed: Bool = false, won: Bool = false) {
    referral["status"] = "New"
    referral["substatus"] = "Received"
    setStage(stage, closed: closed, won: won)
  }

  /// The referral is closed.
  mutating func isClosed(_ substatus: String) {
    referral["status"] = "Closed"
    referral["substatus"] = substatus
  }

  /// The opportunity is in a stage.
  mutating func setStage(_ stage: String, closed: Bool = false, won: Bool = false) {
    opportunity["StageName"] = stage
    opportunity["IsClosed"] = closed ? "true" : "false"
    opportunity["IsWon"] = won ? "true" : "false"
  }
}

@Suite struct JudgeStatusTests {
  private static let accept =
    #"accept > Status R58 N120 irreversible: /status = "Active", /substatus = "Accepted""#

  static let onHold: [DealCase] = [
    DealCase("R57: on hold nothing is sent", "in-sync N110") {
      $0.isNew(stage: "Co-sell On Hold")
      $0.opportunity["Amount"] = "1"
      $0.opportunity["Description"] = "x"
      $0.opportunity["Referral_visible_to_Microsoft_sellers__c"] = "true"
      $0.referral["consent.consentToShareReferralWithMicrosoftSellers"] = "false"
      $0.base["Referral visibility"] = "false"
    },
    DealCase(
      "R57: on hold Partner Center's changes come over", "changes N102",
      [
        "update < Deal value R82 N102 normal: Opportunity.Amount = 5"
      ]
    ) {
      $0.isNew(stage: "co-sell on hold")
      $0.referral["details.dealValue"] = "5"
    },
    DealCase(
      "R57: on hold a conflict has one choice", "conflict E723",
      [
        "conflict < Deal value R115 E723 conflict: partner-center Opportunity.Amount = 5 | salesforce none"
      ]
    ) {
      $0.isNew(stage: "Co-sell On Hold")
      $0.referral["details.dealValue"] = "5"
      $0.opportunity["Amount"] = "7"
    },
    DealCase("R57: on hold not even a policy sends", "in-sync N110") {
      $0.isNew(stage: "Co-sell On Hold")
      $0.referral["details.dealValue"] = "5"
      $0.opportunity["Amount"] = "7"
      $0.fields["Deal value"] = ["on_conflict": "salesforce"]
    },
    DealCase(
      "R15: on hold the link is recorded all the same", "changes N117",
      [
        "link > CRM identifier R12 N117 normal: /externalReferenceId = \"\(Deal.opportunityID)\""
      ]
    ) {
      $0.isNew(stage: "Co-sell On Hold")
      $0.referral["externalReferenceId"] = ""
      $0.base["CRM identifier"] = nil
    },
    DealCase("R58: leaving the on-hold stage accepts the referral", "held N120", [accept]) {
      $0.isNew(stage: "Prospecting")
    },
    DealCase(
      "R59: what changed in Salesforce goes along with the acceptance", "held N120",
      [
        accept, "update > Deal value R59 N103 irreversible: /details/dealValue = 5",
      ]
    ) {
      $0.isNew(stage: "Prospecting")
      $0.opportunity["Amount"] = "5"
    },
    DealCase(
      "R59: what changed in Partner Center does not wait for it", "changes N102",
      [
        accept, "update < Deal value R82 N102 normal: Opportunity.Amount = 5",
      ]
    ) {
      $0.isNew(stage: "Prospecting")
      $0.referral["details.dealValue"] = "5"
    },
    DealCase(
      "R44: accepted in Partner Center, the stage moves on", "changes N122",
      [
        #"update < Stage R44 N122 normal: Opportunity.StageName = "Co-sell Active""#
      ]
    ) { $0.setStage("Co-sell On Hold") },
    DealCase("R73: a seller's own open stage is not pulled back", "in-sync N101") { $0.setStage("Negotiation") },
  ]

  @Test("R44 R57–R59 R73: the on-hold stage and acceptance", arguments: onHold)
  func acceptance(_ sample: DealCase) { sample.check() }

  static let closing: [DealCase] = [
    DealCase(
      "R61: lost before it was accepted means declined", "held N121",
      [
        #"decline > Status R61 N121 terminal: /status = "Closed", /substatus = "Declined", /statusReason = "Other""#
      ]
    ) { $0.isNew(stage: "Closed Lost", closed: true) },
    DealCase(
      "R60: with the reason of the setting", "held N121",
      [
        #"decline > Status R61 N121 terminal: /status = "Closed", /substatus = "Declined", /statusReason = "No fit""#
      ]
    ) {
      $0.isNew(stage: "Closed Lost", closed: true)
      $0.settings[.declinedReason] = "No fit"
    },
    DealCase(
      "R60 R68: with the reason of the mapped field", "held N121",
      [
        #"decline > Status R61 N121 terminal: /status = "Closed", /substatus = "Declined", "#
          + #"/statusReason = "Customer did not respond""#
      ]
    ) {
      $0.isNew(stage: "Closed Lost", closed: true)
      $0.fields["Loss reason"] = ["salesforce_field": "Opportunity.Loss__c", "transform": "map:close-reasons.csv"]
      $0.opportunity["Loss__c"] = "No Response"
      $0.base["Loss reason"] = "Customer did not respond"
      $0.referral["statusReason"] = "Customer did not respond"
    },
    DealCase(
      "R58 R61: declining sends nothing else", "held N121",
      [
        #"decline > Status R61 N121 terminal: /status = "Closed", /substatus = "Declined", /statusReason = "Other""#
      ]
    ) {
      $0.isNew(stage: "Closed Lost", closed: true)
      $0.opportunity["Amount"] = "5"
    },
    DealCase(
      "R62: won before it was accepted is accepted first", "held N120",
      [
        accept, #"close-won > Status R67 N121 terminal: /status = "Closed", /substatus = "Won""#,
      ]
    ) { $0.isNew(stage: "Closed Won", closed: true, won: true) },
    DealCase(
      "R62: the changed fields stand between both", "held N120",
      [
        accept, #"update > Notes R59 N103 irreversible: /details/notes = "done""#,
        #"close-won > Status R67 N121 terminal: /status = "Closed", /substatus = "Won""#,
      ]
    ) {
      $0.isNew(stage: "Closed Won", closed: true, won: true)
      $0.opportunity["Description"] = "done"
    },
    DealCase(
      "R67: won in Salesforce", "held N121",
      [
        #"close-won > Status R67 N121 terminal: /status = "Closed", /substatus = "Won""#
      ]
    ) { $0.setStage("Signed", closed: true, won: true) },
    DealCase(
      "R67 R68: lost in Salesforce, with a reason", "held N121",
      [
        #"close-lost > Status R67 N121 terminal: /status = "Closed", /substatus = "Lost", /statusReason = "Price""#
      ]
    ) {
      $0.setStage("Closed Lost", closed: true)
      $0.settings[.lostReason] = "Price"
    },
    DealCase(
      "R69: won in Partner Center", "changes N114",
      [
        #"close-won < Stage R69 N114 normal: Opportunity.StageName = "Closed Won""#
      ]
    ) { $0.isClosed("Won") },
    DealCase(
      "R69: lost in Partner Center, in the stage of the setting", "changes N114",
      [
        #"close-lost < Stage R69 N114 normal: Opportunity.StageName = "Gone""#
      ]
    ) {
      $0.isClosed("Lost")
      $0.settings[.closedLostStage] = "Gone"
    },
    DealCase(
      "R69: declined in Partner Center while on hold", "changes N114",
      [
        #"close-lost < Stage R69 N114 normal: Opportunity.StageName = "Closed Lost""#
      ]
    ) {
      $0.isClosed("Declined")
      $0.setStage("Co-sell On Hold")
    },
    DealCase("R63: expired, flagged only", "closed N128") { $0.isClosed("Expired") },
    DealCase(
      "R63: expired, closed by the setting", "changes N114",
      [
        #"close-lost < Stage R69 N114 normal: Opportunity.StageName = "Closed Lost""#
      ]
    ) {
      $0.isClosed("Expired")
      $0.settings[.expiredReferral] = "close"
    },
  ]

  @Test("R60–R63 R67–R69: closing on either side", arguments: closing)
  func closes(_ sample: DealCase) { sample.check() }

  @Test("R67: the agreement remembers whether the pair was closed", arguments: [("Won", true), ("Lost", false)])
  func stageAgreement(_ substatus: String, won: Bool) {
    var deal = Deal()
    deal.isClosed(substatus)
    deal.setStage("Closed", closed: true, won: won)
    #expect(deal.judged().agreed["Stage"] == "closed")
    #expect(Deal().judged().agreed["Stage"] == "open")
    deal.setStage("Negotiation")
    #expect(deal.judged().agreed["Stage"] == nil)
    #expect(deal.judged().changes.first?.settles == ["Stage": "closed"])
  }

  @Test("R64: what waits on hold says when it expires")
  func expiry() {
    var deal = Deal()
    deal.isNew(stage: "Co-sell On Hold")
    deal.referral["expirationDateTime"] = "2026-11-16T00:00:00Z"
    #expect(deal.judged().reason.contains("2026-11-16T00:00:00Z"))
  }

  @Test("R67: flags in capitals, as a spreadsheet writes them, close a deal too")
  func capitals() {
    var deal = Deal()
    deal.setStage("Signed", closed: true, won: true)
    deal.opportunity["IsClosed"] = "TRUE"
    deal.opportunity["IsWon"] = "TRUE"
    #expect(deal.judged().changes.first?.action == .closeWon)
  }
}
