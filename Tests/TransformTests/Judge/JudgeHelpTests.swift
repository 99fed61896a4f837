import JSON
import Model
import Testing

@testable import Transform

@Suite("Help of Microsoft on a linked pair")
struct JudgeHelpTests {
  /// A private deal that both sides agree on, complete enough to be shared.
  private static func privateDeal() -> Deal {
    var deal = Deal()
    deal.settings = [.agreedToShare: "Yes", .agreedToContact: "Yes"]
    deal.referral["engagementId"] = "e-1"
    set(&deal, help: ("", ""), visible: (false, false))
    (deal.base["Microsoft help"], deal.base["Referral visibility"]) = ("", "false")
    return deal
  }

  private static func set(_ deal: inout Deal, help: (String, String), visible: (Bool, Bool)) {
    deal.referral["inviteContext.assistanceRequestCode"] = help.0
    deal.opportunity["How_can_Microsoft_help__c"] = help.1
    deal.referral["consent.consentToShareReferralWithMicrosoftSellers"] = String(visible.0)
    deal.opportunity["Referral_visible_to_Microsoft_sellers__c"] = String(visible.1)
  }

  @Test("R35 R36 R37 R77 R79: choosing help asks Microsoft, makes the deal visible, and is held for a person")
  func asks() throws {
    var deal = Self.privateDeal()
    deal.opportunity["How_can_Microsoft_help__c"] = "Proof Of Concept or Demo"
    let verdict = deal.judged()
    #expect(verdict.finding == "held N137")
    #expect(
      verdict.lines == [
        "request-help > Microsoft help R36 R77 N137 irreversible: /consent/consentToShareReferralWithMicrosoftSellers = true, "
          + "/inviteContext/assistanceRequestCode = \"ProofOfConceptOrDemo\", then Microsoft's"
      ])
    let change = try #require(verdict.changes.first)
    #expect(change.reason.contains("14 days"))
    #expect(change.settles == ["Microsoft help": "ProofOfConceptOrDemo"])
    guard case .requestHelp(let draft)? = change.effect else { return #expect(Bool(false), "no request") }
    #expect(draft.engagementID == "e-1")
    let body = try JSONValue(parsing: draft.connected)
    #expect(body.at("inviteContext.invitedBy.organizationId")?.stringValue == Deal.own)
    #expect(body.at("inviteContext.assistanceRequestCode")?.stringValue == "ProofOfConceptOrDemo")
    #expect(body.at("target")?.arrayValue?.first?["id"]?.stringValue == "msft")
    #expect(body["externalReferenceId"] == nil)
  }

  @Test("R26 R27: without a complete customer contact no help is asked for, and the pair says so")
  func needsContact() {
    var deal = Self.privateDeal()
    deal.opportunity["How_can_Microsoft_help__c"] = "Quotes or Licensing"
    deal.opportunity["OpportunityContactRoles"] = ""
    #expect(deal.judged().finding == "skipped E709")
    deal.opportunity["OpportunityContactRoles"] =
      #"[{"email":"ana@example.com","firstName":"Ana","isPrimary":true,"lastName":"Bowman","phone":""}]"#
    #expect(deal.judged().finding == "skipped E710")
  }

  @Test("R26: a referral without a complete contact gets the opportunity's with the request")
  func sendsContact() {
    var deal = Self.privateDeal()
    deal.opportunity["How_can_Microsoft_help__c"] = "Quotes or Licensing"
    deal.referral["customerProfile.team"] = ""
    #expect(deal.judged().lines.first?.contains("/customerProfile/team/- = {\"firstName\":\"Ana\"") == true)
  }

  @Test("R57 R65: nothing is asked for from the on-hold stage or on a closed referral")
  func closedWays() {
    var onHold = Self.privateDeal()
    onHold.opportunity["How_can_Microsoft_help__c"] = "Quotes or Licensing"
    (onHold.referral["status"], onHold.referral["substatus"]) = ("New", "Received")
    onHold.opportunity["StageName"] = "Co-sell On Hold"
    #expect(onHold.judged().lines.isEmpty)
    var closed = Self.privateDeal()
    closed.opportunity["How_can_Microsoft_help__c"] = "Quotes or Licensing"
    (closed.referral["status"], closed.referral["substatus"]) = ("Closed", "Won")
    (closed.opportunity["IsClosed"], closed.opportunity["IsWon"]) = ("true", "true")
    #expect(closed.judged().lines.isEmpty)
  }

  @Test("R77: a deal that Microsoft shared itself asks for nothing")
  func inbound() {
    var deal = Self.privateDeal()
    (deal.referral["type"], deal.referral["inviteContext.invitedBy.organizationId"]) = ("Shared", "msft")
    deal.opportunity["How_can_Microsoft_help__c"] = "Quotes or Licensing"
    #expect(deal.judged().lines.isEmpty)
  }

  /// The kinds of a deal, from the least to the most that Microsoft sees of it.
  enum Kind: CaseIterable {
    case privateDeal
    case partnerLed
    case coSell

    var help: (String, String) {
      self == .coSell ? ("QuotesOrLicensing", "Quotes or Licensing") : ("", "")
    }
    var isVisible: Bool { self != .privateDeal }
  }

  /// From the row's kind to the column's: what the plan proposes to Partner Center.
  static let upgrades: [(from: Kind, to: Kind, action: Action?)] = [
    (.privateDeal, .privateDeal, nil), (.privateDeal, .partnerLed, .raiseVisibility),
    (.privateDeal, .coSell, .requestHelp),
    (.partnerLed, .privateDeal, nil), (.partnerLed, .partnerLed, nil), (.partnerLed, .coSell, .requestHelp),
    (.coSell, .privateDeal, nil), (.coSell, .partnerLed, nil), (.coSell, .coSell, nil),
  ]

  @Test("R75 R78: a deal is upgraded in Salesforce and never downgraded", arguments: upgrades)
  func upgrade(_ row: (from: Kind, to: Kind, action: Action?)) {
    var deal = Self.privateDeal()
    deal.referral["inviteContext.assistanceRequestCode"] = row.from.help.0
    deal.opportunity["How_can_Microsoft_help__c"] = row.to.help.1
    deal.referral["consent.consentToShareReferralWithMicrosoftSellers"] = String(row.from.isVisible)
    deal.opportunity["Referral_visible_to_Microsoft_sellers__c"] = String(row.to.isVisible)
    deal.base["Microsoft help"] = row.from.help.0
    deal.base["Referral visibility"] = String(row.from.isVisible)
    let sent = deal.judged().changes.filter { $0.direction == .toPartnerCenter }
    #expect(sent.map(\.action) == [row.action].compactMap(\.self))
  }
}
