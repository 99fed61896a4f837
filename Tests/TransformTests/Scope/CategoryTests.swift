import Model
import Testing
import Transform

/// Every combination of what decides, against a table written by hand.
@Suite struct CategoryTests {
  private static let own = "11111111-2222-4333-8444-000000000001"
  private static let partner = "11111111-2222-4333-8444-000000000002"

  /// What a row of the table says for one inviter.
  private enum Kind {
    case marketplaceLead, qualifiedLead, shared, own, none
  }

  /// By type and qualification: the kind without inviter, with `msft`, and with a partner as inviter.
  private static let table: [(type: String, qualification: String, kinds: [Kind])] = [
    ("Independent", "Direct", [.marketplaceLead, .marketplaceLead, .none]),
    ("Independent", "SalesQualified", [.none, .qualifiedLead, .own]),
    ("Independent", "MarketingQualified", [.none, .qualifiedLead, .none]),
    ("Independent", "None", [.none, .none, .own]),
    ("Independent", "", [.none, .none, .none]),
    ("Independent", "Platinum", [.none, .none, .none]),
    ("Shared", "Direct", [.none, .none, .none]),
    ("Shared", "SalesQualified", [.shared, .shared, .shared]),
    ("Shared", "MarketingQualified", [.shared, .shared, .shared]),
    ("Shared", "None", [.shared, .shared, .shared]),
    ("Shared", "", [.none, .none, .none]),
    ("Shared", "Platinum", [.none, .none, .none]),
    ("", "SalesQualified", [.none, .none, .none]),
    ("Federated", "Direct", [.none, .none, .none]),
    ("Federated", "SalesQualified", [.none, .none, .none]),
  ]

  /// By help code: whether it is a request for help.
  private static let help = [
    ("", false), ("Unknown", false), ("unknown", false), ("None", false), ("ProofOfConceptOrDemo", true),
    ("QuotesOrLicensing", true),
  ]

  private static func expected(_ kind: Kind, asksHelp: Bool, isVisible: Bool) -> Category? {
    switch (kind, asksHelp, isVisible) {
    case (.none, _, _): nil
    case (.marketplaceLead, _, _): .marketplaceLead
    case (.qualifiedLead, _, _): .qualifiedLead
    case (.shared, _, _), (.own, true, _): .coSell
    case (.own, false, true): .partnerLed
    case (.own, false, false): .privateDeal
    }
  }

  private static func referral(
    _ type: String, _ qualification: String, _ inviter: String, _ help: String, _ visible: String,
    source: String = "", call: String = ""
  ) -> Record {
    Record(
      id: "r",
      shape: Shape(
        kind: .referral,
        columns: [
          "type", "qualification", "inviteContext.invitedBy.organizationId", "inviteContext.assistanceRequestCode",
          "consent.consentToShareReferralWithMicrosoftSellers", "referralSource", "callToAction",
        ]), values: [type, qualification, inviter, help, visible, source, call])
  }

  @Test("R5 R7 R9: type, qualification, inviter, help and visibility together give the category")
  func everyCombination() {
    var seen: [Category?: Int] = [:]
    for row in Self.table {
      for (inviters, kind) in zip([[""], ["msft", "MSFT"], [Self.own, Self.partner]], row.kinds) {
        for inviter in inviters {
          for (help, asksHelp) in Self.help {
            for visible in ["true", "false", ""] {
              let category = Category(of: Self.referral(row.type, row.qualification, inviter, help, visible))
              let expected = Self.expected(kind, asksHelp: asksHelp, isVisible: visible == "true")
              #expect(category == expected, "\(row.type) \(row.qualification) \(inviter) \(help) \(visible)")
              seen[category, default: 0] += 1
            }
          }
        }
      }
    }
    #expect(Set(seen.keys) == Set(Category.allCases.map(Optional.some) + [nil]))
  }

  @Test("R5: case makes no difference")
  func anyCase() {
    #expect(Category(of: Self.referral("INDEPENDENT", "direct", "", "", "")) == .marketplaceLead)
    #expect(Category(of: Self.referral("shared", "SALESQUALIFIED", Self.own, "", "")) == .coSell)
  }

  @Test(
    "R6: neither referralSource nor callToAction takes part",
    arguments: ["Marketplace", "Microsoft", ""], ["ContactMe", "FreeTrial", ""])
  func sourceTakesNoPart(_ source: String, call: String) {
    let own = Self.referral("Independent", "SalesQualified", Self.own, "", "", source: source, call: call)
    let lead = Self.referral("Independent", "Direct", "msft", "", "", source: source, call: call)
    #expect(Category(of: own) == .privateDeal)
    #expect(Category(of: lead) == .marketplaceLead)
  }

  @Test(
    "R3: what the filter keeps out is a lead",
    arguments: [
      (Category.marketplaceLead, true), (.qualifiedLead, true), (.coSell, false), (.partnerLed, false),
      (.privateDeal, false),
    ])
  func leads(_ category: Category, isLead: Bool) {
    #expect(category.isLead == isLead)
  }
}
