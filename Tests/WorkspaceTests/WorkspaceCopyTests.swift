import Foundation
import Model
import Testing

@testable import Workspace

/// A workspace after another one: what goes along, what stays, and what a person is asked to look at.
@Suite("A copy of a workspace")
struct WorkspaceCopyTests {
  /// A staging workspace as it looks after some nights, and a place for its copy beside it.
  private final class Pair {
    let staging: WorkspaceFolder
    let production: WorkspaceFolder
    private let root: String

    init(_ configuration: String = "salesforce:\n  scope: all\n") throws {
      root = NSTemporaryDirectory() + "workspace-copy-\(UUID().uuidString)"
      staging = WorkspaceFolder(root + "/staging")
      production = WorkspaceFolder(root + "/production")
      try WorkspaceStarter.write(to: staging, mappings: ["fields.csv": "fields", "values/x.csv": "a\r\n\u{FEFF}b"])
      try write(configuration, to: "reconcile.yaml")
      for (path, text) in [
        ("secrets/salesforce.key", "secret key"), ("state/ledger.sqlite", "ledger"),
        ("reports/r/changes.csv", "report"),
        ("notes.txt", "left behind"), ("mappings/.~lock.fields.csv#", "lock"), ("mappings/fields.csv~", "older"),
      ] { try write(text, to: path) }
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func write(_ text: String, to path: String) throws {
      let target = URL(fileURLWithPath: staging.path + "/" + path)
      try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: target)
    }

    func link(_ path: String, to target: String) throws {
      try? FileManager.default.removeItem(atPath: staging.path + "/" + path)
      try FileManager.default.createSymbolicLink(atPath: staging.path + "/" + path, withDestinationPath: target)
    }

    func copy() throws(ConfigurationMistakes) -> WorkspaceCopy { try WorkspaceCopy(of: staging, to: production) }

    /// What keeps the copy from being made, one message a mistake.
    func refusals(to other: String? = nil) -> [Failure] {
      do throws(ConfigurationMistakes) {
        _ = try WorkspaceCopy(of: staging, to: other.map { WorkspaceFolder($0) } ?? production)
        return []
      } catch {
        return error.failures
      }
    }

    /// All files of the copy.
    func copied() throws -> [String] {
      try FileManager.default.subpathsOfDirectory(atPath: production.path).sorted()
    }
  }

