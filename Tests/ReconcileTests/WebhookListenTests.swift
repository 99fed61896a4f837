import Foundation
import GRDB
import JSON
import Testing
import Wire

/// Calls of every kind against the listener's own binary.
@Suite("Hearing events")
struct WebhookListenTests {
  private static func id(_ number: Int) -> String { String(format: "11111111-2222-4333-8444-%012d", number) }

  /// One call that is made of a signed one, and what must come of it.
  struct Case: Sendable {
    let name: String
    let status: Int
    var body = Workbench.event(referral: WebhookListenTests.id(1))
    var certificate = "dispatch"
    var change: @Sendable (inout HookCall) -> Void = { _ in }
    /// How often the referral has been named then.
    var count = 0
  }

  private static let madeUp = "Signature " + Data(repeating: 7, count: 256).base64EncodedString()

  private static let harmless: [Case] = [
    Case(name: "as it should be", status: 200, count: 1),
    Case(name: "the same bytes again", status: 200, count: 2),
    Case(
      name: "an older event after a newer one", status: 200,
      body: Workbench.event("referral-created", referral: id(1), at: "2026-11-01T08:00:00+00:00"), count: 3),
    Case(
      name: "the signature in the other header", status: 200,
      change: { call in
        let value = call.headers.first { $0.name == "x-ms-signature" }?.value
        call.set("x-ms-signature", nil)
        call.set("Authorization", value)
      }, count: 4),
    Case(
      name: "a character set beside the type", status: 200,
      change: { $0.set("Content-Type", "Application/JSON; charset=utf-8") }, count: 5),
    Case(
      name: "an id in capitals", status: 200,
      body: Workbench.event("related-referral-updated", referral: id(1).uppercased()), count: 6),
    Case(name: "a test event", status: 200, body: Workbench.event("test-created", referral: id(1)), count: 6),
  ]

  /// Names another address of the certificate.
  private static func certificate(_ url: String) -> @Sendable (inout HookCall) -> Void {
    { $0.set("X-MS-Certificate-Url", url) }
  }

  /// An event of the first referral, with something else about it.
  private static func event(_ name: String = "referral-updated", at moment: String? = nil, on host: String? = nil)
    -> String
  {
    Workbench.event(
      name, referral: id(1), at: moment ?? "2026-11-02T08:00:00Z",
      host: host ?? "https://api.partnercenter.microsoft.com")
  }

