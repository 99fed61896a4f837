import Foundation
import JSON
import Testing

/// `login salesforce`: the real program makes the key, and the sandbox's app gets to know its certificate.
@Suite("Signing in to Salesforce")
struct LoginSalesforceTests {
  static let key = "secrets/salesforce.key"
  static let certificate = "secrets/salesforce.crt"

  /// A workspace without a key.
  static func bench() throws -> Workbench {
    let bench = try Workbench(.init(referrals: 4, opportunities: 4))
    try FileManager.default.removeItem(at: bench.path(key))
    return bench
  }

  static let signedIn = """
    Signed in to Salesforce: the sandbox Fabrikam (00DSb0000000001MAA) at http://HERE.
    User: integration@fabrikam.example.
    API version: 62.0; the org's newest is 65.0.

    """

  @Test("From nothing to a sign-in: key and certificate, what to click, upload, and the test")
  func fromNothing() throws {
    let bench = try Self.bench()
    let made = try bench.reconcile("login", "salesforce")
    #expect(made.status == 0, "\(made)")
    let lines = made.lines
    #expect(
      lines[0]
        == "Made a new RSA key of 2048 bits in secrets/salesforce.key, readable for you alone, and its certificate in "
        + "secrets/salesforce.crt.")
    #expect(lines[1].hasPrefix("The certificate is good until 20") && lines[2] == "In Salesforce:")
    #expect(lines.dropFirst(3).map { String($0.prefix(2)) } == ["1.", "2.", "3.", "4.", "5.", "6."])
    #expect(lines[4].contains("upload secrets/salesforce.crt"))
    #expect(made.err == "The sign-in is not tested yet: Salesforce cannot know the new key.\n")
    #expect(try bench.sandbox.log().isEmpty)
    #expect(try Unattended.mode(of: bench.path(Self.key)) == 0o600)
    #expect(try bench.text(Self.key).hasPrefix("-----BEGIN PRIVATE KEY-----\n"))

