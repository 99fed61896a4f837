package import Model

/// The values in force of all settings.
package struct Settings: Hashable, Sendable {
  private let values: [Setting: String]
  /// The line and the cell in `settings.csv` of each value that is not the default.
  let places: [Setting: Place]

  /// Where a value stands, from 1.
  struct Place: Hashable, Sendable {
    let line: Int
    let column: Int
  }

  /// The values of the file, in canonical spelling; a missing or empty one means the default.
  init(_ current: [Setting: String], places: [Setting: Place] = [:]) {
    values = current.filter { !$0.value.isEmpty }
    self.places = places
  }

  /// The settings as shipped.
  package static let shipped = Settings([:])

  /// The text in force of a setting.
  package subscript(setting: Setting) -> String {
    values[setting] ?? setting.defaultValue
  }

  /// Whether names carry a check or cross mark (R102).
  package var marksNames: Bool { isYes(.marksNames) }
  /// Stage of an accepted referral's opportunity (R44).
  package var activeStage: String { self[.activeStage] }
  /// Stage of a new referral's opportunity (R43).
  package var onHoldStage: String { self[.onHoldStage] }
  /// Whether leads stay out (R3).
  package var coSellOnly: Bool { isYes(.coSellOnly) }
  /// Stage of a won deal (R69).
  package var closedWonStage: String { self[.closedWonStage] }
  /// Stage of a lost deal (R69).
  package var closedLostStage: String { self[.closedLostStage] }
  /// What happens to private deals (R8).
  package var privateDeals: PrivateDeals { PrivateDeals(rawValue: self[.privateDeals]) ?? .sync }
  /// What happens when a referral expired (R63).
  package var expiredReferral: ExpiredReferral { ExpiredReferral(rawValue: self[.expiredReferral]) ?? .flag }
  /// The currency of an org that has only one; no value when the org has its own field (R85).
  package var defaultCurrency: Value { Value(self[.defaultCurrency]) }
  /// The zone in which a moment becomes a day (R97).
  package var closeDateZone: DayZone { DayZone(self[.closeDateZone]) }
  /// What a lead becomes (R49).
  package var leadTarget: LeadTarget { LeadTarget(rawValue: self[.leadTarget]) ?? .opportunity }
  /// Whether leads come in, and become leads (R3, R49).
  package var makesLeads: Bool { !coSellOnly && leadTarget == .lead }
  /// The partner's statement that the customer agreed to share information; never true unless a person wrote it (R40).
  package var agreedToShare: Bool { isYes(.agreedToShare) }
  /// The partner's statement that the customer agreed to be contacted; never true unless a person wrote it (R40).
  package var agreedToContact: Bool { isYes(.agreedToContact) }
  /// The answer about the marketplace (R41).
  package var marketplaceIntent: MarketplaceIntent {
    MarketplaceIntent(rawValue: self[.marketplaceIntent]) ?? .undecided
  }
  /// Whether the deal value field is a formula, which cannot be written (R29).
  package var hasCalculatedDealValue: Bool { isYes(.calculatedDealValue) }
  /// The reason of a lost deal that gives none (R68).
  package var lostReason: String { self[.lostReason] }
  /// The reason of a declined referral that gives none (R60).
  package var declinedReason: String { self[.declinedReason] }

  /// Which solutions are assessments, in lower case (R10).
  ///
  /// Nothing in a referral tells them from other solutions.
  package var assessmentIDs: Set<String> {
    Set(self[.assessmentIDs].lowercased().split(separator: " ").map(String.init))
  }
  /// Whether solution assessments are left out (R10).
  package var skipsAssessments: Bool { self[.solutionAssessments] == PrivateDeals.skip.rawValue }
  /// Whether Microsoft's records of the deals are read and shown (R74).
  package var showsMicrosoft: Bool { isYes(.showMicrosoft) }
  /// By what a customer's account is found (R47).
  package var accountMatch: AccountMatch { AccountMatch(rawValue: self[.accountMatch]) ?? .nameAndPostalCode }
  /// Which way later changes of a deal's solutions go (R93).
  package var syncSolutions: ListRoute { ListRoute(rawValue: self[.syncSolutions]) ?? .both }
  /// Which way new members of a deal's team go (R91).
  package var syncTeam: ListRoute { ListRoute(rawValue: self[.syncTeam]) ?? .both }
  /// Whether a customer's contacts that come up in Partner Center are attached to the opportunity (R50).
  package var syncsContacts: Bool { isYes(.syncContacts) }

  /// The address of a referral in the portal (R21).
  package func referralLink(id: String) -> String {
    self[.referralLink].replacing("{id}", with: id)
  }

  private func isYes(_ setting: Setting) -> Bool { self[setting] == "Yes" }
}
