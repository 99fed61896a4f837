import Foundation
import JSON
import Testing

/// `login partner-center`: the real program, the sandbox's device codes, and a person who decides.
@Suite("Signing in to Partner Center")
struct LoginPartnerCenterTests {
  static let token = "secrets/partner-center-refresh-token"

  /// A workspace in which nobody has signed in yet.
  static func bench() throws -> Workbench {
    let bench = try Workbench(.init(referrals: 12, opportunities: 12))
    try bench.sandbox.partnerCenter(["device_interval": 1])
    try FileManager.default.removeItem(at: bench.path(token))
    return bench
  }

  /// Runs the login while a person does one thing after the other, each once a code waits.
  static func login(_ bench: Workbench, _ arguments: String..., person: [String]) throws -> Command.Result {
    let command = try bench.start(["login", "partner-center"] + arguments)
    for (index, action) in person.enumerated() {
      try bench.wait(for: "a question for the code") {
        guard let code = try bench.sandbox.deviceCodes().last else { return !command.isRunning }
        return (Int(code["polls"]?.numberText ?? "") ?? 0) > index || !command.isRunning
      }
      if action == "interrupt" { command.signal(SIGINT) } else { try bench.sandbox.decide(action) }
    }
    return try command.wait(seconds: 300)
  }

