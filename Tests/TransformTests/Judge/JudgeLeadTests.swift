import JSON
import Model
import Testing

@testable import Transform

@Suite("Leads that become leads")
struct JudgeLeadTests {
  private static func lead() -> Deal {
    var deal = Deal()
    deal.settings = [.coSellOnly: "No", .leadTarget: "Lead"]
    deal.referral["qualification"] = "Direct"
    deal.referral["inviteContext.invitedBy.organizationId"] = "msft"
    deal.referral["externalReferenceId"] = ""
    return deal
  }

  private static func record(_ texts: [String: String]) -> Record {
    Deal.record(.lead, ["Id": "00Q000000000001AAA", "Status": "Open", "IsConverted": "false"].merging(texts) { $1 })
  }

  @Test("R3 R15 R48 R49: a lead becomes a lead with the customer's contact, and its id goes into the referral")
  func creation() throws {
    var deal = Self.lead()
    deal.defaults = "Lead,LeadSource,Partner\n"
    let verdict = deal.judgedReferral()
    #expect(verdict.finding == "changes N115")
    #expect(
      verdict.lines == [
        "create-lead < R49 N115 normal: Referral_Identifier__c = \(Deal.referralID)",
        "link > CRM identifier R15 R49 N117 normal: the new lead's id",
      ])
    guard case .createLead(let draft)? = verdict.changes.first?.effect else { return #expect(Bool(false), "no draft") }
    let fields = Dictionary(draft.fields.map { ($0.name, $0.value) }) { first, _ in first }
    #expect(fields["LastName"] == #""Bowman""# && fields["Company"] == #""Northwind Traders""#)
    #expect(fields["Country"] == #""DE""# && fields["LeadSource"] == #""Partner""#)
    #expect(fields["Sync_With_Partner_Center__c"] == "true")
  }

  @Test("R49: without Lead target Lead, or with leads kept out, none is made")
  func otherTargets() {
    var deal = Self.lead()
    deal.settings[.leadTarget] = "Opportunity"
    #expect(deal.judgedReferral().changes.first?.action == .createOpportunity)
    deal.settings[.leadTarget] = "skip"
    #expect(deal.judgedReferral().finding == "skipped N105")
    deal.settings = [.leadTarget: "Lead"]
    #expect(deal.judgedReferral().finding == "skipped N105")
  }

  @Test("R49: a lead needs a customer contact with a last name")
  func withoutContact() {
    var deal = Self.lead()
    deal.referral["customerProfile.team"] = ""
    #expect(deal.judgedReferral().finding == "quarantined E709")
  }

  @Test(
    "R14 R18 R19 R22 R56: a lead whose identity is not clear, or whose record is gone, is not made again",
    arguments: [
      (Identity.unknownRecord(named: "00Q000000000009AAA"), "only-partner-center E703"),
      (.orphan(opportunityID: "006000000000009AAA"), "only-partner-center N113"),
      (.duplicate(opportunities: ["006000000000009AAA"], referrals: ["other"]), "error E704"),
      (.disagreement(opportunities: ["006000000000009AAA"]), "error E705"),
      (.alone, "changes N115"),
    ])
  func notAgain(identity: Identity, finding: String) {
    #expect(Self.lead().judgedReferral(identity).finding == finding)
  }

  @Test("R56 R64: no lead is made by a status that is not known, and one that waits for a contact tells until when")
  func waiting() {
    var deal = Self.lead()
    deal.referral["status"] = "Archived"
    #expect(deal.judgedReferral().finding == "quarantined E702")
    (deal.referral["status"], deal.referral["substatus"]) = ("New", "Received")
    deal.referral["customerProfile.team"] = ""
    deal.referral["expirationDateTime"] = "2026-12-06T08:00:00Z"
    #expect(deal.judgedReferral().reason.hasSuffix("; expires 2026-12-06T08:00:00Z"))
  }

  @Test("R49: a lead needs a company")
  func withoutCompany() {
    var deal = Self.lead()
    deal.referral["customerProfile.name"] = ""
    #expect(deal.judgedReferral().finding == "quarantined E728")
  }

  @Test("R53: a lead that is closed already is not created")
  func closed() {
    var deal = Self.lead()
    (deal.referral["status"], deal.referral["substatus"]) = ("Closed", "Lost")
    #expect(deal.judgedReferral().finding == "closed N108")
  }

  @Test("R14 R49: a referral whose lead is there is linked with it and never created again")
  func known() {
    var deal = Self.lead()
    deal.neighbours.leads = [Self.record([:])]
    #expect(
      deal.judgedReferral().lines
        == [#"link > CRM identifier R12 R49 N117 normal: /externalReferenceId = "00Q000000000001AAA""#])
    deal.referral["externalReferenceId"] = "00Q000000000001AAA"
    let verdict = deal.judgedReferral(.unknownRecord(named: "00Q000000000001AAA"))
    #expect(verdict.finding == "in-sync N142" && verdict.lines.isEmpty)
  }

  @Test("R49: a converted lead hands the deal over to its opportunity")
  func converted() {
    var deal = Self.lead()
    deal.referral["externalReferenceId"] = "00Q000000000001AAA"
    deal.neighbours.leads = [Self.record(["IsConverted": "true", "ConvertedOpportunityId": "006000000000001AAA"])]
    #expect(
      deal.judgedReferral(.unknownRecord(named: "00Q000000000001AAA")).lines
        == [#"link > CRM identifier R12 R49 N117 normal: /externalReferenceId = "006000000000001AAA""#])
  }

  @Test("R18: two leads with one referral's id stop it")
  func duplicate() {
    var deal = Self.lead()
    deal.neighbours.leads = [Self.record([:]), Self.record(["Id": "00Q000000000002AAA"])]
    #expect(deal.judgedReferral().finding == "error E704")
  }
}
