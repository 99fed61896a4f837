import Foundation
import Model
import Testing

@testable import Workspace

/// A workspace that need not be there.
let nowhere = WorkspaceFolder("/nonexistent/workspace")

/// The failures of a configuration, each as code and message; empty when it can be read.
func failures(_ text: String, environment: [String: String] = [:]) -> [String] {
  do {
    _ = try Configuration(text, in: nowhere, environment: environment)
    return []
  } catch {
    return error.failures.map { "\($0.code.rawValue) \($0.message)" }
  }
}

@Suite("reconcile.yaml")
struct ConfigurationTests {
  private static let complete = """
    partner_center:
      api_url: https://api.example/
      tenant: tenant.example
      client_id: 11111111-0000-0000-0000-000000000000
      client_secret: env:PC_SECRET
      refresh_token: file:secrets/token
      organization_id: 22222222-0000-0000-0000-000000000000
    salesforce:
      client_id: 3MVG9
      username: integration@example.com
      private_key: file:/etc/keys/salesforce.key
      api_version: 61.0
      scope: all
    safety: { max_close: 3, max_create: 200, max_plan_age_hours: 12, canaries: [006A, "006B"] }
    retention: { runs: 7 }
    """

  @Test("all that stands in the file, and the defaults of what does not")
  func complete() throws {
    let configuration = try Configuration(Self.complete, in: nowhere)
    let partnerCenter = try configuration.partnerCenter()
    #expect(partnerCenter.apiURL == "https://api.example")
    #expect(partnerCenter.webhookURL == "https://api.partnercenter.microsoft.com")
    #expect(partnerCenter.loginURL == "https://login.microsoftonline.com")
    #expect(partnerCenter.tenant == "tenant.example")
    #expect(partnerCenter.clientSecret.source == .environment("PC_SECRET"))
    #expect(partnerCenter.refreshToken.path == "/nonexistent/workspace/secrets/token")
    #expect(configuration.organizationID == "22222222-0000-0000-0000-000000000000")
    let salesforce = try configuration.salesforce()
    #expect(salesforce.loginURL == "https://login.salesforce.com")
    #expect(salesforce.apiVersion == "61.0" && salesforce.scope == .all && salesforce.clientID == "3MVG9")
    guard case .jwt(let user, let key) = salesforce.auth else {
      Issue.record("not jwt")
      return
    }
    #expect(user == "integration@example.com" && key.path == "/etc/keys/salesforce.key")
    #expect(
      configuration.safety
        == SafetyConfiguration(
          minimumRecords: 10, maximumUpdatePercent: 30, maximumUpdates: nil, maximumCreatePercent: 30,
          maximumCreates: 200, maximumCloses: 3, maximumFieldPercent: 90, maximumPlanAgeHours: 12,
          maximumShrinkPercent: 10, quietSeconds: 120, canaries: ["006A", "006B"]))
    #expect(configuration.retainedRuns == 7)
    #expect(
      configuration.credentials.map(\.key) == [
        "partner_center.client_secret", "partner_center.refresh_token", "salesforce.private_key",
      ])
  }

  @Test(
    "an empty file is enough until a service is needed",
    arguments: ["", "# nothing\n", "partner_center:\nsalesforce: ~\n"])
  func empty(text: String) throws {
    let configuration = try Configuration(text, in: nowhere)
    #expect(
      configuration.organizationID == nil && configuration.retainedRuns == 30 && configuration.credentials.isEmpty)
    #expect(configuration.safety.canaries.isEmpty && configuration.safety.maximumCloses == 10)
  }

  @Test("E105: every key that a service needs and the file lacks, at its section")
  func missing() throws {
    let configuration = try Configuration(
      "safety: {}\nsalesforce:\n  username: x\npartner_center:\n  tenant: t\n", in: nowhere)
    #expect {
      _ = try configuration.partnerCenter()
    } throws: { error in
      (error as? ConfigurationMistakes)?.failures.map(\.message) == [
        "reconcile.yaml:4: partner_center.client_id is missing",
        "reconcile.yaml:4: partner_center.client_secret is missing",
        "reconcile.yaml:4: partner_center.refresh_token is missing",
        "reconcile.yaml:4: partner_center.organization_id is missing",
      ]
    }
    #expect {
      _ = try configuration.salesforce()
    } throws: { error in
      let failures = (error as? ConfigurationMistakes)?.failures ?? []
      return failures.map(\.message) == [
        "reconcile.yaml:2: salesforce.client_id is missing", "reconcile.yaml:2: salesforce.private_key is missing",
      ] && failures.allSatisfy { $0.code == .configurationMissingKey }
        && failures.first?.fix == "add it below salesforce:, or set RECONCILE_SALESFORCE_CLIENT_ID"
    }
  }

  @Test("each way of signing in needs its own keys")
  func auth() throws {
    let head = "salesforce:\n  client_id: x\n  auth: "
    let app = try Configuration(head + "client-credentials\n  client_secret: env:A\n", in: nowhere).salesforce()
    guard case .clientCredentials(let secret) = app.auth else {
      Issue.record("not client-credentials")
      return
    }
    #expect(secret.source == .environment("A"))
    let user = try Configuration(head + "refresh-token\n  refresh_token: file:t\n", in: nowhere).salesforce()
    guard case .refreshToken(let token, nil) = user.auth else {
      Issue.record("not refresh-token")
      return
    }
    #expect(token.source == .file("t"))
    #expect(throws: ConfigurationMistakes.self) {
      _ = try Configuration(head + "client-credentials\n  refresh_token: file:t\n", in: nowhere).salesforce()
    }
  }

  private static let sections = ConfigurationKey.sections.joined(separator: ", ")

  @Test(
    "mistakes name file, line and key",
    arguments: [
      (
        "partner_centre:\n  tenant: x\n",
        ["E103 reconcile.yaml:1: unknown section partner_centre; known: \(sections)"]
      ),
      ("retention:\n  run: 5\n", ["E103 reconcile.yaml:2: retention.run is not a key; known here: runs, reports"]),
      (
        "retention:\n  runs: many\n",
        ["E104 reconcile.yaml:2: retention.runs is \"many\"; it must be a whole number from 1 to 1000000"]
      ),
      (
        "retention:\n  runs: 0\n",
        ["E104 reconcile.yaml:2: retention.runs is \"0\"; it must be a whole number from 1 to 1000000"]
      ),
      ("retention:\n  runs: [5]\n", ["E104 reconcile.yaml:2: retention.runs must be a single value"]),
      ("retention: 5\n", ["E104 reconcile.yaml:1: retention must hold keys"]),
      (
        "safety:\n  max_update_percent: 101\n",
        ["E104 reconcile.yaml:2: safety.max_update_percent is \"101\"; it must be a whole number from 0 to 100"]
      ),
      (
        "safety:\n  canaries: 006A\n",
        ["E104 reconcile.yaml:2: safety.canaries must be a list such as [\"one\", \"two\"]"]
      ),
      (
        "salesforce:\n  auth: password\n",
        ["E104 reconcile.yaml:2: salesforce.auth is \"password\"; allowed: jwt, client-credentials, refresh-token"]
      ),
      (
        "salesforce:\n  api_version: v62\n",
        ["E104 reconcile.yaml:2: salesforce.api_version is \"v62\"; it must be a version such as \"62.0\""]
      ),
      ("salesforce:\n  username: \"\"\n", ["E104 reconcile.yaml:2: salesforce.username must be a text in one line"]),
      (
        "salesforce:\n  login_url: ftp://x\n",
        ["E104 reconcile.yaml:2: salesforce.login_url is \"ftp://x\"; it must be an address such as https://host"]
      ),
      (
        "salesforce:\n  login_url: https://u:p@x\n",
        ["E104 reconcile.yaml:2: salesforce.login_url is \"https://u:p@x\"; it must be an address such as https://host"]
      ),
      ("- a\n", ["E102 reconcile.yaml:1: the file must consist of sections"]),
      ("a: [\n", ["E102 reconcile.yaml:2: did not find expected node content"]),
      ("retention:\n  runs: 1\n  runs: 2\n", ["E102 reconcile.yaml:2: runs stands twice"]),
      (
        "bogus: 1\nretention:\n  runs: x\nsafety:\n  more: 1\n",
        [
          "E103 reconcile.yaml:1: unknown section bogus; known: \(sections)",
          "E104 reconcile.yaml:3: retention.runs is \"x\"; it must be a whole number from 1 to 1000000",
          "E103 reconcile.yaml:5: safety.more is not a key; known here: min_records, max_update_percent, max_update, max_create_percent, max_create, max_close, max_field_percent, max_plan_age_hours, max_shrink_percent, quiet_seconds, canaries",
        ]
      ),
    ] as [(String, [String])])
  func mistakes(text: String, expected: [String]) {
    #expect(failures(text) == expected)
  }

  @Test(
    "E108: plain http for this machine only",
    arguments: [
      ("http://localhost:8080", true), ("http://127.0.0.1:1/x", true), ("http://127.9.9.9", true),
      ("http://[::1]:80", true),
      ("HTTP://LOCALHOST", true), ("https://example.com", true), ("http://example.com", false),
      ("http://127.0.0.1.evil.example", false),
      ("http://localhost.evil.example", false), ("http://10.0.0.1", false), ("http://127.0.0", false),
      ("http://128.0.0.1", false),
    ])
  func plainHTTP(address: String, isAllowed: Bool) {
    let found = failures("salesforce:\n  login_url: \(address)\n")
    #expect(found.isEmpty == isAllowed)
    #expect(found.allSatisfy { $0.hasPrefix("E108 reconcile.yaml:2: salesforce.login_url is ") })
  }

  @Test(
    "E106: a literal secret is refused and never repeated",
    arguments: [
      ConfigurationKey.partnerCenterSecret, .partnerCenterRefreshToken, .privateKey, .salesforceSecret,
      .salesforceRefreshToken,
    ])
  func literal(key: ConfigurationKey) {
    let text = "\(key.section):\n  \(key.name): hunter2-top-secret\n"
    let found = failures(text)
    #expect(
      found == ["E106 reconcile.yaml:2: \(key.rawValue) holds the secret itself; a secret is named here, never written"]
    )
    let variable = failures("", environment: [key.environmentName: "hunter2-top-secret"])
    #expect(variable == ["E106 \(key.environmentName) holds the secret itself; a secret is named here, never written"])
  }

  @Test(
    "a reference without anything to refer to is refused",
    arguments: ["env:", "file: ", "cmd:", "env:MY SECRET", "env:a-b"])
  func emptyReference(text: String) {
    let found = failures("salesforce:\n  client_secret: \"\(text)\"\n")
    #expect(found.count == 1 && found[0].hasPrefix("E104 reconcile.yaml:2: salesforce.client_secret env:"))
    #expect(!found[0].contains("MY SECRET") && !found[0].contains("a-b"))
  }

  @Test("every key can be overridden by its variable, and a wrong one is named", arguments: ConfigurationKey.allCases)
  func environment(key: ConfigurationKey) throws {
    #expect(key.environmentName == "RECONCILE_" + key.rawValue.replacingOccurrences(of: ".", with: "_").uppercased())
    let wrong = ["\n", "two\nlines"]
    let isList =
      switch key.type {
      case .list, .listOf: true
      case .text, .address, .secret, .words, .number, .version, .mailServer, .mailAddress, .mailAddresses: false
      }
    let found = wrong.map { failures("", environment: [key.environmentName: $0]) }
    #expect(isList || found.allSatisfy { $0.count == 1 && $0[0].dropFirst(5).hasPrefix(key.environmentName + " ") })
  }

  @Test("what is believed of events: Microsoft's hosts where nothing else stands")
  func webhooks() throws {
    let usual = try Configuration("", in: nowhere).webhooks
    #expect(usual.url == nil && usual.trustedCertificates == nil)
    #expect(usual.certificateHosts == ["3psostorageacct.blob.core.windows.net"])
    #expect(usual.certificateNames == ["microsoft.com"])
    #expect(usual.resourceHosts == ["api.partnercenter.microsoft.com", "api.partner.microsoft.com"])
    let text = """
      webhooks:
        url: https://hooks.example.com/pc/
        certificate_hosts: ["127.0.0.1"]
        trusted_certificates: roots.pem
      """
    let own = try Configuration(text, in: nowhere).webhooks
    #expect(own.url == "https://hooks.example.com/pc" && own.certificateHosts == ["127.0.0.1"])
    #expect(own.trustedCertificates == "/nonexistent/workspace/roots.pem")
    #expect(
      failures("webhooks: { url: \"http://hooks.example.com\" }") == [
        "E108 reconcile.yaml:1: webhooks.url is \"http://hooks.example.com\"; plain http:// is accepted for this machine "
          + "only (localhost, 127.0.0.1, [::1])"
      ])
  }

  @Test("the environment wins over the file")
  func override() throws {
    let configuration = try Configuration(
      Self.complete, in: nowhere,
      environment: [
        "RECONCILE_SALESFORCE_API_VERSION": "63.0", "RECONCILE_SAFETY_CANARIES": "x, y", "RECONCILE_RETENTION_RUNS": "",
      ])
    #expect(try configuration.salesforce().apiVersion == "63.0")
    #expect(configuration.safety.canaries == ["x", "y"])
    #expect(configuration.retainedRuns == 7)
  }

  @Test("E101: no file, with what to do")
  func noFile() {
    #expect {
      _ = try Configuration.load(nowhere, environment: [:])
    } throws: { error in
      let failure = (error as? ConfigurationMistakes)?.failures.first
      return failure?.code == .configurationMissing && failure?.fix?.contains("reconcile init") ?? false
    }
  }

  @Test("1,000 mutations of the starter end in a configuration or in failures, and never in a crash")
  func mutations() throws {
    let folder = WorkspaceFolder(NSTemporaryDirectory() + "workspace-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    try WorkspaceStarter.write(to: folder, mappings: [:])
    let starter = Array(try String(contentsOfFile: folder.configuration, encoding: .utf8).unicodeScalars)
    var state: UInt64 = 20_261_102
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let pieces: [[Unicode.Scalar]] = [
      "\"", "\t", ": ", "\n", "- ", "&a ", "*a", "{", "]", "!!int", "\0", "😀", "|", "%",
    ]
    .map { Array(String($0).unicodeScalars) }
    var outcomes = (accepted: 0, refused: 0)
    for _ in 0..<1_000 {
      var scalars = starter
      let position = random(scalars.count)
      if random(3) == 0 {
        scalars.removeSubrange(position..<min(scalars.count, position + 1 + random(30)))
      } else {
        scalars.insert(contentsOf: pieces[random(pieces.count)], at: position)
      }
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars)
      let found = failures(String(text))
      #expect(found.allSatisfy { $0.contains("reconcile.yaml:") })
      if found.isEmpty { outcomes.accepted += 1 } else { outcomes.refused += 1 }
    }
    #expect(outcomes.accepted > 50 && outcomes.refused > 50)
  }
}
