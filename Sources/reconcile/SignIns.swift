import Model
import Wire
import Workspace

// Signing in to both services as the configuration says, with the secrets fetched from where they are kept.

extension PartnerCenterTokens {
  /// A sign-in as a configuration names it; a refresh token that is renewed goes where the old one was.
  ///
  /// `secret` is the app's secret where it was fetched already: a command that prints it may ask a person.
  ///
  /// - Throws: `Failure` for a secret that cannot be read.
  convenience init(
    _ settings: PartnerCenterConfiguration, secret: Secret? = nil,
    wire: (transport: RetryingTransport, redaction: Redaction)
  ) throws {
    try self.init(
      Settings(
        urls: (api: settings.apiURL, login: settings.loginURL), tenant: settings.tenant,
        client: (id: settings.clientID, secret: try secret ?? settings.clientSecret.resolve()),
        refreshToken: try settings.refreshToken.resolve(), webhooksURL: settings.webhookURL),
      transport: wire.transport, redaction: wire.redaction, persist: { try settings.refreshToken.store($0) })
  }
}

extension SalesforceSession {
  /// A sign-in as a configuration names it; a refresh token that is renewed goes where the old one was.
  ///
  /// - Throws: `Failure` for a secret that cannot be read.
  convenience init(
    _ settings: SalesforceConfiguration, wire: (transport: RetryingTransport, redaction: Redaction)
  ) throws {
    let flow: Flow
    var persist: (Secret) throws -> Void = { _ in }
    switch settings.auth {
    case .jwt(let username, let key): flow = .jwt(username: username, privateKey: try key.resolve())
    case .clientCredentials(let secret): flow = .clientCredentials(secret: try secret.resolve())
    case .refreshToken(let token, let secret):
      flow = .refreshToken(try token.resolve(), secret: try secret?.resolve() ?? Secret(""))
      persist = { try token.store($0) }
    }
    try self.init(
      loginURL: settings.loginURL, clientID: settings.clientID, flow: flow, wire: wire, persist: persist)
  }
}

extension RetryPolicy {
  /// What is usual with a service.
  init(for side: Side) {
    switch side {
    case .partnerCenter: self.init()
    case .salesforce: self = .salesforce
    }
  }
}
