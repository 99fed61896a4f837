import Model
import Wire
import Workspace

/// Makes the clients of both services from the configuration.
struct Services: Sendable {
  private let partnerCenter: PartnerCenterConfiguration?
  private let salesforce: SalesforceConfiguration?
  private let surroundings: Surroundings

  /// The services that the configuration describes; `needs` are those that must be there.
  ///
  /// - Throws: `Failures` with every key that is missing.
  init(_ configuration: Configuration, needs: [Side], surroundings: Surroundings) throws {
    self.surroundings = surroundings
    var failures: [Failure] = []
    func read<Part>(_ side: Side, _ part: () throws(ConfigurationMistakes) -> Part) -> Part? {
      guard needs.contains(side) else { return nil }
      do throws(ConfigurationMistakes) {
        return try part()
      } catch {
        failures += error.failures
        return nil
      }
    }
    let first = read(.partnerCenter, configuration.partnerCenter)
    let second = read(.salesforce, configuration.salesforce)
    guard failures.isEmpty else { throw Failures(list: failures) }
    partnerCenter = first
    salesforce = second
  }

  /// A client of Partner Center, for the thread that asks.
  func makePartnerCenter() throws -> PartnerCenterClient {
    guard let settings = partnerCenter else { throw Failure(.configurationMissingKey, "partner_center is missing") }
    let (transport, tokens, redaction) = try signIn(settings)
    return PartnerCenterClient(transport: transport, tokens: tokens, redaction: redaction)
  }

  /// A client of the host where webhooks are registered.
  func makeWebhooks() throws -> WebhookClient {
    guard let settings = partnerCenter else { throw Failure(.configurationMissingKey, "partner_center is missing") }
    let (transport, tokens, redaction) = try signIn(settings)
    return WebhookClient(transport: transport, tokens: tokens, redaction: redaction)
  }

  /// The sign-in to Partner Center, for all its hosts.
  private func signIn(
    _ settings: PartnerCenterConfiguration
  ) throws -> (RetryingTransport, PartnerCenterTokens, Redaction) {
    let redaction = Redaction()
    let transport = surroundings.transport(
      of: .partnerCenter(apiURL: settings.apiURL, loginURL: settings.loginURL), mostRequests: settings.maximumRequests)
    return (transport, try PartnerCenterTokens(settings, wire: (transport, redaction)), redaction)
  }

  /// A client of Salesforce, for the thread that asks.
  func makeSalesforce() throws -> SalesforceClient {
    guard let settings = salesforce else { throw Failure(.configurationMissingKey, "salesforce is missing") }
    let redaction = Redaction()
    let transport = surroundings.transport(
      of: .salesforce(loginURL: settings.loginURL), mostRequests: settings.maximumRequests)
    let client = SalesforceClient(
      transport: transport, session: try SalesforceSession(settings, wire: (transport, redaction)),
      redaction: redaction, apiVersion: settings.apiVersion)
    client.bulkQueryThreshold = settings.bulkReadThreshold
    client.bulkWriteThreshold = settings.bulkWriteThreshold
    client.dailyUsagePercent = settings.maximumUsagePercent
    client.describeCache = surroundings.descriptions
    return client
  }

  /// How updates of Salesforce are guarded.
  var writeGuard: WriteGuard { salesforce?.writeGuard ?? .conditional }

  /// Whether all opportunities are read, or only those that take part in co-selling.
  var readsAllOpportunities: Bool { salesforce?.scope == .all }
}
