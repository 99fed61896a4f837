import Foundation
import JSON
package import Model

/// Signs in to Partner Center as application and user, by a refresh token (R121).
///
/// The service may hand out a new refresh token with every sign-in. It is kept before it is used: a token that only
/// this process knows would be lost with it. One refresh token serves all audiences, each with an access token of its
/// own. As a `SignIn` it is the one for referrals.
package final class PartnerCenterTokens: SignIn {
  /// Where and as whom to sign in.
  package struct Settings: Sendable {
    /// The address of the service itself, which the token is for.
    package let apiURL: String
    /// The address of the sign-in service.
    package let loginURL: String
    /// The tenant's id.
    package let tenant: String
    /// The application's id.
    package let clientID: String
    /// The application's secret; empty for a public client.
    package let clientSecret: Secret
    /// The user's refresh token.
    package let refreshToken: Secret
    /// What the token for referrals is asked for.
    package let scope: String
    /// The address of the webhook registrations, which want a token of their own.
    package let webhooksURL: String

    /// The given settings; addresses without a slash at the end.
    package init(
      urls: (api: String, login: String), tenant: String, client: (id: String, secret: Secret), refreshToken: Secret,
      scope: String = Audience.referrals.scope, webhooksURL: String = "https://api.partnercenter.microsoft.com"
    ) {
      apiURL = urls.api
      loginURL = urls.login
      self.tenant = tenant
      clientID = client.id
      clientSecret = client.secret
      self.refreshToken = refreshToken
      self.scope = scope
      self.webhooksURL = webhooksURL
    }
  }

  private let settings: Settings
  private let origins: [Audience: String]
  private let endpoint: TokenEndpoint
  private let pacing: Pacing
  private let persist: (Secret) throws -> Void
  private var refreshToken: Secret
  private var current: [Audience: (grant: Grant, expires: Date)] = [:]

  /// A sign-in over `transport`; `persist` keeps a refresh token for the next run.
  package init(
    _ settings: Settings, transport: RetryingTransport, redaction: Redaction,
    persist: @escaping (Secret) throws -> Void
  ) throws(Failure) {
    guard let api = Address(settings.apiURL), api.isSafe, let login = Address(settings.loginURL), login.isSafe,
      let webhooks = Address(settings.webhooksURL), webhooks.isSafe
    else {
      throw Failure(.plainHTTP, "Partner Center's addresses must be https, or http on this machine")
    }
    self.settings = settings
    self.persist = persist
    origins = [.referrals: api.base, .webhooks: webhooks.base]
    pacing = transport.pacing
    refreshToken = settings.refreshToken
    redaction.learn(settings.clientSecret)
    redaction.learn(settings.refreshToken)
    endpoint = TokenEndpoint(
      side: .partnerCenter, url: login.base + "/\(Address.escaped(settings.tenant))/oauth2/v2.0/token",
      remedy: { EntraRefusal($0).fix },
      transport: transport, redaction: redaction)
  }

  /// The token for referrals in use, or a new one shortly before that one ends.
  package func grant() throws(Failure) -> Grant { try grant(.referrals) }

  /// A new token for referrals; a replaced refresh token has been kept when this returns.
  package func renew() throws(Failure) -> Grant { try renew(.referrals) }

  /// The sign-in for an audience, to be handed to its client.
  package func signIn(for audience: Audience) -> any SignIn { AudienceSignIn(self, audience) }

  func grant(_ audience: Audience) throws(Failure) -> Grant {
    if let current = current[audience], pacing.now() < current.expires { return current.grant }
    return try renew(audience)
  }

  func renew(_ audience: Audience) throws(Failure) -> Grant {
    var form = [
      ("grant_type", "refresh_token"), ("client_id", settings.clientID), ("refresh_token", refreshToken.reveal()),
      ("scope", scope(audience)),
    ]
    if !settings.clientSecret.isEmpty { form.append(("client_secret", settings.clientSecret.reveal())) }
    let answer = try endpoint.ask(form)
    let token = Secret(answer["access_token"]?.stringValue ?? "")
    endpoint.redaction.learn(token)
    if let token = try endpoint.rotated(
      answer, from: refreshToken, key: "partner_center.refresh_token", persist: persist)
    {
      refreshToken = token
    }
    let grant = Grant(token: token, origin: origins[audience] ?? "")
    current[audience] = (grant, pacing.now().addingTimeInterval(Self.lifetime(answer)))
    return grant
  }

  /// Every 401 is worth one new token.
  package func isExpired(_ response: Response) -> Bool { response.status == 401 }

  private func scope(_ audience: Audience) -> String {
    switch audience {
    case .referrals: settings.scope
    case .webhooks: audience.scope
    }
  }

  /// Seconds for which a token is used: two minutes less than it holds.
  ///
  /// `expires_in` is a number or a string.
  private static func lifetime(_ answer: JSONValue) -> TimeInterval {
    let value = answer["expires_in"]
    let seconds = (value?.numberText ?? value?.stringValue).flatMap(Double.init) ?? 3600
    return max(0, min(seconds, 86_400) - 120)
  }
}
