import Foundation
import JSON
import Model
import Testing
import Transform

@Suite struct ReferralCreationTests {
  /// An opportunity that is ticked, complete and not shared yet.
  private static func unshared(_ change: (inout Deal) -> Void = { _ in }) -> Deal {
    var deal = Deal()
    deal.settings = [.agreedToShare: "Yes", .agreedToContact: "Yes"]
    deal.opportunity["Referral_Identifier__c"] = ""
    deal.opportunity["Referral_Link__c"] = ""
    change(&deal)
    return deal
  }

  private static func isPrivate(_ deal: inout Deal) {
    deal.opportunity["Referral_visible_to_Microsoft_sellers__c"] = "false"
  }

  private static func asksHelp(_ deal: inout Deal) {
    deal.opportunity["How_can_Microsoft_help__c"] = "Quotes or Licensing"
  }

  static let problems: [DealCase] = [
    DealCase("R25: no solution", "E708", ["solution id required"]) {
      $0.opportunity["Opportunity_To_Microsoft_Solutions__r"] = ""
    },
    DealCase("R25: no country", "E706", ["customer account country code missing"]) {
      $0.opportunity["Account.BillingCountry"] = " "
    },
    DealCase("R24: a country that is none", "E707", ["country code invalid"]) {
      $0.opportunity["Account.BillingCountry"] = "Atlantis"
    },
    DealCase("R26: help without contact", "E709", ["no customer contact"]) {
      asksHelp(&$0)
      $0.opportunity["OpportunityContactRoles"] = ""
    },
    DealCase("R28: no value", "E711", ["deal value missing"]) { $0.opportunity["Amount"] = "" },
    DealCase("R29: value 0", "E711", ["deal value missing"]) { $0.opportunity["Amount"] = "0.0" },
    DealCase("R28: value below 0", "E711", ["deal value missing"]) { $0.opportunity["Amount"] = "-1" },
    DealCase("R28: a value that is no number", "E711", ["deal value missing"]) { $0.opportunity["Amount"] = "1,5" },
    DealCase("R28: no close date", "E712", ["closing date missing"]) { $0.opportunity["CloseDate"] = "" },
    DealCase("R28: a close date that is none", "E712", ["closing date missing"]) {
      $0.opportunity["CloseDate"] = "2026-02-30"
    },
    DealCase("R30: no currency", "E713", ["currency missing"]) { $0.opportunity["CurrencyIsoCode"] = "" },
    DealCase("R30: a currency that is none", "E713", ["currency missing"]) {
      $0.opportunity["CurrencyIsoCode"] = "EURO"
    },
    DealCase("R31: an owner without phone", "E714", ["owner needs"]) { $0.opportunity["Owner.Phone"] = "" },
    DealCase("R31: an owner without first name", "E714", ["owner needs"]) { $0.opportunity["Owner.FirstName"] = "" },
    DealCase("R31: an owner without last name", "E714", ["owner needs"]) { $0.opportunity["Owner.LastName"] = "" },
    DealCase("R31: an owner without e-mail", "E714", ["owner needs"]) { $0.opportunity["Owner.Email"] = "" },
    DealCase("R40: nobody stated consent", "E718", ["Customer agreed"]) { $0.settings[.agreedToShare] = nil },
    DealCase("R40: nobody stated consent to be contacted", "E718", ["agreed"]) {
      $0.settings[.agreedToContact] = "No"
    },
    DealCase("no name", "E728", ["no name"]) { $0.opportunity["Name"] = "" },
    DealCase("R104: a mark is no name", "E728", ["no name"]) { $0.opportunity["Name"] = " ✔ " },
    DealCase("R9: help that the map does not know", "E719", ["Microsoft help"]) {
      $0.opportunity["How_can_Microsoft_help__c"] = "Magic"
    },
    DealCase(
      "R25: everything at once, the most basic first", "E708",
      [
        "solution id", "country code missing", "deal value", "closing date", "currency", "owner", "Customer agreed",
      ]
    ) {
      for column in ["Opportunity_To_Microsoft_Solutions__r", "Account.BillingCountry", "Amount", "CloseDate"] {
        $0.opportunity[column] = ""
      }
      $0.opportunity["CurrencyIsoCode"] = ""
      $0.opportunity["Owner.Email"] = ""
      $0.settings[.agreedToShare] = nil
    },
  ]

