import Model

/// What a token of Partner Center is good for: its hosts take no token that was issued for another one.
package enum Audience: String, CaseIterable, Hashable, Sendable {
  /// The referrals.
  case referrals
  /// The registrations of webhooks.
  case webhooks

  /// What the sign-in service is asked for: a token for the host, and a refresh token beside it.
  package var scope: String {
    switch self {
    case .referrals: "https://api.partner.microsoft.com/.default offline_access"
    case .webhooks: "https://api.partnercenter.microsoft.com/.default offline_access"
    }
  }
}

/// The sign-in for one audience, out of the one refresh token that all share.
final class AudienceSignIn: SignIn {
  private let tokens: PartnerCenterTokens
  private let audience: Audience

  init(_ tokens: PartnerCenterTokens, _ audience: Audience) {
    self.tokens = tokens
    self.audience = audience
  }

  func grant() throws(Failure) -> Grant { try tokens.grant(audience) }

  func renew() throws(Failure) -> Grant { try tokens.renew(audience) }

  func isExpired(_ response: Response) -> Bool { tokens.isExpired(response) }
}
