package import Model

/// Leave to use a service, with the address under which it serves.
package struct Grant: Sendable, Hashable {
  /// The access token.
  package let token: Secret
  /// What every address begins with: scheme, host and port.
  package let origin: String

  /// A grant for `origin`.
  package init(token: Secret, origin: String) {
    self.token = token
    self.origin = origin
  }
}

/// A way to sign in at a service.
package protocol SignIn: AnyObject {
  /// A grant that should still hold, signing in when there is none.
  func grant() throws(Failure) -> Grant
  /// A new grant in the place of one that the service has refused.
  func renew() throws(Failure) -> Grant
  /// Whether an answer says that the grant has run out, so that a new one would help.
  func isExpired(_ response: Response) -> Bool
}
