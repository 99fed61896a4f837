import Model

/// What an answer of the token endpoint means while a person decides (RFC 8628, section 3.5).
enum DevicePoll: Hashable {
  /// Nobody has decided yet.
  case pending
  /// The same, and the question came too soon.
  case tooSoon
  /// Nobody decided in time.
  case expired
  /// The person, or a policy in their place, said no.
  case declined
  /// The app may not sign in this way, or its secret is wrong.
  case appRefused
  /// Anything else that the service refuses for.
  case refused

  /// The meaning of a refusal; Microsoft Entra has names of its own for two of the standard's.
  init(_ refusal: TokenRefusal) {
    switch refusal.error {
    case "authorization_pending": self = .pending
    case "slow_down": self = .tooSoon
    case "expired_token", "code_expired": self = .expired
    case "access_denied", "authorization_declined": self = .declined
    case "invalid_client", "unauthorized_client", "unsupported_grant_type": self = .appRefused
    case _: self = .refused
    }
  }
}
