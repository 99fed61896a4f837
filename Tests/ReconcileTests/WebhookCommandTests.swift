import Foundation
import JSON
import Testing
import Wire

/// Where Partner Center sends its events, by the commands.
@Suite("Registering for events")
struct WebhookCommandTests {
  private static let all =
    "referral-created, referral-updated, related-referral-created, related-referral-updated, test-created"

  private static func registration(_ bench: Workbench) throws -> JSONValue? {
    try bench.sandbox.call(.get, "webhooks")["registration"]
  }

  @Test("An address is registered for all events, shown, and another one replaces it only when that is asked for")
  func register() throws {
    let bench = try Workbench(.init(referrals: 1, opportunities: 1))
    let none = try bench.reconcile("webhook", "list")
    #expect(none.status == 1)
    #expect(
      none.err == """
        reconcile: E326: Partner Center sends this tenant's events nowhere
          fix: run `reconcile webhook register`

        """)
    let made = try bench.reconcile("webhook", "register", "--url", "https://hooks.example.com/pc")
    #expect(made.status == 0, "\(made)")
    #expect(
      made.lines.prefix(3) == [
        "Address:  https://hooks.example.com/pc", "Events:   \(Self.all)", "Signature in x-ms-signature",
      ])
    let known = try #require(try Self.registration(bench))
    #expect(known["webhookEvents"]?.arrayValue?.count == 5)
    #expect(known["signatureTokenToMsSignatureHeader"] == true)
    // The same once more is no change.
    #expect(try bench.reconcile("webhook", "register", "--url", "https://hooks.example.com/pc", "--quiet").status == 0)
    #expect(try Self.registration(bench) == known)

    let refused = try bench.reconcile("webhook", "register", "--url", "https://other.example.com/pc")
    #expect(refused.status == 1 && refused.out.isEmpty)
    #expect(
      refused.err == """
        reconcile: E325: Partner Center sends \(Self.all) to https://hooks.example.com/pc
          fix: if nothing else needs them there: reconcile webhook register --overwrite

        """)
    #expect(try Self.registration(bench) == known)
    let replaced = try bench.reconcile("webhook", "register", "--url", "https://other.example.com/pc", "--overwrite")
    #expect(replaced.status == 0, "\(replaced)")
    let shown = try JSONValue(parsing: bench.reconcile("webhook", "list", "--json").lines[0])
    #expect(shown["url"] == "https://other.example.com/pc" && shown["signature_header"] == "x-ms-signature")
    #expect(shown["subscriber_id"] == known["subscriberId"])
  }

  @Test("Without a call that removes it, a registration is left with test events alone")
  func unregister() throws {
    let bench = try Workbench(.init(referrals: 1, opportunities: 1))
    #expect(try bench.reconcile("webhook", "unregister").status == 1)
    _ = try bench.reconcile("webhook", "register", "--url", "https://hooks.example.com/pc")
    let result = try bench.reconcile("webhook", "unregister")
    #expect(result.status == 0 && result.out.contains("Events:   test-created\n"), "\(result)")
    #expect(result.err.contains("has no call that removes it"))
    let known = try #require(try Self.registration(bench))
    #expect(known["webhookEvents"] == ["test-created"] && known["webhookUrl"] == "https://hooks.example.com/pc")
  }

  @Test("The address comes from reconcile.yaml, and must be one to which events can be sent")
  func address() throws {
    let bench = try Workbench(.init(referrals: 1, opportunities: 1))
    let missing = try bench.reconcile("webhook", "register")
    #expect(missing.status == 1 && missing.err.contains("E328: no address is given to which events can be sent"))
    let plain = try bench.reconcile("webhook", "register", "--url", "http://hooks.example.com/pc")
    #expect(plain.status == 1)
    #expect(
      plain.err.contains("E328: events cannot be sent to http://hooks.example.com/pc: it must be an https address"))
    try bench.write(
      try bench.text("reconcile.yaml") + "\nwebhooks: { url: \"https://hooks.example.com/pc\" }\n", to: "reconcile.yaml"
    )
    #expect(try bench.reconcile("webhook", "register").status == 0)
    #expect(try Self.registration(bench)?["webhookUrl"] == "https://hooks.example.com/pc")
    // The environment wins over the file, as for every key.
    bench.environment["RECONCILE_WEBHOOKS_URL"] = "https://third.example.com/pc"
    #expect(try bench.reconcile("webhook", "register", "--overwrite").status == 0)
    #expect(try Self.registration(bench)?["webhookUrl"] == "https://third.example.com/pc")
  }

  @Test("A test event is followed until it has arrived, or is not taken")
  func test() throws {
    let bench = try Workbench(.init(referrals: 1, opportunities: 1))
    try bench.believeSandbox()
    #expect(try bench.reconcile("webhook", "test").status == 1)
    let listener = try Listener(bench)
    _ = try bench.reconcile("webhook", "register", "--url", listener.url)
    let arrived = try bench.reconcile("webhook", "test")
    #expect(arrived.status == 0, "\(arrived)")
    #expect(arrived.out == "Delivered to \(listener.url) at attempt 1.\n")
    #expect(listener.said.contains("test-created: arrived"))
    #expect(try bench.queued().isEmpty)
    listener.stop(SIGTERM)
    let lost = try bench.reconcile("webhook", "test", "--wait", "2")
    #expect(lost.status == 1)
    #expect(
      lost.err.contains(
        "E327: the test event was not delivered within 2 seconds, after 1 attempt; the last answer: ServiceUnavailable")
    )
  }

  @Test("A user without the right is told which one it takes")
  func forbidden() throws {
    let bench = try Workbench(.init(referrals: 1, opportunities: 1))
    let token = "secrets/partner-center-refresh-token"
    try bench.write(
      try bench.text(token).trimmingCharacters(in: .whitespacesAndNewlines) + "-referrals-user", to: token)
    let refused = try bench.reconcile("webhook", "list")
    #expect(refused.status == 7 && refused.err.contains("E304"), "\(refused)")
    #expect(refused.err.contains("webhooks are registered by a user who is Global admin"))
  }
}
