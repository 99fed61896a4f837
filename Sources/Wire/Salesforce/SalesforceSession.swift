import JSON
package import Model

/// Signs in to Salesforce as an unattended user.
///
/// The answer names the address under which the org serves; it may differ from sign-in to sign-in.
package final class SalesforceSession: SignIn {
  /// How to sign in.
  package enum Flow: Sendable {
    /// By a statement signed with the RSA key in PEM form whose certificate the app holds. `audience` is nil for the
    /// one that goes with the login address.
    case jwt(username: String, privateKey: Secret, audience: String? = nil)
    /// By the app's own secret; the app has a user to run as.
    case clientCredentials(secret: Secret)
    /// By a user's refresh token; the secret is empty for a public client.
    case refreshToken(Secret, secret: Secret)
  }

  private let clientID: String
  private let login: Address
  private let flow: Flow
  private let endpoint: TokenEndpoint
  private let persist: (Secret) throws -> Void
  private var refreshToken: Secret?
  private var current: Grant?

  /// The id of the user as whom this signed in last; nil before, and where Salesforce did not tell.
  package private(set) var userID: String?

  /// A session of the app `clientID` by way of `loginURL`; `persist` keeps a refresh token that has been replaced.
  package init(
    loginURL: String, clientID: String, flow: Flow, wire: (transport: RetryingTransport, redaction: Redaction),
    persist: @escaping (Secret) throws -> Void = { _ in }
  ) throws(Failure) {
    guard let login = Address(loginURL), login.isSafe else {
      throw Failure(.plainHTTP, "Salesforce's login address must be https, or http on this machine")
    }
    self.login = login
    self.clientID = clientID
    self.flow = flow
    self.persist = persist
    endpoint = TokenEndpoint(
      side: .salesforce, url: login.base + "/services/oauth2/token",
      remedy: { SalesforceRefusal($0).fix },
      transport: wire.transport, redaction: wire.redaction)
    switch flow {
    case .jwt(_, let key, _): wire.redaction.learn(key)
    case .clientCredentials(let secret): wire.redaction.learn(secret)
    case .refreshToken(let token, let secret):
      refreshToken = token
      wire.redaction.learn(token)
      wire.redaction.learn(secret)
    }
  }

  /// The app, and the user where the flow names one: what a user sees of an org depends on both.
  var identity: String {
    switch flow {
    case .jwt(let username, _, _): clientID + "\n" + username
    case .clientCredentials, .refreshToken: clientID
    }
  }

  /// The token in use; Salesforce does not tell when it ends.
  package func grant() throws(Failure) -> Grant {
    if let current { return current }
    return try renew()
  }

  /// A new token, and the org's address with it.
  package func renew() throws(Failure) -> Grant {
    let answer = try endpoint.ask(try form())
    let token = Secret(answer["access_token"]?.stringValue ?? "")
    endpoint.redaction.learn(token)
    if let token = try endpoint.rotated(answer, from: refreshToken, key: "salesforce.refresh_token", persist: persist) {
      refreshToken = token
    }
    guard let instance = answer["instance_url"]?.stringValue.flatMap(Address.init), instance.isSafe else {
      throw Failure(.malformedAnswer, "Salesforce answered a sign-in without an https address of the org")
    }
    // …/id/{organization}/{user}
    userID = answer["id"]?.stringValue?.split(separator: "/").last.map(String.init)
    let grant = Grant(token: token, origin: instance.origin)
    current = grant
    return grant
  }

  /// A session that has ended is worth a new token; two refusals under the same code are not, and would recur for ever.
  package func isExpired(_ response: Response) -> Bool {
    guard response.status == 401 else { return false }
    guard let body = try? JSONValue(parsing: response.body, limit: 1 << 20) else { return false }
    let error = body.arrayValue?.first ?? body
    guard let code = error["errorCode"]?.stringValue, SalesforceCode.named(code)?.code == .signInRefused,
      code.uppercased() != "INVALID_AUTH_HEADER"
    else { return false }
    switch error["message"]?.stringValue {
    case "This session is not valid for use with the REST API", "Connected app is not attached to Agent": return false
    case .some, nil: return true
    }
  }

  private func form() throws(Failure) -> [(String, String)] {
    switch flow {
    case .jwt(let username, let privateKey, let audience):
      let claims = JWTAssertion.Claims(
        clientID: clientID, username: username, audience: audience ?? self.audience,
        now: endpoint.transport.pacing.now())
      let assertion = try JWTAssertion.signed(claims, privateKey: privateKey)
      endpoint.redaction.learn(assertion)
      return [("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", assertion.reveal())]
    case .clientCredentials(let secret):
      return [
        ("grant_type", "client_credentials"), ("client_id", clientID), ("client_secret", secret.reveal()),
      ]
    case .refreshToken(let first, let secret):
      let token = refreshToken ?? first
      let form = [
        ("grant_type", "refresh_token"), ("refresh_token", token.reveal()), ("client_id", clientID),
      ]
      return secret.isEmpty ? form : form + [("client_secret", secret.reveal())]
    }
  }

  /// The login host that a statement is addressed to: a My Domain host belongs to one of the two.
  private var audience: String {
    guard login.host.hasSuffix(".my.salesforce.com") else { return login.origin }
    let isSandbox = login.host.hasSuffix(".sandbox.my.salesforce.com")
    return isSandbox ? "https://test.salesforce.com" : "https://login.salesforce.com"
  }
}