    let unknown = try bench.reconcile("login", "salesforce")
    #expect(unknown.status == 7 && unknown.out.isEmpty)
    #expect(
      unknown.err == """
        reconcile: E303: Salesforce refused to sign in: invalid_grant: invalid assertion
          fix: in Salesforce Setup, External Client App Manager > the app > Settings > OAuth Settings: upload the certificate \
        that lies beside the file of `salesforce.private_key` (its name ends in .crt)

        """)

    try bench.sandbox.upload(certificate: bench.text(Self.certificate))
    let tested = try bench.reconcile("login", "salesforce")
    #expect(tested.status == 0 && tested.err.isEmpty, "\(tested)")
    #expect(LoginPartnerCenterTests.plain(tested.out) == Self.signedIn)
    #expect(try bench.sandbox.writes().isEmpty)
    #expect(try bench.reconcile("plan").status == 0)
  }

  @Test("--new-key keeps the old files under dated names, and the app has to be told")
  func newKey() throws {
    let bench = try Self.bench()
    _ = try bench.reconcile("login", "salesforce")
    try bench.sandbox.upload(certificate: bench.text(Self.certificate))
    let old = try (bench.text(Self.key), bench.text(Self.certificate))
    let result = try bench.reconcile("login", "salesforce", "--new-key", "--bits", "3072")
    #expect(result.status == 0 && result.out.contains("a new RSA key of 3072 bits"), "\(result)")
    let names = try FileManager.default.contentsOfDirectory(atPath: bench.path("secrets").path)
    let kept = names.filter { $0.contains("Z.") }.sorted()
    #expect(kept.count == 2)
    #expect(try (bench.text("secrets/" + kept[1]), bench.text("secrets/" + kept[0])) == old)
    #expect(result.err.contains("Kept what was there as secrets/\(kept[1])."))
    #expect(try bench.reconcile("login", "salesforce").status == 7)
    try bench.sandbox.upload(certificate: bench.text(Self.certificate))
    #expect(try bench.reconcile("login", "salesforce").status == 0)
  }

  @Test("A key that is there is never written over, whether it can be used or not")
  func untouched() throws {
    let bench = try Workbench(.init(referrals: 1, opportunities: 1))
    let own = try bench.text(Self.key)
    let result = try bench.reconcile("login", "salesforce")
    #expect(
      result.status == 0 && result.out.contains("Made a certificate of the key in secrets/salesforce.key"), "\(result)")
    #expect(try bench.text(Self.key) == own)
    try bench.write("no key\n", to: Self.key)
    let unusable = try bench.reconcile("login", "salesforce")
    #expect(unusable.status == 65 && unusable.err.hasPrefix("reconcile: E117: salesforce.private_key"), "\(unusable)")
    #expect(try bench.text(Self.key) == "no key\n")
  }

  @Test("With a configuration that is not complete it makes the key, says what to click and what is missing")
  func incomplete() throws {
    let bench = try Self.bench()
    _ = try bench.reconcile("init", bench.path("new").path)
    let new = bench.path("new")
    let made = try bench.reconcile("login", "salesforce", in: new)
    #expect(made.status == 0, "\(made)")
    let again = try bench.reconcile("login", "salesforce", "--json", in: new)
    #expect(again.status == 0 && again.lines.count == 1)
    let line = try JSONValue(parsing: again.lines[0])
    #expect(line["message_type"] == "steps" && line["signed_in"] == false && line["steps"]?.arrayValue?.count == 6)
    #expect(
      line["missing"]?.arrayValue?.compactMap(\.stringValue).map {
        $0.split(separator: " ").dropFirst().joined(separator: " ")
      }
        == ["salesforce.client_id is missing", "salesforce.username is missing"])
  }

  /// What the token endpoint says, and where its message sends the administrator.
  static let refusals: [(String, String, String)] = [
    (
      "invalid_grant", "user hasn't approved this consumer",
      "in Salesforce Setup, External Client App Manager > the app > Policies > Edit: set *Permitted Users* to *Admin approved "
        + "users are pre-authorized* and add the permission set Cosell_Integration, assign that to the user of "
        + "`salesforce.username`, and see that the app has the scope `refresh_token`"
    ),
    (
      "invalid_app_access", "user is not admin approved to access this app",
      "in Salesforce Setup, Permission Sets > Cosell Integration > Manage Assignments: add the user of "
        + "`salesforce.username`; the app's policies must name that permission set"
    ),
    (
      "invalid_client_id", "client identifier invalid",
      "in Salesforce Setup, External Client App Manager > the app > Settings > OAuth Settings > Consumer Key and Secret: copy "
        + "the consumer key into `salesforce.client_id`; a new app takes up to ten minutes to be known"
    ),
    (
      "invalid_client", "invalid client credentials",
      "in Salesforce Setup, External Client App Manager > the app > Settings > OAuth Settings > Consumer Key and Secret: "
        + "store the consumer secret where `salesforce.client_secret` says"
    ),
    (
      "invalid_grant", "audience is invalid",
      "set `salesforce.login_url` to https://login.salesforce.com, of a sandbox to https://test.salesforce.com, or to the My "
        + "Domain address of the org"
    ),
    (
      "invalid_grant", "expired authorization code",
      "set the clock of this machine: a signed statement holds for three minutes (timedatectl tells whether the clock is in "
        + "step)"
    ),
    (
      "inactive_user", "user is inactive",
      "in Salesforce Setup, Users > the integration user > Edit: tick *Active*; a frozen user has a button *Unfreeze*"
    ),
    (
      "something_new", "never heard of",
      "check the app's client id, its user and its approval in Salesforce Setup, then run `reconcile login salesforce`"
    ),
  ]

  @Test("Each refusal is explained by the click that mends it", arguments: refusals)
  func refused(error: String, text: String, fix: String) throws {
    let bench = try Workbench(.init(referrals: 1, opportunities: 1))
    try bench.sandbox.faults([
      "side": "login", "path": "services/oauth2/token",
      "then": ["status": 400, "code": .string(error), "message": .string(text)],
    ])
    let result = try bench.reconcile("login", "salesforce", "--quiet")
    #expect(result.status == 7)
    #expect(result.err == "reconcile: E303: Salesforce refused to sign in: \(error): \(text)\n  fix: \(fix)\n")
  }

  @Test("A user who is not approved and a client that is not known are refused by the sandbox's own judgement")
  func refusedForReal() throws {
    let bench = try Workbench(.init(referrals: 1, opportunities: 1))
    try bench.replace("username: integration@", with: "username: somebody@", in: "reconcile.yaml")
    #expect(
      try bench.reconcile("login", "salesforce").err.contains(
        "user hasn't approved this consumer\n  fix: in Salesforce"))
    try bench.replace("client_id: 3MVG9Sandbox", with: "client_id: 3MVG9Other", in: "reconcile.yaml")
    #expect(try bench.reconcile("login", "salesforce").err.contains("client identifier invalid\n  fix: in Salesforce"))
  }

  @Test(
    "The other two ways of signing in are tested as well, and need no key",
    arguments: ["client-credentials", "refresh-token"])
  func otherWays(method: String) throws {
    let bench = try Self.bench()
    try bench.replace("auth: jwt", with: "auth: \(method)", in: "reconcile.yaml")
    let steps = try bench.reconcile("login", "salesforce")
    #expect(steps.status == 0 && steps.lines[0] == "In Salesforce:", "\(steps)")
    #expect(steps.err.hasPrefix("The sign-in is not tested yet: reconcile.yaml:"))
    let name = method == "refresh-token" ? "refresh_token" : "client_secret"
    try bench.write(bench.sandbox.ready.at("salesforce.\(name)")?.stringValue ?? "", to: "secrets/sf")
    try bench.replace("auth: \(method)", with: "auth: \(method)\n  \(name): file:secrets/sf", in: "reconcile.yaml")
    try bench.sandbox.org(["rotate_refresh_tokens": true])
    for _ in 0..<2 {
      let result = try bench.reconcile("login", "salesforce")
      #expect(result.status == 0 && LoginPartnerCenterTests.plain(result.out) == Self.signedIn, "\(result)")
    }
    let wrong = try bench.reconcile("login", "salesforce", "--new-key")
    #expect(wrong.status == 64 && wrong.err.contains("E110: salesforce.auth is \(method), which needs no key"))
    #expect(!FileManager.default.fileExists(atPath: bench.path(Self.key).path))
  }

  @Test("--status tells how long the certificate lasts and asks nobody")
  func status() throws {
    let bench = try Self.bench()
    let none = try bench.reconcile("login", "salesforce", "--status")
    #expect(none.status == 65 && none.err.contains("E107: salesforce.private_key"), "\(none)")
    _ = try bench.reconcile("login", "salesforce")
    let result = try bench.reconcile("login", "salesforce", "--status")
    #expect(result.status == 0 && result.err.isEmpty)
    #expect(
      result.out.firstMatch(of: /^secrets\/salesforce\.crt is good until \d{4}-\d\d-\d\d, (729|730) days more\.\n$/)
        != nil)
    #expect(try bench.sandbox.log().isEmpty)
  }

  @Test("A version of the API that the org does not have is warned of")
  func version() throws {
    let bench = try Workbench(.init(referrals: 1, opportunities: 1))
    bench.environment["RECONCILE_SALESFORCE_API_VERSION"] = "99.0"
    let result = try bench.reconcile("login", "salesforce")
    #expect(!result.err.isEmpty, "\(result)")
  }

  @Test("No line of a key, no token and no secret in anything that is printed")
  func canaries() throws {
    let bench = try Self.bench()
    var outputs = [try bench.reconcile("login", "salesforce")]
    outputs.append(try bench.reconcile("login", "salesforce", "--json"))
    try bench.sandbox.upload(certificate: bench.text(Self.certificate))
    outputs.append(try bench.reconcile("login", "salesforce", "--json"))
    let first = try bench.text(Self.key)
    outputs.append(try bench.reconcile("login", "salesforce", "--new-key", "--json"))
    outputs.append(try bench.reconcile("login", "salesforce", "--status", "--json"))
    let lines = (first + (try bench.text(Self.key))).split(separator: "\n").map(String.init).filter { $0.count == 64 }
    #expect(lines.count > 40)
    for (index, output) in outputs.enumerated() {
      let bytes = Data((output.out + output.err).utf8)
      for canary in lines + ["00DSb0000000001!AQ", "eyJhbGciOi"] {
        #expect(SecretForms.found(canary, in: bytes) == [], "output \(index)")
      }
    }
    #expect(outputs.map(\.status) == [0, 7, 0, 0, 0])
  }
}