  private static let forged: [Case] = [
    Case(name: "another path", status: 404, change: { $0.url += "other" }),
    Case(name: "GET", status: 405, change: { $0.method = .get }),
    Case(name: "PUT", status: 405, change: { $0.method = .put }),
    Case(name: "no content type", status: 415, change: { $0.set("Content-Type", "") }),
    Case(name: "another content type", status: 415, change: { $0.set("Content-Type", "text/plain") }),
    Case(name: "too large, and signed", status: 413, body: event() + String(repeating: " ", count: 65_536)),
    Case(name: "no certificate", status: 400, change: { $0.set("X-MS-Certificate-Url", nil) }),
    Case(name: "no algorithm", status: 400, change: { $0.set("X-MS-Signature-Algorithm", nil) }),
    Case(name: "no signature", status: 400, change: { $0.set("x-ms-signature", nil) }),
    Case(
      name: "two certificates", status: 400,
      change: { $0.headers.append(("X-MS-Certificate-Url", "https://certificates.example.com/a.cer")) }),
    Case(name: "a signature that is no base64", status: 400, change: { $0.set("x-ms-signature", "Signature §§§") }),
    Case(name: "a bearer token as signature", status: 400, change: { $0.set("x-ms-signature", "Bearer abcd") }),
    Case(name: "another algorithm", status: 401, change: { $0.set("X-MS-Signature-Algorithm", "rsa-sha1") }),
    Case(name: "no algorithm at all", status: 401, change: { $0.set("X-MS-Signature-Algorithm", "none") }),
    Case(name: "a certificate on another host", status: 401, change: certificate("https://example.com/a.cer")),
    Case(
      name: "a certificate over plain http", status: 401, change: certificate("http://certificates.example.com/a.cer")),
    Case(
      name: "a certificate at another port", status: 401,
      change: certificate("https://certificates.example.com:444/a.cer")),
    Case(
      name: "the allowed host as a user's name", status: 401,
      change: certificate("https://certificates.example.com@example.com/a.cer")),
    Case(
      name: "the allowed host as the beginning of another", status: 401,
      change: certificate("https://certificates.example.com.example.com/a.cer")),
    Case(name: "a file as certificate", status: 401, change: certificate("file:///etc/passwd")),
    Case(name: "an expired certificate", status: 401, certificate: "expired"),
    Case(name: "a certificate of the future", status: 401, certificate: "future"),
    Case(name: "a self-signed certificate", status: 401, certificate: "self-signed"),
    Case(name: "a chain to a root of the same name", status: 401, certificate: "other-root"),
    Case(name: "a certificate for another name", status: 401, certificate: "other-name"),
    Case(name: "a certificate of another issuer that is trusted", status: 401, certificate: "other-issuer"),
    Case(name: "a certificate that is cut off", status: 401, certificate: "truncated"),
    Case(name: "a huge certificate", status: 401, certificate: "huge"),
    Case(name: "a page in place of a certificate", status: 401, certificate: "text"),
    Case(name: "a redirect to the right certificate", status: 401, certificate: "redirect"),
    Case(name: "a root in place of the certificate", status: 401, certificate: "root"),
    Case(name: "a certificate whose host fails", status: 503, certificate: "failing"),
    Case(name: "another body", status: 401, change: { $0.body = Array(Workbench.event(referral: id(2)).utf8) }),
    Case(name: "one byte more", status: 401, change: { $0.body.append(0x20) }),
    Case(name: "no body", status: 401, change: { $0.body = [] }),
    Case(name: "a signature of other bytes", status: 401, change: { $0.set("x-ms-signature", madeUp) }),
    Case(name: "an empty body, signed", status: 400, body: ""),
    Case(name: "half an event, signed", status: 400, body: String(Workbench.event(referral: id(1)).dropLast(9))),
    Case(name: "a list, signed", status: 400, body: "[" + Workbench.event(referral: id(1)) + "]"),
    Case(name: "an event without a name, signed", status: 400, body: #"{"ResourceUri":"x"}"#),
    Case(name: "a moment that is none, signed", status: 400, body: event(at: "soon")),
    Case(name: "an event of commerce, signed", status: 400, body: event("invoice-ready")),
    Case(name: "a resource elsewhere, signed", status: 400, body: event(on: "https://example.com")),
    Case(
      name: "a resource over plain http, signed", status: 400, body: event(on: "http://api.partnercenter.microsoft.com")
    ),
    Case(name: "an id that is none, signed", status: 400, body: Workbench.event(referral: "1 OR 1=1")),
    Case(name: "a path that climbs, signed", status: 400, body: Workbench.event(referral: id(1) + "/../x")),
  ]

  @Test("Every call is answered with its status, and the queue holds what was signed and nothing else")
  func table() throws {
    let bench = try Workbench(.init(referrals: 1, opportunities: 1))
    try bench.believeSandbox()
    let listener = try Listener(bench)
    let wire = CurlTransport()
    for one in Self.forged + Self.harmless {
      var call = try bench.signed(one.body, by: one.certificate, to: listener.url)
      one.change(&call)
      let answer = try #require(try wire.send([call.request]).first?.get(), "\(one.name)")
      #expect(answer.status == one.status, "\(one.name)")
      #expect(answer.body.isEmpty && answer.headers["Server"] == nil, "\(one.name)")
      #expect(try bench.queued() == (one.count == 0 ? [:] : [Self.id(1): one.count]), "\(one.name)")
    }
    #expect(Self.forged.count >= 20)
    // A refusal names its reason, and no call's content.
    #expect(listener.said.contains("refused (401): wrong signature"))
    #expect(!listener.said.contains("OR 1=1") && !listener.said.contains("passwd"))
    #expect(listener.stop(SIGTERM) == 0)
    #expect(try Unattended.mode(of: bench.path("state/touched.sqlite")) == 0o600)
  }

  @Test("1,000 calls in a burst are queued once for each referral")
  func burst() throws {
    let bench = try Workbench(.init(referrals: 1, opportunities: 1))
    try bench.believeSandbox()
    let listener = try Listener(bench, "--quiet")
    let calls = try (1...200).map { try bench.signed(Workbench.event(referral: Self.id($0)), to: listener.url) }
    var limits = TransportLimits()
    limits.parallelism = 40
    let requests = calls.map(\.request)
    let answers = CurlTransport(limits: limits).send(Array(repeating: requests, count: 5).flatMap { $0 })
    #expect(answers.count == 1_000)
    #expect(try answers.allSatisfy { try $0.get().status == 200 })
    let queued = try bench.queued()
    #expect(queued == Dictionary(uniqueKeysWithValues: (1...200).map { (Self.id($0), 5) }))
  }

  @Test("What was answered with 200 is still there when the listener is killed at once")
  func killed() throws {
    let bench = try Workbench(.init(referrals: 1, opportunities: 1))
    try bench.believeSandbox()
    let listener = try Listener(bench)
    let call = try bench.signed(Workbench.event(referral: Self.id(1)), to: listener.url)
    #expect(try HookWire.send(call) == 200)
    #expect(listener.stop(SIGKILL) == -SIGKILL)
    #expect(try bench.queued() == [Self.id(1): 1])
    let second = try Listener(bench)
    #expect(try HookWire.send(HookCall(url: second.url, headers: call.headers, body: call.body)) == 200)
    #expect(try bench.queued() == [Self.id(1): 2])
  }

  @Test("A queue that cannot be written is answered with 503, so that the event comes again")
  func unwritable() throws {
    let bench = try Workbench(.init(referrals: 1, opportunities: 1))
    try bench.believeSandbox()
    let listener = try Listener(bench)
    let call = try bench.signed(Workbench.event(referral: Self.id(1)), to: listener.url)
    let queue = try DatabaseQueue(path: bench.path("state/touched.sqlite").path)
    try queue.write { database in
      try database.execute(
        sql: "CREATE TRIGGER full BEFORE INSERT ON touched BEGIN SELECT raise(ABORT, 'disk full'); END")
    }
    let refused = try #require(try CurlTransport().send([call.request]).first?.get())
    #expect(refused.status == 503 && refused.headers["Retry-After"] == "5")
    try queue.write { try $0.execute(sql: "DROP TRIGGER full") }
    try queue.close()
    #expect(try HookWire.send(call) == 200)
    #expect(try bench.queued() == [Self.id(1): 1])
    #expect(listener.said.contains("refused (503): queue not writable"))
  }

  @Test("A port that is taken and roots that cannot be read are refused before anything is heard")
  func refused() throws {
    let bench = try Workbench(.init(referrals: 1, opportunities: 1))
    try bench.believeSandbox()
    let listener = try Listener(bench)
    let port = try #require(URL(string: listener.url)?.port)
    let taken = try bench.reconcile("webhook", "listen", "--port", "\(port)")
    #expect(taken.status == 1 && taken.out.isEmpty && taken.err.contains("E640"), "\(taken)")
    try bench.write("nothing", to: "roots.pem")
    let blind = try bench.reconcile("webhook", "listen", "--port", "0")
    #expect(blind.status == 1 && blind.err.contains("E641"), "\(blind)")
    #expect(try CurlTransport().send([Request(.get, listener.url + "healthz")]).first?.get().status == 200)
  }
}
