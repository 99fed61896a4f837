package import Model

/// What kind of deal a referral is.
package enum Category: String, CaseIterable, Sendable {
  /// Help of Microsoft is asked for, or both parties share the deal.
  case coSell = "co-sell"
  /// No help, visible to Microsoft's sellers: *pipeline sharing*.
  case partnerLed = "partner-led"
  /// No help, not visible.
  case privateDeal = "private"
  /// A customer asked through a marketplace.
  case marketplaceLead = "marketplace-lead"
  /// Microsoft passed a lead on.
  case qualifiedLead = "qualified-lead"

  /// The category by `type`, `qualification` and inviter together; nil when they fit none, which is never guessed (R9).
  ///
  /// Neither `referralSource` nor `callToAction` takes part (R6). A `Shared` record is a co-sell deal whoever invited.
  package init?(of referral: Record) {
    let type = referral[.type].lowercased()
    let qualification = referral[.qualification].lowercased()
    let inviter = referral[.inviter].lowercased()
    switch (type, qualification) {
    case ("independent", "direct") where inviter == "msft" || inviter.isEmpty:
      self = .marketplaceLead
    case ("independent", "salesqualified"), ("independent", "marketingqualified"):
      if inviter == "msft" {
        self = .qualifiedLead
      } else if qualification == "salesqualified", !inviter.isEmpty {
        self = Category(ownDeal: referral)
      } else {
        return nil
      }
    case ("independent", "none") where !inviter.isEmpty && inviter != "msft":
      self = Category(ownDeal: referral)
    case ("shared", "salesqualified"), ("shared", "none"), ("shared", "marketingqualified"):
      self = .coSell
    default:
      return nil
    }
  }

  /// Private, partner-led or co-sell, by help and visibility (R7).
  private init(ownDeal referral: Record) {
    let help = referral[.help].lowercased()
    let isVisible = referral[.visibility] == "true"
    if !help.isEmpty && help != "unknown" && help != "none" {
      self = .coSell
    } else {
      self = isVisible ? .partnerLed : .privateDeal
    }
  }

  /// Whether the deal is a lead, which *Sync Co-sell opportunity* keeps out of Salesforce (R3).
  package var isLead: Bool {
    switch self {
    case .marketplaceLead, .qualifiedLead: true
    case .coSell, .partnerLed, .privateDeal: false
    }
  }
}
