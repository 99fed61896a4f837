import Foundation
import JSON
import Testing

/// Secrets stay in `secrets/`, whatever goes wrong.
@Suite("Secrets")
struct SecretTests {
  @Test("No secret and no token in any file of the workspace or any output, also when sign-in goes wrong")
  func canaries() throws {
    let bench = try Workbench()
    var outputs: [Command.Result] = []
    func run(_ arguments: String...) throws { outputs.append(try bench.start(arguments).wait()) }

    try run("plan")
    try run("plan", "--json")
    try run("show", "--json")
    try bench.decideAll()
    try run("apply", "--json")
    try run("runs")
    for fault: JSONValue in [
      ["side": "login", "times": 1, "then": ["status": 401, "code": "invalid_client"]],
      ["side": "login", "times": 1, "then": ["html": true]],
      ["side": "salesforce", "times": 1, "then": ["expire_session": true]],
      ["side": "salesforce", "times": 9, "then": ["status": 401, "code": "INVALID_SESSION_ID"]],
      ["side": "partner-center", "times": 9, "then": ["status": 401, "code": "unauthenticated"]],
      ["side": "partner-center", "times": 1, "then": ["status": 400, "message": .string("you sent \(Self.echo)")]],
    ] {
      try bench.sandbox.faults(fault)
      try run("plan")
      try bench.sandbox.clearFaults()
    }
    try bench.write(Self.wrong, to: "secrets/partner-center-client-secret")
    try run("plan")

    let secrets = try Self.secrets(bench)
    #expect(secrets.count >= 5)
    for (index, output) in outputs.enumerated() {
      for secret in secrets { #expect(!(output.out + output.err).contains(secret), "output \(index)") }
    }
    let files = try Self.files(bench.folder).filter { !$0.path.contains("/secrets/") }
    #expect(files.contains { $0.lastPathComponent == "ledger.sqlite" })
    #expect(files.contains { $0.lastPathComponent == "changes.csv" })
    for file in files {
      let bytes = try Data(contentsOf: file)
      for secret in secrets { #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(file.lastPathComponent)") }
    }
    // The search does find what is there.
    let kept = try Self.files(bench.folder).filter { $0.path.contains("/secrets/") }.map { try Data(contentsOf: $0) }
    #expect(secrets.contains { secret in kept.contains { $0.range(of: Data(secret.utf8)) != nil } })
  }

  @Test("A rotated refresh token goes into its file, which stays private")
  func rotation() throws {
    let bench = try Workbench()
    let before = try bench.text("secrets/partner-center-refresh-token")
    #expect(try bench.reconcile("plan").status == 0)
    #expect(try bench.text("secrets/partner-center-refresh-token") != before)
    #expect(try Unattended.mode(of: bench.path("secrets/partner-center-refresh-token")) == 0o600)
    #expect(try bench.reconcile("plan").status == 0)
  }

  @Test("A secret file that others may read is warned of, without its content")
  func readableByOthers() throws {
    let bench = try Workbench()
    let file = bench.path("secrets/partner-center-client-secret")
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
    let result = try bench.reconcile("plan", "--quiet")
    #expect(result.status == 0 && result.err.contains("chmod 600"))
    #expect(try !result.err.contains(bench.text("secrets/partner-center-client-secret")))
  }

  private static let wrong = "wrong-secret-canary-71c9"
  private static let echo = "a message of the service"

  /// Everything that must not get out: what the workspace was given, what the services issued, and the lines of the key.
  private static func secrets(_ bench: Workbench) throws -> [String] {
    let ready = bench.sandbox.ready
    let given = ["partner_center.client_secret", "partner_center.refresh_token", "salesforce.client_secret"]
      .compactMap { ready.at($0)?.stringValue }
    let key = (ready.at("salesforce.private_key_pem")?.stringValue ?? "").split(separator: "\n")
      .map(String.init).filter { $0.count == 64 }
    // Access tokens of Partner Center begin like this; those of Salesforce with the org's id and an exclamation mark.
    return given + key + [wrong, "eyJ0eXAi.", "eyJhbGciOi", "00DSb"].filter { !$0.isEmpty }
  }

  private static func files(_ folder: URL) throws -> [URL] {
    let keys: [URLResourceKey] = [.isRegularFileKey]
    return try (FileManager.default.enumerator(at: folder, includingPropertiesForKeys: keys)?.allObjects ?? [])
      .compactMap { $0 as? URL }.filter { try $0.resourceValues(forKeys: Set(keys)).isRegularFile == true }
  }
}
