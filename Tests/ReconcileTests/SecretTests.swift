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

    try run("plan", "--record", bench.path("recorded-plan").path)
    try run("plan", "--json")
    try run("show", "--json")
    try bench.decideAll()
    try run("apply", "--json", "--record", bench.path("recorded-apply").path)
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
    // A service that sends back what it was sent, in whatever form.
    var echoed: [String] = []
    let spellings = [
      "as it is", "percent-encoded", "base64", "base64url", "base64 behind 1", "hexadecimal", "HEXADECIMAL",
    ]
    for spelling in spellings {
      for (side, path) in [("login", "oauth2/v2.0/token"), ("partner-center", "referrals")] {
        for place in 0..<2 {
          let sent = try Self.given(bench)[place]
          echoed.append(sent)
          let echo = "you sent \(SecretForms.all(sent)[spelling] ?? "") to us"
          try bench.sandbox.faults([
            "side": .string(side), "path": .string(path), "times": 9,
            "then": ["status": 400, "code": "invalid", "message": .string(echo)],
          ])
          try run("plan", "--json")
          try bench.sandbox.clearFaults()
        }
      }
    }
    try bench.write(Self.wrong, to: "secrets/partner-center-client-secret")
    try run("plan")

    let secrets = try Self.secrets(bench) + echoed
    #expect(secrets.count >= 5)
    for (index, output) in outputs.enumerated() {
      let bytes = Data((output.out + output.err).utf8)
      for secret in secrets { #expect(SecretForms.found(secret, in: bytes) == [], "output \(index)") }
    }
    let files = try Self.files(bench.folder).filter { !$0.path.contains("/secrets/") }
    #expect(files.contains { $0.lastPathComponent == "ledger.sqlite" })
    #expect(files.contains { $0.lastPathComponent == "changes.csv" })
    for file in files {
      let bytes = try Data(contentsOf: file)
      for secret in secrets { #expect(SecretForms.found(secret, in: bytes) == [], "\(file.lastPathComponent)") }
    }
    #expect(
      files.contains { $0.path.contains("/recorded-plan/") } && files.contains { $0.path.contains("/recorded-apply/") })
    #expect(outputs.contains { $0.err.contains("you sent") })
    // The search does find what is there, in each form.
    for secret in echoed {
      let forms = SecretForms.all(secret)
      #expect(forms.count >= 8)
      for (name, form) in forms {
        #expect(SecretForms.found(secret, in: Data("x\(form)y".utf8)).contains(name), "\(name)")
      }
    }
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

  /// What the workspace was given.
  private static func given(_ bench: Workbench) throws -> [String] {
    let ready = bench.sandbox.ready
    let given = [
      ready.at("partner_center.client_secret")?.stringValue ?? "",
      try bench.text("secrets/partner-center-refresh-token").trimmingCharacters(in: .whitespacesAndNewlines),
    ]
    return given
      + ["partner_center.refresh_token", "salesforce.client_secret"].compactMap { ready.at($0)?.stringValue }
  }

  /// Everything that must not get out: what the workspace was given, what the services issued, and the lines of the key.
  private static func secrets(_ bench: Workbench) throws -> [String] {
    let key = (bench.sandbox.ready.at("salesforce.private_key_pem")?.stringValue ?? "").split(separator: "\n")
      .map(String.init).filter { $0.count == 64 }
    // Access tokens of Partner Center begin like this; those of Salesforce with the org's id and an exclamation mark.
    return try given(bench) + key + [wrong, "eyJ0eXAi.", "eyJhbGciOi", "00DSb0000000001!AQ"].filter { !$0.isEmpty }
  }

  private static func files(_ folder: URL) throws -> [URL] {
    let keys: [URLResourceKey] = [.isRegularFileKey]
    return try (FileManager.default.enumerator(at: folder, includingPropertiesForKeys: keys)?.allObjects ?? [])
      .compactMap { $0 as? URL }.filter { try $0.resourceValues(forKeys: Set(keys)).isRegularFile == true }
  }
}
