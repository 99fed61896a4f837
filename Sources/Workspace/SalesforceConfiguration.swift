package import Model

/// Where Salesforce is and as whom to sign in.
package struct SalesforceConfiguration: Sendable {
  /// The address of the sign-in service, without a slash at the end.
  package let loginURL: String
  /// The consumer key of the connected app.
  package let clientID: String
  /// How to sign in.
  package let auth: SalesforceAuth
  /// The version of the API: `62.0`.
  package let apiVersion: String
  /// Which opportunities are read.
  package let scope: SalesforceScope
  /// How an update makes sure that nobody changed the record since the snapshot.
  package let writeGuard: WriteGuard
  /// Rows above which a query becomes a job of the Bulk API, 1 or more.
  package let bulkReadThreshold: Int
  /// Records from which on re-read updates become a job of the Bulk API, 1 or more.
  package let bulkWriteThreshold: Int
  /// The share of the org's daily API calls, in percent, at which a run stops; all programs' calls count.
  package let maximumUsagePercent: Int
  /// Requests that a run may send, 1 or more (R124).
  package let maximumRequests: Int
}

/// How to sign in to Salesforce, with what that needs.
package enum SalesforceAuth: Sendable {
  /// A signed assertion for a user.
  case jwt(username: String, privateKey: CredentialReference)
  /// The app's own user.
  case clientCredentials(clientSecret: CredentialReference)
  /// A user's refresh token; the secret where the app demands one.
  case refreshToken(CredentialReference, clientSecret: CredentialReference?)

  /// The words of the key `auth`.
  package enum Method: String, CaseIterable, Sendable {
    case jwt
    case clientCredentials = "client-credentials"
    case refreshToken = "refresh-token"

    /// The keys that the method cannot do without, besides the client's id.
    var keys: [ConfigurationKey] {
      switch self {
      case .jwt: [.salesforceUser, .privateKey]
      case .clientCredentials: [.salesforceSecret]
      case .refreshToken: [.salesforceRefreshToken]
      }
    }
  }
}

/// Which opportunities are read from Salesforce.
package enum SalesforceScope: String, CaseIterable, Sendable {
  /// Those that are ticked for the sync or carry a referral's id.
  case synced
  /// All of them.
  case all
}
