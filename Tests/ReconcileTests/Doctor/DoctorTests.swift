import Foundation
import JSON
import Setup
import Testing

/// What `doctor` does and leaves alone, beside what it finds.
@Suite("reconcile doctor")
struct DoctorTests {
  @Test("a healthy workspace is all ok, each check once, and the process ends with 0")
  func healthy() throws {
    let doctor = try DoctorBench()
    for _ in 0..<2 {
      let outcome = try doctor.look()
      #expect(outcome.lines.map(\.check) == Precondition.allCases.map(\.rawValue))
      #expect(outcome.lines.filter { $0.level != "ok" } == [])
      #expect(outcome.status == 0)
      try doctor.plan()
    }
  }

  @Test("it changes nothing: no record, no file but the renewed refresh token, and takes no lock")
  func leavesAlone() throws {
    let doctor = try DoctorBench()
    for hasLedger in [false, true] {
      if hasLedger { try doctor.plan() }
      let before = try Self.files(doctor.bench.folder)
      try doctor.bench.sandbox.emptyLog()
      #expect(try doctor.look().status == 0)
      let after = try Self.files(doctor.bench.folder)
      let token = "secrets/partner-center-refresh-token"
      #expect(before[token] != after[token])
      #expect(before.filter { $0.key != token } == after.filter { $0.key != token })
      #expect(try doctor.bench.sandbox.writes().isEmpty)
    }
    #expect(try Unattended.mode(of: doctor.bench.path("secrets/partner-center-refresh-token")) == 0o600)
  }

