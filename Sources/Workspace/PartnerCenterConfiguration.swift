/// Where Partner Center is and as whom to sign in.
package struct PartnerCenterConfiguration: Sendable {
  /// The address of the service, without a slash at the end.
  package let apiURL: String
  /// The address where webhooks are registered.
  package let webhookURL: String
  /// The address of the sign-in service.
  package let loginURL: String
  /// The tenant's id or domain.
  package let tenant: String
  /// The application's id.
  package let clientID: String
  /// The application's secret.
  package let clientSecret: CredentialReference
  /// The user's refresh token; rewritten when the service rotates it.
  package let refreshToken: CredentialReference
  /// The own organization: tells own deals from others' (R5, R11).
  package let organizationID: String
  /// Requests that a run may send, 1 or more (R124).
  package let maximumRequests: Int
}