  /// Ids and times of a message, which the sandbox counts, replaced.
  static func plain(_ text: String) -> String {
    text.replacing(#/ Trace ID: .*? Timestamp: [0-9: -]+Z/#, with: "").replacing(/\b[A-Z2-9]{9}\b/, with: "CODE")
      .replacing(/http:\/\/127\.0\.0\.1:\d+/, with: "http://HERE")
  }

  @Test("Approved: the token is kept for its owner alone, proved, and good for the night")
  func approved() throws {
    let bench = try Self.bench()
    let result = try Self.login(bench, person: ["approve"])
    #expect(result.status == 0, "\(result)")
    #expect(
      Self.plain(result.out) == """
        To sign in, open http://HERE/login/device and enter the code CODE.
        Signed in to Partner Center: referrals can be read.
        Signed in or renewed today; without a run it lasts 90 days more.

        """)
    #expect(
      result.err == """
        Sign in there as the user who has the role Referrals admin. The code is good for 15 minutes; waiting.
        Approved; the refresh token is kept in secrets/partner-center-refresh-token.

        """)
    #expect(try Unattended.mode(of: bench.path(Self.token)) == 0o600)
    #expect(try bench.sandbox.writes().isEmpty)
    #expect(try bench.sandbox.log().contains { $0["path"]?.stringValue?.hasSuffix("/engagements/referrals") == true })
    #expect(try bench.reconcile("plan").status == 0)
  }

  @Test("--json tells the same in two lines")
  func json() throws {
    let bench = try Self.bench()
    let result = try Self.login(bench, "--json", person: ["slow_down", "approve"])
    #expect(result.status == 0 && result.lines.count == 2, "\(result)")
    let lines = try result.lines.map { try JSONValue(parsing: $0) }
    let code = try bench.sandbox.deviceCodes()[0]
    #expect(lines[0].objectValue?.map(\.name) == ["message_type", "verification_uri", "user_code", "expires"])
    #expect(lines[0]["message_type"] == "device_code" && lines[0]["user_code"] == code["user_code"])
    #expect(
      result.lines[1]
        == #"{"message_type":"sign_in","side":"partner-center","sees_referrals":true,"token_age_days":0,"token_days_left":90}"#
    )
    #expect(code["state"] == "redeemed")
  }

  @Test("Interrupted: it ends with 130, and nothing is stored")
  func interrupted() throws {
    let bench = try Self.bench()
    let result = try Self.login(bench, person: ["interrupt"])
    #expect(result.status == 130 && result.err.hasSuffix("Interrupted: nothing was stored.\n"), "\(result)")
    #expect(!FileManager.default.fileExists(atPath: bench.path(Self.token).path))
  }

  /// How it can end otherwise: what the person does, what is wrong with the workspace, and what is said.
  static let endings: [(String, (String, String)?, Int32, String)] = [
    (
      "deny", nil, 7,
      """
      reconcile: E321: the sign-in was declined: authorization_declined: AADSTS65004: User declined to consent to access the \
      app.
        fix: run `reconcile login partner-center` again and approve it as the user who has the role Referrals admin

      """
    ),
    (
      "expire", nil, 7,
      """
      reconcile: E320: nobody approved the sign-in before its code was over
        fix: run `reconcile login partner-center` again and enter the new code

      """
    ),
    (
      "approve", ("client_id: b7a9", "client_id: c7a9"), 7,
      """
      reconcile: E322: Partner Center refused the app: unauthorized_client: AADSTS700016: Application with this identifier \
      was not found in the directory.
        fix: put the application (client) id into `partner_center.client_id`; the app must be registered in the directory \
      that `partner_center.tenant` names

      """
    ),
    (
      "approve", ("tenant: 2f6f", "tenant: 3f6f"), 7,
      """
      reconcile: E303: Partner Center refused to sign in: invalid_request: AADSTS90002: Tenant \
      '3f6f3c1e-54a1-4f0b-9f0e-8a4f4f1d6b01' not found.
        fix: put the directory (tenant) id of the partner account into `partner_center.tenant`

      """
    ),
    (
      "approve", ("refresh_token: file:secrets/partner-center-refresh-token", "refresh_token: env:TOKEN"), 65,
      """
      reconcile: E111: partner_center.refresh_token (env:TOKEN): a new secret cannot be kept there
        fix: use file:PATH for it, such as file:secrets/refresh_token

      """
    ),
  ]

  @Test("Each other ending says what happened and what to do, and stores nothing", arguments: endings)
  func ending(action: String, edit: (String, String)?, status: Int32, message: String) throws {
    let bench = try Self.bench()
    if let edit { try bench.replace(edit.0, with: edit.1, in: "reconcile.yaml") }
    let result = try Self.login(bench, "--quiet", person: edit == nil ? [action] : [])
    #expect(result.status == status, "\(result)")
    #expect(Self.plain(result.err) == message)
    #expect(!FileManager.default.fileExists(atPath: bench.path(Self.token).path))
  }

  @Test("A wrong secret is found when the code has been approved")
  func wrongSecret() throws {
    let bench = try Self.bench()
    try bench.write("wrong-secret-canary-71c9", to: "secrets/partner-center-client-secret")
    let result = try Self.login(bench, person: [])
    #expect(
      result.status == 7 && result.err.contains("E322: Partner Center refused the app: invalid_client"), "\(result)")
    #expect(result.err.contains("Certificates & secrets: make a new client secret"))
  }

  @Test("A workspace without the own organization's id can sign in, and is told an id")
  func withoutOrganization() throws {
    let bench = try Self.bench()
    let text = try bench.text("reconcile.yaml").split(separator: "\n").filter { !$0.contains("organization_id") }
    try bench.write(text.joined(separator: "\n"), to: "reconcile.yaml")
    let result = try Self.login(bench, person: ["approve"])
    #expect(result.status == 0, "\(result)")
    let id = bench.sandbox.ready.at("partner_center.organization_id")?.stringValue ?? ""
    #expect(
      result.err.hasSuffix(
        "partner_center.organization_id is not set; the referral that was read belongs to \(id).\n"))
  }

  /// The age of the token in days, what is told of it, and how that ends.
  static let ages: [(Int, String, String, Int32)] = [
    (0, "Signed in or renewed today; without a run it lasts 90 days more.", "", 0),
    (1, "Signed in or renewed 1 day ago; without a run it lasts 89 days more.", "", 0),
    (76, "Signed in or renewed 76 days ago; without a run it lasts 14 days more.", "", 0),
    (
      77, "Signed in or renewed 77 days ago; without a run it lasts 13 days more.",
      "reconcile: warning: the sign-in to Partner Center ends in 13 days unless a run renews it; run reconcile login "
        + "partner-center\n", 0
    ),
    (
      89, "Signed in or renewed 89 days ago; without a run it lasts 1 day more.",
      "reconcile: warning: the sign-in to Partner Center ends in 1 day unless a run renews it; run reconcile login "
        + "partner-center\n", 0
    ),
    (
      95, "Signed in or renewed 95 days ago: Partner Center has forgotten the sign-in.",
      "reconcile: E303: the refresh token of Partner Center is 95 days old, and the service forgets it after 90\n"
        + "  fix: sign in afresh: `reconcile login partner-center`\n", 7
    ),
  ]

  @Test("--status tells the age and asks nobody", arguments: ages)
  func age(days: Int, line: String, warning: String, status: Int32) throws {
    let bench = try Workbench(.init(referrals: 1, opportunities: 1))
    let date = Date().addingTimeInterval(-86_400 * Double(days) - 60)
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: bench.path(Self.token).path)
    let result = try bench.reconcile("login", "partner-center", "--status")
    #expect(result.status == status && result.out == line + "\n" && result.err == warning, "\(result)")
    #expect(try bench.sandbox.log().isEmpty)
  }

  @Test("--status before the first sign-in, and of a token that is in no file")
  func noAge() throws {
    let bench = try Self.bench()
    let none = try bench.reconcile("login", "partner-center", "--status")
    #expect(none.status == 65)
    #expect(
      none.err == """
        reconcile: E107: partner_center.refresh_token (file:secrets/partner-center-refresh-token): nobody has signed in yet
          fix: run `reconcile login partner-center`

        """)
    try bench.replace("file:secrets/partner-center-refresh-token", with: "env:TOKEN", in: "reconcile.yaml")
    let unknown = try bench.reconcile("login", "partner-center", "--status", "--json")
    #expect(unknown.status == 0)
    #expect(unknown.out == #"{"message_type":"sign_in_age","token_age_days":null,"token_days_left":null}"# + "\n")
  }

  @Test("No token, device code or secret in anything that is printed or written besides the file")
  func canaries() throws {
    let bench = try Self.bench()
    var outputs = [
      try Self.login(bench, person: ["approve"]), try Self.login(bench, "--json", person: ["deny"]),
      try Self.login(bench, person: ["expire"]), try Self.login(bench, person: ["interrupt"]),
    ]
    let secret = bench.sandbox.ready.at("partner_center.client_secret")?.stringValue ?? ""
    for echo in [secret, try bench.text(Self.token)] {
      try bench.sandbox.faults([
        "side": "login", "path": "token", "times": 9,
        "then": ["status": 400, "code": "invalid_grant", "message": .string("you sent \(echo) to us")],
      ])
      outputs.append(try Self.login(bench, person: []))
      try bench.sandbox.clearFaults()
    }
    let canaries = [secret, try bench.text(Self.token).trimmingCharacters(in: .newlines), "eyJ0eXAi.", "DAQ"]
    for (index, output) in outputs.enumerated() {
      let bytes = Data((output.out + output.err).utf8)
      for canary in canaries { #expect(SecretForms.found(canary, in: bytes) == [], "output \(index)") }
    }
    #expect(outputs.map(\.status) == [0, 7, 7, 130, 7, 7])
    #expect(outputs[4].err.contains("you sent ***"))
  }
}
