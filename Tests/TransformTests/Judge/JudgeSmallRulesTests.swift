import JSON
import Model
import Testing

@testable import Transform

@Suite("Scope, services, stages and what sellers are told")
struct JudgeSmallRulesTests {
  /// A complete opportunity that was never shared.
  private static func unshared() -> Deal {
    var deal = Deal()
    deal.settings = [.agreedToShare: "Yes", .agreedToContact: "Yes"]
    for column in ["Referral_Identifier__c", "Referral_Link__c"] { deal.opportunity[column] = "" }
    deal.opportunity["Referral_visible_to_Microsoft_sellers__c"] = "false"
    return deal
  }

  private static func body(_ deal: Deal) throws -> JSONValue {
    let change = try #require(deal.judgedOpportunity().changes.first)
    guard case .createReferral(let draft)? = change.effect else { throw Failure(.runUnknown, "\(change.reason)") }
    return try JSONValue(parsing: draft.body)
  }

  @Test("R10: a solution assessment is recognised by its solution and left out, unless the setting says sync")
  func assessment() {
    var deal = Deal()
    #expect(deal.judged().finding == "in-sync N101")
    deal.settings[.assessmentIDs] = "SOL-9 sol-1"
    #expect(deal.judged().finding == "skipped N138")
    #expect(deal.judgedReferral().finding == "skipped N138")
    deal.settings[.solutionAssessments] = "sync"
    #expect(deal.judged().finding == "in-sync N101")
  }

  /// The rows by which an org that sells services names its fields.
  private static let services = [
    "Partner role": ["referral_path": "attributes.PartnerRole", "salesforce_field": "Opportunity.Partner_Role__c"],
    "Solution area": ["referral_path": "attributes.SolutionArea", "salesforce_field": "Opportunity.Solution_Area__c"],
    "Solution play": ["referral_path": "attributes.SolutionPlay", "salesforce_field": "Opportunity.Solution_Play__c"],
  ].mapValues { $0.merging(["to_salesforce": "never", "to_partner_center": "create"]) { $1 } }

  @Test("R42: a services deal sends role, area and play as they stand in the org")
  func servicesDeal() throws {
    var deal = Self.unshared()
    deal.fields = Self.services
    deal.opportunity["Partner_Role__c"] = "Solution design"
    deal.opportunity["Solution_Area__c"] = "Data and AI"
    deal.opportunity["Solution_Play__c"] = "Migrate"
    let attributes = try Self.body(deal).at("details.requirements.additionalRequirements.attributes")
    #expect(
      attributes == [
        ["type": "CustomerMarketplaceIntent", "id": "HaveNotDecided"],
        ["type": "PartnerRole", "id": "Solution design"],
        ["type": "SolutionArea", "id": "Data and AI"], ["type": "SolutionPlay", "id": "Migrate"],
      ])
  }

  @Test("R42: with only some of the three, the deal is set aside with what is missing")
  func incompleteServices() {
    var deal = Self.unshared()
    deal.fields = Self.services
    deal.opportunity["Partner_Role__c"] = "Solution design"
    let verdict = deal.judgedOpportunity()
    #expect(verdict.finding == "quarantined E731")
    #expect(verdict.reason == "a services deal needs SolutionArea and SolutionPlay as well")
    deal.opportunity["Partner_Role__c"] = ""
    #expect(deal.judgedOpportunity().code == .newFromSalesforce)
  }

  @Test("R71 R72: the sales stage is a text that a file of values maps, several stages to one")
  func salesStage() throws {
    var deal = Deal()
    deal.fields["Sales stage"] = [
      "salesforce_field": "Opportunity.StageName", "transform": "map:sales-stages.csv",
    ]
    deal.referral["salesStage"] = "Qualify"
    deal.base["Sales stage"] = "Qualify"
    for stage in ["Prospecting", "Qualification"] {
      deal.opportunity["StageName"] = stage
      #expect(deal.judged().lines.isEmpty, "\(stage)")
    }
    deal.opportunity["StageName"] = "Needs Analysis"
    #expect(
      deal.judged().lines == ["update > Sales stage R82 N103 normal: /salesStage = \"Develop\""])
  }

  @Test("R25 R106 R108: why a ticked deal is not sent is told in the opportunity, once for every reason")
  func told() throws {
    var deal = Self.unshared()
    deal.opportunity["Account.BillingCountry"] = ""
    let first = deal.judgedOpportunity()
    #expect(first.finding == "quarantined E706")
    let row = try #require(first.changes.first)
    #expect(first.changes.count == 1 && row.action == .mark && row.rule == "R25 R106")
    let reason = try #require(row.settles[MarkDraft.told])
    #expect(reason == first.reason)
    #expect(deal.judgedOpportunity(told: reason).changes.isEmpty)
    #expect(deal.judgedOpportunity(told: reason).isSettled)
    deal.opportunity["Opportunity_To_Microsoft_Solutions__r"] = ""
    #expect(deal.judgedOpportunity(told: reason).changes.count == 1)
  }

  @Test("R38: a customer that moved in Salesforce is reported with both values and never sent")
  func location() {
    var deal = Deal()
    deal.opportunity["Account.BillingCity"] = "Berlin"
    let verdict = deal.judged()
    #expect(verdict.finding == "skipped E722")
    #expect(verdict.reason == "Customer city is \"Munich\" in Partner Center and \"Berlin\" in Salesforce")
  }

  @Test("R45 R47: the row says by what the account was found, as the setting has it")
  func accountMatch() throws {
    var deal = Deal()
    deal.neighbours.accounts = [Deal.record(.account, ["Id": "001X", "Name": "Northwind Traders"])]
    #expect(try #require(deal.judgedReferral().changes.first).reason.contains("matches by name and postal code"))
    deal.settings[.accountMatch] = "name"
    #expect(try #require(deal.judgedReferral().changes.first).reason.hasSuffix("the account that matches by name"))
  }

  @Test("a referral needs the customer's street and city")
  func address() {
    var deal = Self.unshared()
    deal.opportunity["Account.BillingCity"] = ""
    #expect(deal.judgedOpportunity().finding == "quarantined E730")
  }

  @Test("R95: the old list of products cannot be mapped")
  func products() {
    let row = "Products,details.requirements.products,Opportunity.Products__c,always,always,text,hold,keep,\n"
    guard case .failure(let mistakes) = load(starter("fields.csv", adding: row)) else {
      Issue.record("no mistake")
      return
    }
    #expect(mistakes.diagnostics.map(\.code) == [.mappingUnknownField])
  }

  @Test("R33: a created deal is accepted from the start, so that the pair is settled at once")
  func accepted() {
    var deal = Deal()
    (deal.referral["status"], deal.referral["substatus"]) = ("Active", "Accepted")
    deal.opportunity["StageName"] = "Prospecting"
    #expect(deal.judged().finding == "in-sync N101")
  }
}
