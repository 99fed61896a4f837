/// The ways in which seeded deals differ from a linked pair in sync.
enum DealKind: Sendable {
  /// Both sides, equal on every mapped field.
  case inSync
  /// Both sides, one field empty on exactly one side.
  case oneEmpty
  /// Both sides, one field with two values.
  case different
  /// Both sides, over.
  case closedPair
  /// Both sides; the referral awaits an answer, the opportunity is on hold (R58).
  case onHold

  case newFromMicrosoft
  case partnerLed
  case coSellFromPartnerCenter
  case marketplaceLead
  case qualifiedLead
  case privateDeal
  case closedNeverLinked
  case unknownStatus
  case unknownCategory
  /// The referral names an opportunity that is not there.
  case danglingReference

  case notTicked
  case complete
  case completeWithHelp
  case withoutCountry
  case withoutSolution
  case helpWithoutContact
  case withoutAmount
  /// The opportunity carries the referral identifier of another one.
  case sameReferral

  /// The kind of the n-th linked pair.
  static func linked(_ index: Int) -> DealKind {
    switch index % 40 {
    case 7, 27: .oneEmpty
    case 11: .different
    case 13, 33: .closedPair
    case 21: .onHold
    default: .inSync
    }
  }

  private static let partnerCenterOnly: [DealKind] = [
    .newFromMicrosoft, .partnerLed, .coSellFromPartnerCenter, .marketplaceLead, .qualifiedLead, .privateDeal,
    .closedNeverLinked, .danglingReference, .unknownStatus, .unknownCategory,
  ]
  private static let salesforceOnly: [DealKind] = [
    .complete, .withoutCountry, .withoutSolution, .helpWithoutContact, .withoutAmount, .completeWithHelp,
    .sameReferral,
  ]

  /// The kind of the n-th deal that only Partner Center has; the odd ones come once, the others again and again.
  static func onlyPartnerCenter(_ index: Int) -> DealKind {
    index < partnerCenterOnly.count ? partnerCenterOnly[index] : partnerCenterOnly[index % 7]
  }

  /// The kind of the n-th deal that only Salesforce has: each odd one once, then mostly deals not meant for co-selling.
  static func onlySalesforce(_ index: Int) -> DealKind {
    index < salesforceOnly.count ? salesforceOnly[index] : index % 8 == 0 ? .complete : .notTicked
  }
}