  @Test("--offline asks no service, changes nothing at all, and says so of each check that hangs on one")
  func offline() throws {
    let doctor = try DoctorBench()
    try doctor.plan()
    let before = try Self.files(doctor.bench.folder)
    try doctor.bench.sandbox.emptyLog()
    let outcome = try doctor.look("--offline")
    #expect(outcome.status == 0)
    for (line, check) in zip(outcome.lines, Precondition.allCases) {
      #expect(line.level == (check.asksServices ? "not checked" : "ok"), "\(line)")
      if check.asksServices { #expect(line.what == "--offline asks no service") }
    }
    #expect(try doctor.bench.sandbox.log().isEmpty)
    #expect(try Self.files(doctor.bench.folder) == before)
  }

  @Test("without a network both sign-ins say so, and what hangs on them says what has to come first")
  func withoutNetwork() throws {
    let doctor = try DoctorBench()
    let before = try doctor.look().lines
    doctor.bench.sandbox.stop()
    let outcome = try doctor.look()
    #expect(outcome.status == 1)
    for (line, check) in zip(outcome.lines, Precondition.allCases) where check.asksServices {
      switch check {
      case .partnerCenterSignIn:
        #expect(line.what == "signing in to Partner Center: 127.0.0.1 cannot be reached" && line.code == "E301")
      case .salesforceSignIn:
        #expect(line.what == "signing in to Salesforce: 127.0.0.1 cannot be reached" && line.code == "E301")
      case .clock: #expect(line.what == "no service answered with its time")
      case .canaries: #expect(line.level == "ok")
      case _: #expect(line.level == "not checked" && line.what.hasPrefix("first: "), "\(line)")
      }
    }
    for (line, check) in zip(outcome.lines, Precondition.allCases) where !check.asksServices {
      #expect(before.contains(line))
    }
  }

  @Test("a service that is down is asked twice and not for minutes, and one that asks for an hour is not waited for")
  func shortPatience() throws {
    let doctor = try DoctorBench()
    try doctor.bench.sandbox.faults(["side": "login", "probability": 1, "then": ["status": 503, "retry_after": 1]])
    try doctor.bench.sandbox.emptyLog()
    let outcome = try doctor.look()
    #expect(outcome.status == 1)
    #expect(outcome.lines(of: "partner-center-sign-in").first?.code == "E308")
    #expect(try doctor.bench.sandbox.log().count == 4)
  }

  @Test("an org that is crowded is not waited for")
  func crowded() throws {
    let doctor = try DoctorBench()
    try doctor.bench.sandbox.faults([
      "side": "salesforce", "probability": 1, "then": ["status": 403, "code": "REQUEST_LIMIT_EXCEEDED"],
    ])
    let outcome = try doctor.look()
    #expect(outcome.lines(of: "api-version").first?.level == "error")
    #expect(try doctor.bench.sandbox.log().count { $0["side"]?.stringValue == "salesforce" } == 1)
  }

  @Test("no secret and no token in any output, whatever a service sends back")
  func secrets() throws {
    let doctor = try DoctorBench()
    let bench = doctor.bench
    let ready = bench.sandbox.ready
    var secrets = ["partner_center.client_secret", "partner_center.refresh_token", "salesforce.client_secret"]
      .compactMap { ready.at($0)?.stringValue }
    secrets += (ready.at("salesforce.private_key_pem")?.stringValue ?? "").split(separator: "\n").map(String.init)
      .filter { $0.count == 64 }
    secrets += ["eyJ0eXAi.", "eyJhbGciOi", "00DSb0000000001!AQ", "wrong-secret-canary-71c9"]
    #expect(secrets.count > 10)
    var outputs = [try bench.reconcile("doctor", "--why"), try bench.reconcile("doctor", "--json")]
    for (side, path) in [("login", "oauth2/v2.0/token"), ("partner-center", "referrals"), ("salesforce", "describe")] {
      let sent = try bench.text("secrets/partner-center-refresh-token").trimmingCharacters(in: .whitespacesAndNewlines)
      secrets.append(sent)
      let echo = side == "salesforce" ? "you sent 00DSb0000000001!AQ.xyz" : "you sent \(sent) and \(secrets[0])"
      try bench.sandbox.faults([
        "side": .string(side), "path": .string(path), "probability": 1,
        "then": ["status": 400, "code": "x", "message": .string(echo)],
      ])
      outputs.append(try bench.reconcile("doctor"))
      try bench.sandbox.clearFaults()
    }
    try bench.write("wrong-secret-canary-71c9", to: "secrets/partner-center-client-secret")
    try bench.replace(
      "file:secrets/salesforce.key", with: "cmd:echo wrong-secret-canary-71c9; exit 3", in: "reconcile.yaml")
    outputs.append(try bench.reconcile("doctor"))
    try bench.replace("client_id: 3MVG9", with: "client_secret: wrong-secret-canary-71c9 #", in: "reconcile.yaml")
    outputs.append(try bench.reconcile("doctor"))
    #expect(outputs.last?.out.contains("E106") == true, "\(outputs.last?.out ?? "")")
    for output in outputs {
      let bytes = Data((output.out + output.err).utf8)
      for secret in secrets { #expect(SecretForms.found(secret, in: bytes) == []) }
    }
    #expect(outputs.contains { $0.out.contains("you sent") })
  }

  @Test("a folder that is no workspace is told of as any other trouble, and one that is not there is refused")
  func noWorkspace() throws {
    let doctor = try DoctorBench()
    let empty = doctor.bench.path("empty")
    try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: false)
    let result = try doctor.bench.reconcile("doctor", "--workspace", empty.path)
    #expect(result.status == 65 && result.out.contains("(E101)"), "\(result)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: empty.path).isEmpty)
    let absent = try doctor.bench.reconcile("doctor", "--workspace", "/nonexistent")
    #expect(absent.status == 65 && absent.out.isEmpty && absent.err.contains("E101"))
  }

  @Test("the last JSON line counts the findings by level")
  func counts() throws {
    let doctor = try DoctorBench()
    try doctor.chmod(0o640, "secrets/salesforce.key")
    let result = try doctor.bench.reconcile("doctor", "--json", "--offline")
    let last = try JSONValue(parsing: result.lines.last ?? "")
    let asking = Precondition.allCases.count(where: \.asksServices)
    #expect(last["message_type"] == .string("doctor"))
    #expect(last["warning"]?.numberText == "1" && last["error"]?.numberText == "0")
    #expect(last["not_checked"]?.numberText == "\(asking)")
    #expect(last["ok"]?.numberText == "\(Precondition.allCases.count - asking - 1)")
  }

  /// The files and folders of a workspace with their modes and bytes.
  private static func files(_ folder: URL) throws -> [String: String] {
    let names = FileManager.default.enumerator(atPath: folder.path)?.allObjects.compactMap { $0 as? String } ?? []
    return try Dictionary(
      uniqueKeysWithValues: names.map { name in
        let path = folder.appendingPathComponent(name).path
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        let bytes = FileManager.default.contents(atPath: path)?.base64EncodedString() ?? ""
        return (name, "\(attributes[.posixPermissions] ?? "") \(bytes)")
      })
  }
}
