import Foundation
import Model

/// `reconcile.yaml` with the environment laid over it: where and how, limits, credentials by reference.
///
/// What a service needs is asked for when it is needed: a plan from exported files wants no credentials.
package struct Configuration: Sendable {
  let file: ConfigurationFile
  let folder: WorkspaceFolder

  /// Reads the workspace's file.
  ///
  /// - Throws: every unknown key, wrong type, literal secret and unsafe address, each with file, line and key.
  package static func load(
    _ folder: WorkspaceFolder, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(ConfigurationMistakes) -> Configuration {
    let text: String
    do {
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder.configuration))
      let data = try file.read(upToCount: sizeLimit + 1) ?? Data()
      guard data.count <= sizeLimit, let decoded = String(validating: data, as: UTF8.self) else {
        throw Failure(.configurationSyntax, "\(ConfigurationFile.name):1: the file is not UTF-8 text")
      }
      text = decoded
    } catch let failure as Failure {
      throw ConfigurationMistakes([failure])
    } catch {
      let message = "there is no readable \(ConfigurationFile.name) in \(folder.path)"
      let fix = "run `reconcile init`, or name the workspace with --workspace or RECONCILE_WORKSPACE"
      throw ConfigurationMistakes([Failure(.configurationMissing, message, fix: fix)])
    }
    return try Configuration(text, in: folder, environment: environment)
  }

  /// The configuration of a file's text.
  package init(
    _ text: String, in folder: WorkspaceFolder, environment: [String: String] = [:]
  ) throws(ConfigurationMistakes) {
    file = ConfigurationFile(text, environment: environment)
    self.folder = folder
    guard file.failures.isEmpty else { throw ConfigurationMistakes(file.failures) }
  }

  private static let sizeLimit = 1 << 20

  // MARK: Sections

  /// What Partner Center needs.
  ///
  /// - Throws: every missing key.
  package func partnerCenter() throws(ConfigurationMistakes) -> PartnerCenterConfiguration {
    try require(Self.keysOfSignIn + [.organization])
    return try partnerCenterSignIn()
  }

  private static let keysOfSignIn: [ConfigurationKey] = [
    .tenant, .partnerCenterClient, .partnerCenterSecret, .partnerCenterRefreshToken,
  ]

  /// The same as far as a sign-in needs it: the own organization may be empty yet.
  ///
  /// - Throws: every missing key.
  package func partnerCenterSignIn() throws(ConfigurationMistakes) -> PartnerCenterConfiguration {
    try require(Self.keysOfSignIn)
    return PartnerCenterConfiguration(
      apiURL: text(.partnerCenterAPI), webhookURL: text(.partnerCenterWebhook), loginURL: text(.partnerCenterLogin),
      tenant: text(.tenant), clientID: text(.partnerCenterClient), clientSecret: reference(.partnerCenterSecret),
      refreshToken: reference(.partnerCenterRefreshToken), organizationID: text(.organization),
      maximumRequests: number(.partnerCenterRequests))
  }

  /// What Salesforce needs.
  ///
  /// - Throws: every key that is missing for the way of signing in.
  package func salesforce() throws(ConfigurationMistakes) -> SalesforceConfiguration {
    try require([.salesforceClient] + salesforceMethod.keys)
    let auth: SalesforceAuth =
      switch salesforceMethod {
      case .jwt: .jwt(username: text(.salesforceUser), privateKey: reference(.privateKey))
      case .clientCredentials: .clientCredentials(clientSecret: reference(.salesforceSecret))
      case .refreshToken:
        .refreshToken(
          reference(.salesforceRefreshToken),
          clientSecret: file.entries[.salesforceSecret] == nil ? nil : reference(.salesforceSecret))
      }
    return SalesforceConfiguration(
      loginURL: text(.salesforceLogin), clientID: text(.salesforceClient), auth: auth, apiVersion: text(.apiVersion),
      scope: SalesforceScope(rawValue: text(.scope)) ?? .synced,
      writeGuard: WriteGuard(rawValue: text(.writeGuard)) ?? .conditional, bulkReadThreshold: number(.bulkReads),
      bulkWriteThreshold: number(.bulkWrites), maximumUsagePercent: number(.apiUsagePercent),
      maximumRequests: number(.salesforceRequests))
  }

  /// The way of signing in to Salesforce.
  package var salesforceMethod: SalesforceAuth.Method {
    SalesforceAuth.Method(rawValue: text(.salesforceAuth)) ?? .jwt
  }

  /// Where the key that signs in to Salesforce is kept, or shall be.
  ///
  /// - Throws: the missing key.
  package func salesforcePrivateKey() throws(ConfigurationMistakes) -> CredentialReference {
    try require([.privateKey])
    return reference(.privateKey)
  }

  /// The limits of a run.
  package var safety: SafetyConfiguration {
    SafetyConfiguration(
      minimumRecords: number(.minimumRecords), maximumUpdatePercent: number(.updatePercent),
      maximumUpdates: Int(text(.updates)), maximumCreatePercent: number(.createPercent),
      maximumCreates: Int(text(.creates)), maximumCloses: number(.closes), maximumFieldPercent: number(.fieldPercent),
      maximumPlanAgeHours: number(.planAge), maximumShrinkPercent: number(.shrinkPercent),
      quietSeconds: number(.quiet), canaries: list(.canaries))
  }

  /// How events of Partner Center are heard.
  package var webhooks: WebhookConfiguration {
    WebhookConfiguration(
      url: file.entries[.webhookAddress]?.text, certificateHosts: list(.certificateHosts),
      certificateNames: list(.certificateNames), resourceHosts: list(.resourceHosts),
      trustedCertificates: file.entries[.trustedCertificates].map { entry in
        entry.text.hasPrefix("/") ? entry.text : folder.path + "/" + entry.text
      })
  }

  /// The own organization in Partner Center; nil when the configuration does not say.
  package var organizationID: String? { file.entries[.organization]?.text }

  /// What a recorded conversation tells of the configuration, so that a replay asks the same; nothing of it is secret.
  package var settingsOfReplay: [String: String] {
    let keys: [ConfigurationKey] = [.organization, .apiVersion, .scope, .writeGuard, .bulkReads, .bulkWrites]
    return Dictionary(uniqueKeysWithValues: keys.map { ($0.rawValue, text($0)) })
  }

  /// How many runs the ledger keeps; at least one.
  package var retainedRuns: Int { number(.retainedRuns) }

  /// How many runs keep their reports, also after they left the ledger; nil where the reports go with their run.
  package var retainedReports: Int? { Int(text(.retainedReports)) }

  /// Every secret that the configuration names, for `doctor` to try.
  package var credentials: [CredentialReference] {
    ConfigurationKey.allCases.filter { key in
      if case .secret = key.type { file.entries[key] != nil } else { false }
    }.map(reference)
  }

  // MARK: Values

  func text(_ key: ConfigurationKey) -> String {
    file.entries[key]?.text ?? key.defaultText ?? ""
  }

  func number(_ key: ConfigurationKey) -> Int { Int(text(key)) ?? 0 }

  func list(_ key: ConfigurationKey) -> [String] { text(key).split(separator: "\n").map(String.init) }

  func reference(_ key: ConfigurationKey) -> CredentialReference {
    let source = CredentialReference.Source(text(key)) ?? .environment(key.environmentName)
    return CredentialReference(source, key: key.rawValue, folder: folder.path)
  }

  func require(_ keys: [ConfigurationKey]) throws(ConfigurationMistakes) {
    let missing = keys.filter { file.entries[$0] == nil }
    guard missing.isEmpty else { throw ConfigurationMistakes(missing.map(failure)) }
  }

  private func failure(missing key: ConfigurationKey) -> Failure {
    let line = file.sectionLines[key.section] ?? 1
    return Failure(
      .configurationMissingKey, "\(ConfigurationFile.name):\(line): \(key.rawValue) is missing",
      fix: "add it below \(key.section):, or set \(key.environmentName)")
  }
}
