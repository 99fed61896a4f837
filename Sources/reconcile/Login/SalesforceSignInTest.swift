import Model
import Wire
import Workspace

/// One sign-in to Salesforce, with a look at who was let in where.
struct SalesforceSignInTest {
  private let settings: SalesforceConfiguration
  private let transport: RetryingTransport

  /// A test of a configuration.
  init(_ settings: SalesforceConfiguration, transport: RetryingTransport) {
    self.settings = settings
    self.transport = transport
  }

  /// Signs in and looks.
  ///
  /// - Throws: `Failure` or `ServiceError` with the reason of a refusal and what mends it.
  func run() throws -> SignedInOrg {
    let redaction = Redaction()
    let session = try SalesforceSession(settings, wire: (transport, redaction))
    let client = SalesforceClient(
      transport: transport, session: session, redaction: redaction, apiVersion: settings.apiVersion)
    return try client.signedIn(as: session)
  }
}