  @Test("configuration and mappings go along, byte for byte; secrets, state, reports and everything else stay")
  func whatGoesAlong() throws {
    let pair = try Pair()
    let written = try pair.copy().write()
    #expect(written == [".gitignore", "mappings/fields.csv", "mappings/values/x.csv", "reconcile.yaml"])
    #expect(
      try pair.copied() == [
        ".gitignore", "mappings", "mappings/fields.csv", "mappings/values", "mappings/values/x.csv", "reconcile.yaml",
        "secrets", "state",
      ])
    for path in ["mappings/fields.csv", "mappings/values/x.csv", ".gitignore"] {
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: pair.production.path + "/" + path))
          == Data(contentsOf: URL(fileURLWithPath: pair.staging.path + "/" + path)), "\(path)")
    }
    let mode = try FileManager.default.attributesOfItem(atPath: pair.production.configuration)[.posixPermissions]
    #expect((mode as? NSNumber)?.intValue == 0o600)
  }

  @Test("what tells one workspace from another is marked, the sandbox's sign-in becomes production's, the rest stays")
  func marks() throws {
    let pair = try Pair(
      """
      # Staging.
      partner_center:
        api_url: https://api.partner.microsoft.com
        tenant: 11111111-0000-0000-0000-000000000000   # ours
        client_secret: env:SECRET
        refresh_token: file:secrets/token
      salesforce: { client_id: 3MVG9, api_version: "63.0" }
      safety:
        max_close: 3
        canaries: []
      """)
    let copy = try pair.copy()
    try copy.write()
    #expect(
      try String(contentsOfFile: pair.production.configuration, encoding: .utf8) == """
        # Staging.
        partner_center:
          api_url: https://api.partner.microsoft.com
          # For production: copied; is it production's, too?
          tenant: 11111111-0000-0000-0000-000000000000   # ours
          # For production: the variable SECRET must hold production's secret.
          client_secret: env:SECRET
          # For production: the secret was not copied; put production's there.
          refresh_token: file:secrets/token
        # For production: copied; is it production's, too?
        salesforce: { client_id: 3MVG9, api_version: "63.0" }
        safety:
          max_close: 3
          canaries: []
        """)
    #expect(
      copy.reviews.map(\.description) == [
        "reconcile.yaml:5: partner_center.tenant: copied; is it production's, too?",
        "reconcile.yaml:7: partner_center.client_secret: the variable SECRET must hold production's secret",
        "reconcile.yaml:9: partner_center.refresh_token: the secret was not copied; put production's there",
        "reconcile.yaml:11: salesforce.client_id: copied; is it production's, too?",
      ])
    // Marks are comments: what the file says is what it said.
    #expect(try Configuration.load(pair.production, environment: [:]).safety.maximumCloses == 3)
  }

  @Test(
    "a sandbox's sign-in becomes production's",
    arguments: [
      ("https://test.salesforce.com", "https://login.salesforce.com"),
      ("https://test.salesforce.com/", "https://login.salesforce.com"),
      ("https://acme--uat.sandbox.my.salesforce.com", "https://acme.my.salesforce.com"),
      ("https://acme-eu--full.sandbox.my.salesforce.com", "https://acme-eu.my.salesforce.com"),
    ])
  func login(address: String, production: String) throws {
    let pair = try Pair("salesforce:\n  login_url: \"\(address)\"  # https://test.salesforce.com\n")
    let copy = try pair.copy()
    try copy.write()
    let written = address.hasSuffix("/") ? production + "/" : production
    let told = address.hasSuffix("/") ? String(address.dropLast()) : address
    #expect(
      try String(contentsOfFile: pair.production.configuration, encoding: .utf8) == """
        salesforce:
          # For production: was \(told), a sandbox's; this is production's.
          login_url: "\(written)"  # https://test.salesforce.com

        """)
    #expect(copy.reviews.map(\.line) == [3])
    #expect(ProductionLogin(insteadOf: production) == nil)
  }

  @Test(
    "no other address is taken for a sandbox's",
    arguments: [
      "https://login.salesforce.com", "https://acme.my.salesforce.com", "https://--x.sandbox.my.salesforce.com",
      "https://test.salesforce.com.example.com", "http://127.0.0.1:8085", "https://acme--uat.my.salesforce.com",
    ])
  func otherLogin(address: String) {
    #expect(ProductionLogin(insteadOf: address) == nil)
  }

  @Test(
    "each kind of secret has its advice, and none is repeated",
    arguments: [
      ("env:NAME", "the variable NAME must hold production's secret"),
      ("file:secrets/key", "the secret was not copied; put production's there"),
      ("file:/etc/key", "names a secret outside of the workspace; name production's own"),
      ("cmd:echo hunter2", "the command must print production's secret"),
    ])
  func secrets(reference: String, advice: String) throws {
    let pair = try Pair("salesforce:\n  private_key: \(reference)\n")
    #expect(try pair.copy().reviews.map(\.advice) == [advice])
  }

  @Test(
    "a file that the configuration names as a secret stays, wherever it lies", arguments: ["", "./", "../staging/"])
  func secretAmongMappings(prefix: String) throws {
    let pair = try Pair("salesforce:\n  private_key: file:\(prefix)mappings/values/key.pem\n")
    try pair.write("secret", to: "mappings/values/key.pem")
    try pair.copy().write()
    #expect(try !pair.copied().contains("mappings/values/key.pem"))
  }

  @Test("E106: a secret that stands in the configuration itself is not copied")
  func literal() throws {
    let pair = try Pair("salesforce:\n  client_secret: hunter2hunter2\n")
    #expect(pair.refusals().map(\.code) == [.secretLiteral])
    #expect(!FileManager.default.fileExists(atPath: pair.production.path))
  }

  @Test("line breaks of either kind stay, a copy of a copy is marked once, and a text in several lines is left alone")
  func texts() throws {
    let pair = try Pair("salesforce:\r\n  username: a@b.example\r\n")
    try pair.copy().write()
    let text = try String(contentsOfFile: pair.production.configuration, encoding: .utf8)
    let expected = "salesforce:\r\n  # For production: copied; is it production's, too?\n  username: a@b.example\r\n"
    #expect(Array(text.utf8) == Array(expected.utf8))
    let again = ConfigurationCopy(text, read: ConfigurationFile(text, environment: [:]))
    #expect(Array(again.text.utf8) == Array(text.utf8) && again.reviews.count == 1)
    let folded = "salesforce:\n  client_id:\n    3MVG9\n  username: &a\n    x@y.example\n"
    let copy = ConfigurationCopy(folded, read: ConfigurationFile(folded, environment: [:]))
    #expect(ConfigurationFile(copy.text, environment: [:]).entries[.salesforceUser]?.text == "x@y.example")
  }

  // MARK: Refusals

  @Test("E120: a source that is no workspace")
  func noWorkspace() throws {
    let pair = try Pair()
    func refusals(_ source: String) -> [Failure] {
      do throws(ConfigurationMistakes) {
        _ = try WorkspaceCopy(of: WorkspaceFolder(source), to: pair.production)
        return []
      } catch {
        return error.failures
      }
    }
    let missing = pair.staging.path + "/nothing"
    #expect(
      refusals(missing) == [
        Failure(
          .copySourceUnusable, "--from names \(missing), which is not a folder", fix: "name the folder of a workspace")
      ])
    #expect(refusals(pair.staging.configuration).map(\.code) == [.copySourceUnusable])
    let folder = pair.staging.path + "/mappings"
    #expect(
      refusals(folder) == [
        Failure(
          .copySourceUnusable, "there is no reconcile.yaml in \(folder)",
          fix: "name the folder of a workspace with --from")
      ])
  }

  @Test("E121: onto itself, into itself, or around itself, also by a link")
  func overlap() throws {
    let pair = try Pair()
    let staging = pair.staging.path
    #expect(
      pair.refusals(to: staging) == [
        Failure(.copyOverlap, "\(staging) is the workspace to be copied itself", fix: "name a folder beside it")
      ])
    #expect(
      pair.refusals(to: staging + "/a/b") == [
        Failure(.copyOverlap, "\(staging)/a/b lies in the workspace to be copied", fix: "name a folder beside it")
      ])
    let parent = String(staging.dropLast("/staging".count))
    #expect(
      pair.refusals(to: parent) == [
        Failure(.copyOverlap, "\(parent) holds the workspace to be copied", fix: "name a folder beside it")
      ])
    #expect(pair.refusals(to: "/").map(\.code) == [.copyOverlap])
    try FileManager.default.createSymbolicLink(atPath: parent + "/link", withDestinationPath: staging)
    #expect(pair.refusals(to: parent + "/link/new").map(\.code) == [.copyOverlap])
    #expect(pair.refusals(to: staging + "-2") == [])
  }

  @Test("E109: a target that holds something is refused and left alone")
  func occupied() throws {
    let pair = try Pair()
    try FileManager.default.createDirectory(atPath: pair.production.path, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: URL(fileURLWithPath: pair.production.path + "/mine"))
    #expect(pair.refusals().map(\.code) == [.workspaceNotEmpty])
    #expect(try pair.copied() == ["mine"])
  }

  @Test(
    "E122: links are not followed, wherever they lead",
    arguments: [
      ("mappings/fields.csv", "/etc/passwd"), ("mappings/fields.csv", "../secrets/salesforce.key"),
      ("mappings/values", "/etc"), ("mappings", "secrets"), ("reconcile.yaml", "mappings/fields.csv"),
      (".gitignore", "secrets/salesforce.key"), ("mappings/dangling.csv", "nowhere"),
    ])
  func links(path: String, target: String) throws {
    let pair = try Pair()
    try pair.link(path, to: target)
    let refusals = pair.refusals()
    #expect(refusals.map(\.code) == [.copyUnsafe])
    #expect(refusals.first?.message.hasPrefix(pair.staging.path + "/" + path + " is") == true, "\(refusals)")
    #expect(!FileManager.default.fileExists(atPath: pair.production.path))
  }

  @Test("E122: a pipe among the mappings does not stop the copy for ever, and a large file does not fill the memory")
  func special() throws {
    let pair = try Pair()
    #expect(mkfifo(pair.staging.path + "/mappings/pipe.csv", 0o600) == 0)
    #expect(
      pair.refusals() == [
        Failure(
          .copyUnsafe, "\(pair.staging.path)/mappings/pipe.csv is no plain file",
          fix: "put the file itself there, or move it away")
      ])
    unlink(pair.staging.path + "/mappings/pipe.csv")
    #expect(truncate(pair.staging.configuration, (1 << 20) + 1) == 0)
    #expect(
      pair.refusals().map(\.message) == ["\(pair.staging.path)/reconcile.yaml is larger than 1048576 bytes"])
  }
}
