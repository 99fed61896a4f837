/// What Partner Center raises events about, as far as referrals go.
package enum WebhookEvent: String, CaseIterable, Sendable {
  /// A referral of the own organization was created.
  case referralCreated = "referral-created"
  /// A referral of the own organization was changed.
  case referralUpdated = "referral-updated"
  /// Another party's record of the same engagement was created.
  case relatedReferralCreated = "related-referral-created"
  /// Another party's record of the same engagement was changed.
  case relatedReferralUpdated = "related-referral-updated"
  /// Somebody asked for an event, to see whether it arrives.
  case testCreated = "test-created"

  /// Whether it tells of a referral.
  package var isAboutReferral: Bool {
    switch self {
    case .referralCreated, .referralUpdated, .relatedReferralCreated, .relatedReferralUpdated: true
    case .testCreated: false
    }
  }
}
