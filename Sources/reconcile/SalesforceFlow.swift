import Model
import Wire
import Workspace

/// How to sign in to Salesforce, with the secrets at hand, and where a new refresh token goes.
struct SalesforceFlow {
  let flow: SalesforceSession.Flow
  let persist: (Secret) throws -> Void

  /// The way that a configuration names.
  ///
  /// - Throws: `Failure` for a secret that cannot be read.
  init(_ auth: SalesforceAuth) throws {
    switch auth {
    case .jwt(let username, let key):
      flow = .jwt(username: username, privateKey: try key.resolve())
      persist = { _ in }
    case .clientCredentials(let secret):
      flow = .clientCredentials(secret: try secret.resolve())
      persist = { _ in }
    case .refreshToken(let token, let secret):
      flow = .refreshToken(try token.resolve(), secret: try secret?.resolve() ?? Secret(""))
      persist = { try token.store($0) }
    }
  }
}