  @Test("R24–R31 R40: what is missing is named, and nothing is sent", arguments: problems)
  func missing(_ sample: DealCase) {
    let verdict = Self.unshared(sample.change).judgedOpportunity()
    #expect(verdict.finding == "quarantined " + sample.finding, "\(verdict.reason)")
    for text in sample.lines { #expect(verdict.reason.contains(text), "\(verdict.reason)") }
    #expect(verdict.reason.components(separatedBy: "; ").count == sample.lines.count, "\(verdict.reason)")
    #expect(verdict.changes.allSatisfy { $0.action == .mark && $0.direction == .toSalesforce })
  }

  @Test("R27: with help, a contact needs all four", arguments: ["firstName", "lastName", "phone", "email"])
  func incompleteContact(_ name: String) throws {
    var contacts = try JSONValue(parsing: Deal.contactsInSalesforce).arrayValue?.first?.objectValue ?? []
    contacts.removeAll { $0.name == name }
    let text = JSONValue.array([.object(contacts)]).text
    let asked = Self.unshared {
      Self.asksHelp(&$0)
      $0.opportunity["OpportunityContactRoles"] = text
    }
    #expect(asked.judgedOpportunity().finding == "quarantined E710")
    let unasked = Self.unshared { $0.opportunity["OpportunityContactRoles"] = text }
    #expect(unasked.judgedOpportunity().finding == "held N116")
  }

  @Test("R26: without help a contact is optional")
  func noContact() throws {
    let deal = Self.unshared { $0.opportunity["OpportunityContactRoles"] = "" }
    #expect(deal.judgedOpportunity().finding == "held N116")
    #expect(try Self.body(deal).at("customerProfile.team") == nil)
  }

  @Test("R85: the setting gives the currency of an org that has only one")
  func defaultCurrency() throws {
    let deal = Self.unshared {
      $0.settings[.defaultCurrency] = "CHF"
      $0.fields["Deal value currency code"] = ["salesforce_field": ""]
    }
    #expect(deal.judgedOpportunity().finding == "held N116")
    #expect(try Self.body(deal).at("details.currency") == "CHF")
  }

  private static func draft(_ deal: Deal) throws -> ReferralDraft {
    let change = try #require(deal.judgedOpportunity().changes.first)
    guard case .createReferral(let draft) = change.effect else {
      Issue.record("no referral is created")
      throw Failure(.runUnknown, "no draft")
    }
    return draft
  }

  private static func body(_ deal: Deal) throws -> JSONValue { try JSONValue(parsing: try draft(deal).body) }

  private static let common: [(String, JSONValue)] = [
    ("name", "Northwind rollout"), ("externalReferenceId", .string(Deal.opportunityID)),
    ("qualification", "SalesQualified"), ("details.dealValue", .number("100000")), ("details.currency", "EUR"),
    ("details.closingDateTime", "2026-12-31T00:00:00Z"), ("details.notes", "Phase one"),
    ("customerProfile.name", "Northwind Traders"), ("customerProfile.address.addressLine1", "Hauptstr. 1"),
    ("customerProfile.address.city", "Munich"), ("customerProfile.address.state", "BY"),
    ("customerProfile.address.postalCode", "80331"), ("customerProfile.address.country", "DE"),
    ("consent.consentToToShareInfoWithOthers", true), ("consent.consentToContact", true),
    ("team", [["firstName": "Kim", "lastName": "Akers", "phoneNumber": "+49 89 1", "email": "kim@example.com"]]),
    (
      "customerProfile.team",
      [["firstName": "Ana", "lastName": "Bowman", "phoneNumber": "+49 89 2", "email": "ana@example.com"]]
    ),
    (
      "details.requirements.solutions",
      [["type": "Name", "id": "SOL-1", "name": "Rollout kit", "publisherName": "Contoso", "solutionType": "IP"]]
    ),
    (
      "details.requirements.additionalRequirements.attributes",
      [["type": "CustomerMarketplaceIntent", "id": "HaveNotDecided"]]
    ),
  ]

  /// What differs between the three kinds of deal: how it is proposed, and members of the body.
  private static let kinds: [(String, @Sendable (inout Deal) -> Void, String, [(String, JSONValue)])] = [
    (
      "private", { isPrivate(&$0) }, "create-referral > R24 N116 normal: body",
      [
        ("type", "Independent"), ("consent.consentToShareReferralWithMicrosoftSellers", false), ("target", []),
      ]
    ),
    (
      "partner-led", { _ in }, "create-referral > R24 N116 irreversible: body",
      [
        ("type", "Independent"), ("consent.consentToShareReferralWithMicrosoftSellers", true), ("target", []),
      ]
    ),
    (
      "co-sell",
      {
        asksHelp(&$0)
        isPrivate(&$0)
      }, "create-referral > R36 N116 irreversible: body",
      [
        ("type", "Shared"), ("consent.consentToShareReferralWithMicrosoftSellers", true),
        ("inviteContext.assistanceRequestCode", "QuotesOrLicensing"),
        ("target", [["type": "SolutionProfile", "id": "SOL-1"]]),
      ]
    ),
  ]

  @Test("R32 R34 R35: the body of a private, a partner-led and a co-sell deal", arguments: kinds.indices)
  func bodies(_ index: Int) throws {
    let (kind, change, line, members) = Self.kinds[index]
    let deal = Self.unshared(change)
    let verdict = deal.judgedOpportunity()
    #expect(verdict.finding == (kind == "private" ? "changes N116" : "held N116"))
    #expect(verdict.changes.first?.new == kind)
    #expect(
      verdict.lines == [
        line,
        "link < Referral identifier R12 R21 N117 normal: Referral_Identifier__c, Referral_Link__c = "
          + "https://partner.microsoft.com/dashboard/v2/referrals/opportunities/{id}",
      ])
    #expect(verdict.isMarked)
    let body = try Self.body(deal)
    for (path, value) in Self.common + members { #expect(body.at(path) == value, "\(path)") }
    #expect(try Self.draft(deal).externalReferenceID == Deal.opportunityID)
    #expect(try (Self.draft(deal).connected != nil) == (kind == "co-sell"))
  }

  @Test("R36: help means a second referral that aims at Microsoft and claims no opportunity")
  func connected() throws {
    let draft = try Self.draft(Self.unshared { Self.asksHelp(&$0) })
    let body = try JSONValue(parsing: try #require(draft.connected))
    #expect(body.at("target") == [["type": "BusinessProfileLocation", "id": "msft"]])
    #expect(body.at("inviteContext.invitedBy.organizationId") == .string(Deal.own))
    #expect(body.at("inviteContext.assistanceRequestCode") == "QuotesOrLicensing")
    #expect(body.at("externalReferenceId") == nil)
    #expect(body.at("status") == "New")
    #expect(body.at("substatus") == "Pending")
    #expect(body.at("consent.consentToShareReferralWithMicrosoftSellers") == true)
  }

  @Test("R41: the marketplace answer comes from the setting")
  func intent() throws {
    let body = try Self.body(Self.unshared { $0.settings[.marketplaceIntent] = "Yes" })
    let attributes = body.at("details.requirements.additionalRequirements.attributes")
    #expect(attributes == [["type": "CustomerMarketplaceIntent", "id": "Yes"]])
  }

  @Test("R113: once created, what was sent is the base")
  func settles() throws {
    let settles = try #require(Self.unshared().judgedOpportunity().changes.first).settles
    var expected = Deal.agreed.filter { !$0.value.isEmpty }
    // Salesforce learns these from the answer.
    expected["Referral identifier"] = nil
    expected["Referral link"] = nil
    expected["Team kim@example.com"] = "yes"
    #expect(settles == expected)
  }

  @Test("a solution with two lines and a contact with two roles go out once")
  func twins() throws {
    let deal = Self.unshared { deal in
      for name in ["Opportunity_To_Microsoft_Solutions__r", "OpportunityContactRoles"] {
        let element = (deal.opportunity[name] ?? "").dropFirst().dropLast()
        deal.opportunity[name] = "[\(element),\(element)]"
      }
    }
    let effect = deal.judgedOpportunity().changes.first?.effect
    let draft: ReferralDraft? = if case .createReferral(let draft) = effect { draft } else { nil }
    let body = try JSONValue(parsing: try #require(draft).body)
    #expect(body.at("details.requirements.solutions")?.arrayValue?.count == 1)
    #expect(body.at("customerProfile.team")?.arrayValue?.count == 1)
  }
}
