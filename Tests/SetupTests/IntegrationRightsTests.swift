import Foundation
import Model
import Testing
import Transform

@testable import Setup

@Suite("The rights of the integration user")
struct IntegrationRightsTests {
  @Test("With the starter mapping: what it reads and writes, and nothing else")
  func starter() throws {
    let rights = IntegrationRights(try MetadataPackageTests.starter)
    let written = rights.fields.filter(\.isWritten).map(\.field)
    #expect(
      written == [
        "Account.BillingAddress", "Contact.AccountId", "Contact.Email", "Contact.Phone",
        "Microsoft_Solution_Detail__c.Publisher_Name__c", "Microsoft_Solution_Detail__c.Type__c",
        "Opportunity.AccountId", "Opportunity.Amount", "Opportunity.Audit__c", "Opportunity.Description",
        "Opportunity.How_can_Microsoft_help__c", "Opportunity.Microsoft_CRM_Identifier__c",
        "Opportunity.Referral_Identifier__c", "Opportunity.Referral_Link__c",
        "Opportunity.Referral_visible_to_Microsoft_sellers__c", "Opportunity.Sync_With_Partner_Center__c",
      ])
    #expect(rights.fields.filter { !$0.isWritten } == [])
    let objects = rights.objects.map { right in
      let letters = [(right.creates, "c"), (right.edits, "e"), (right.deletes, "d"), (right.seesAll, "a")]
      return right.object + " " + letters.filter(\.0).map(\.1).joined()
    }
    #expect(
      objects == [
        "Account ca", "Contact ca", "Microsoft_Solution_Detail__c ca", "Microsoft_Solutions__c ced", "Opportunity cea",
      ])
  }

  /// The mapping of the starter with a part of its fields replaced.
  static func edited(_ old: String, _ new: String) throws -> Mapping {
    let fields = try #require(Starters.files["fields.csv"])
    #expect(fields.contains(old))
    return try MetadataPackageTests.mapping(["fields.csv": fields.replacing(old, with: new)])
  }

  /// The mapping of the starter with other settings.
  static func set(_ settings: String) throws -> Mapping {
    try MetadataPackageTests.mapping([
      "settings.csv": "setting,default_value,current_value,description\n" + settings
    ])
  }

  @Test("A field that is never written is read, an own one goes in, one that is emptied goes")
  func follows() throws {
    let read = try Self.edited("Opportunity.Amount,always,", "Opportunity.Amount,never,")
    #expect(IntegrationRights(read).fields.contains { $0.field == "Opportunity.Amount" && !$0.isWritten })
    let own = try Self.edited("statusReason,,never", "statusReason,Opportunity.Loss_Reason__c,never")
    #expect(IntegrationRights(own).fields.contains { $0.field == "Opportunity.Loss_Reason__c" && !$0.isWritten })
    let gone = try Self.edited("Opportunity.Microsoft_CRM_Identifier__c,always", ",always")
    #expect(!IntegrationRights(gone).fields.contains { $0.field.hasSuffix("CRM_Identifier__c") })
  }

  @Test("Accounts are edited only where the mapping writes them later, lines removed only where changes come in")
  func objects() throws {
    let address = try Self.edited("Account.BillingCity,create,", "Account.BillingCity,always,")
    #expect(IntegrationRights(address).objects.contains { $0.object == "Account" && $0.edits })
    let lines = try Self.set("Sync solutions,both,to_partner_center,\n")
    #expect(
      IntegrationRights(lines).objects.contains { $0.object == "Microsoft_Solutions__c" && !$0.deletes && !$0.edits })
  }

  @Test("Leads are given only where referrals become leads")
  func leads() throws {
    let settings = "Sync Co-sell opportunity,Yes,No,\nLead target,Opportunity,Lead,\n"
    let rights = IntegrationRights(try Self.set(settings))
    #expect(rights.objects.contains { $0.object == "Lead" && $0.creates && !$0.edits })
    #expect(
      rights.fields.map(\.field).filter { $0.hasPrefix("Lead.") } == [
        "Lead.Address", "Lead.Description", "Lead.Email", "Lead.Phone", "Lead.Referral_Identifier__c",
        "Lead.Referral_Link__c", "Lead.Sync_With_Partner_Center__c",
      ])
  }

  @Test("A permission set never names what Salesforce refuses in one")
  func deployable() throws {
    let names = CosellField.all.filter { field in
      if case .masterDetail = field.type { true } else { field.isRequired }
    }.map { "\($0.object).\($0.name)" }
    #expect(names.count == 3)
    let fields = IntegrationRights(try MetadataPackageTests.starter).fields.map(\.field)
    for name in names + ["Opportunity.Name", "Opportunity.StageName", "Opportunity.CloseDate", "Account.Name"] {
      #expect(!fields.contains(name), "\(name)")
    }
  }
}
