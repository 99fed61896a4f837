package import Model

/// A setting of `settings.csv`: the connector's environment variables that are not field names, and ours.
package enum Setting: String, CaseIterable, Sendable {
  case marksNames = "Display check mark in the opportunity name"
  case activeStage = "Active stage name"
  case onHoldStage = "On-hold stage name"
  case coSellOnly = "Sync Co-sell opportunity"
  case closedWonStage = "Closed won stage name"
  case closedLostStage = "Closed lost stage name"
  case privateDeals = "Private deals"
  case expiredReferral = "Expired referral"
  case defaultCurrency = "Default currency"
  case closeDateZone = "Close date time zone"
  case leadTarget = "Lead target"
  case agreedToShare = "Customer agreed to share information"
  case agreedToContact = "Customer agreed to be contacted"
  case marketplaceIntent = "Customer marketplace intent"
  case calculatedDealValue = "Deal value is calculated"
  case lostReason = "Lost reason"
  case declinedReason = "Declined reason"
  case referralLink = "Referral link address"
  case syncSolutions = "Sync solutions"
  case syncContacts = "Sync customer contacts"
  case syncTeam = "Sync team"
  case solutionAssessments = "Solution assessments"
  case assessmentIDs = "Solution assessment ids"
  case accountMatch = "Account match"
  case showMicrosoft = "Show Microsoft's side"

  /// The name in the file.
  package var label: String { rawValue }

  /// What is used when the file gives no current value.
  package var defaultValue: String {
    switch self {
    case .marksNames, .coSellOnly: "Yes"
    case .activeStage: "Co-sell Active"
    case .onHoldStage: "Co-sell On Hold"
    case .closedWonStage: "Closed Won"
    case .closedLostStage: "Closed Lost"
    case .privateDeals: PrivateDeals.sync.rawValue
    case .expiredReferral: ExpiredReferral.flag.rawValue
    case .defaultCurrency, .assessmentIDs: ""
    case .closeDateZone: "UTC"
    case .leadTarget: LeadTarget.opportunity.rawValue
    case .agreedToShare, .agreedToContact, .calculatedDealValue: "No"
    case .marketplaceIntent: MarketplaceIntent.undecided.rawValue
    case .lostReason, .declinedReason: "Other"
    case .syncSolutions, .syncTeam: ListRoute.both.rawValue
    case .syncContacts, .showMicrosoft: "Yes"
    case .solutionAssessments: PrivateDeals.skip.rawValue
    case .accountMatch: AccountMatch.nameAndPostalCode.rawValue
    case .referralLink: "https://partner.microsoft.com/dashboard/v2/referrals/opportunities/{id}"
    }
  }

  /// What may stand there.
  var type: SettingType {
    switch self {
    case .marksNames, .coSellOnly, .agreedToShare, .agreedToContact, .calculatedDealValue, .syncContacts,
      .showMicrosoft:
      .words(["Yes", "No"])
    case .activeStage, .onHoldStage, .closedWonStage, .closedLostStage, .lostReason, .declinedReason, .assessmentIDs:
      .text
    case .accountMatch: .words(AccountMatch.allCases.map(\.rawValue))
    case .privateDeals, .solutionAssessments: .words(PrivateDeals.allCases.map(\.rawValue))
    case .expiredReferral: .words(ExpiredReferral.allCases.map(\.rawValue))
    case .syncSolutions, .syncTeam: .words(ListRoute.allCases.map(\.rawValue))
    case .leadTarget: .words(LeadTarget.allCases.map(\.rawValue))
    case .marketplaceIntent: .words(MarketplaceIntent.allCases.map(\.rawValue))
    case .defaultCurrency: .currency
    case .closeDateZone: .timeZone
    case .referralLink: .address
    }
  }
}

/// What happens to deals that Microsoft's sellers neither help with nor see (R8).
package enum PrivateDeals: String, CaseIterable, Sendable {
  case sync
  case skip
}

/// What happens to an opportunity whose referral expired unanswered (R63).
package enum ExpiredReferral: String, CaseIterable, Sendable {
  case close
  case flag
}

/// What a lead becomes in Salesforce (R49).
package enum LeadTarget: String, CaseIterable, Sendable {
  case opportunity = "Opportunity"
  case lead = "Lead"
  case skip
}

/// Which way later changes of a list are carried.
package enum ListRoute: String, CaseIterable, Sendable {
  case both
  case toSalesforce = "to_salesforce"
  case toPartnerCenter = "to_partner_center"
  case never

  /// Whether changes are carried that way.
  package func goes(_ way: ChangeDirection) -> Bool {
    switch (self, way) {
    case (.both, _), (.toSalesforce, .toSalesforce), (.toPartnerCenter, .toPartnerCenter): true
    case (.toSalesforce, .toPartnerCenter), (.toPartnerCenter, .toSalesforce), (.never, _): false
    }
  }
}

/// Whether the customer means to buy through the marketplace (R41).
package enum MarketplaceIntent: String, CaseIterable, Sendable {
  case undecided = "HaveNotDecided"
  case yes = "Yes"
  case no = "No"
}
