import Foundation
import JSON
package import Model

/// Signs in to Partner Center for the first time: a person approves on another device, and a refresh token comes of it.
///
/// Microsoft's page asks the person for password and second factor; this program sees neither.
package final class DeviceSignIn {
  /// Where and as which app to sign in.
  package struct Settings: Sendable {
    /// The address of the sign-in service.
    package let loginURL: String
    /// The tenant's id.
    package let tenant: String
    /// The application's id.
    package let clientID: String
    /// The application's secret; empty for a public client.
    package let clientSecret: Secret

    /// The given settings.
    package init(loginURL: String, tenant: String, clientID: String, clientSecret: Secret) {
      self.loginURL = loginURL
      self.tenant = tenant
      self.clientID = clientID
      self.clientSecret = clientSecret
    }
  }

  private let settings: Settings
  private let codes: TokenEndpoint
  private let tokens: TokenEndpoint

  /// A sign-in over `transport`.
  package init(_ settings: Settings, transport: RetryingTransport, redaction: Redaction) throws(Failure) {
    guard let login = Address(settings.loginURL), login.isSafe else {
      throw Failure(.plainHTTP, "Partner Center's login address must be https, or http on this machine")
    }
    self.settings = settings
    redaction.learn(settings.clientSecret)
    let base = login.base + "/\(Address.escaped(settings.tenant))/oauth2/v2.0"
    func endpoint(_ name: String) -> TokenEndpoint {
      TokenEndpoint(
        side: .partnerCenter, url: "\(base)/\(name)", remedy: { EntraRefusal($0).fix }, transport: transport,
        redaction: redaction)
    }
    codes = endpoint("devicecode")
    tokens = endpoint("token")
  }

  /// Asks for a code that a person can enter.
  package func begin() throws(Failure) -> DeviceCode {
    let response = try codes.post([("client_id", settings.clientID), ("scope", Audience.referrals.scope)])
    guard response.isSuccess else { throw failure(response) }
    guard let answer = TokenEndpoint.body(of: response), let code = DeviceCode(answer, now: pacing.now()) else {
      throw Failure(.malformedAnswer, "Partner Center answered the wish for a device code with something else")
    }
    tokens.redaction.learn(code.secret)
    return code
  }

  /// Asks until the person has decided, and returns the refresh token; nil when `goesOn` has said no before.
  ///
  /// - Throws: `Failure` with `codeExpired`, `signInDeclined`, `applicationRefused` or `refreshTokenMissing` for the ways
  ///   in which it can end otherwise, or with a code of the wire.
  package func wait(for code: DeviceCode, while goesOn: () -> Bool) throws(Failure) -> Secret? {
    var interval = code.interval
    while pause(interval, while: goesOn) {
      guard pacing.now() < code.expires else { throw expired }
      let response = try tokens.post(form(code))
      if response.isSuccess { return try refreshToken(response) }
      // What is wrong with the service, and not with the sign-in, has no name of OAuth.
      guard (400..<500).contains(response.status), response.status != 429 else { throw tokens.failure(response) }
      switch DevicePoll(tokens.refusal(response)) {
      case .pending: continue
      case .tooSoon: interval += 5
      case .expired: throw expired
      case .declined, .appRefused, .refused: throw failure(response)
      }
    }
    return nil
  }

  private var pacing: Pacing { tokens.transport.pacing }

  /// Seconds after which it is looked whether to go on.
  private static let slice = 0.2

  /// Waits so many seconds; false as soon as it shall not go on.
  private func pause(_ seconds: Double, while goesOn: () -> Bool) -> Bool {
    let end = pacing.now().addingTimeInterval(seconds)
    while goesOn() {
      let rest = end.timeIntervalSince(pacing.now())
      guard rest > 0 else { return true }
      pacing.sleep(min(rest, Self.slice))
    }
    return false
  }

  private func form(_ code: DeviceCode) -> [(String, String)] {
    let form = [
      ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("client_id", settings.clientID),
      ("device_code", code.secret.reveal()),
    ]
    return settings.clientSecret.isEmpty ? form : form + [("client_secret", settings.clientSecret.reveal())]
  }

  private func refreshToken(_ response: Response) throws(Failure) -> Secret {
    let answer = TokenEndpoint.body(of: response)
    guard let access = answer?["access_token"]?.stringValue, !access.isEmpty else {
      throw Failure(.malformedAnswer, "Partner Center answered a sign-in with something else than a token")
    }
    tokens.redaction.learn(Secret(access))
    guard let refresh = answer?["refresh_token"]?.stringValue, !refresh.isEmpty else {
      throw Failure(
        .refreshTokenMissing, "Partner Center approved the sign-in without a refresh token",
        fix: "in the Microsoft Entra admin center, App registrations > the app > API permissions: add `offline_access` "
          + "of Microsoft Graph, grant admin consent, then sign in again")
    }
    tokens.redaction.learn(Secret(refresh))
    return Secret(refresh)
  }

  private var expired: Failure {
    Failure(
      .codeExpired, "nobody approved the sign-in before its code was over",
      fix: "run `reconcile login partner-center` again and enter the new code")
  }

  /// The failure of an answer that ends the sign-in.
  private func failure(_ response: Response) -> Failure {
    let failure = tokens.failure(response)
    guard failure.code == .signInRefused else { return failure }
    let refusal = tokens.refusal(response)
    switch DevicePoll(refusal) {
    case .declined:
      return Failure(
        .signInDeclined, "the sign-in was declined: \(refusal)",
        fix: "run `reconcile login partner-center` again and approve it as the user who has the role Referrals admin")
    case .appRefused:
      return Failure(.applicationRefused, "Partner Center refused the app: \(refusal)", fix: failure.fix)
    case .pending, .tooSoon, .expired, .refused: return failure
    }
  }
}
