import CryptoExtras
import Foundation
import Testing

@testable import Sandbox

@Suite struct WebhookTests {
  private static let events: JSONValue = [
    "test-created", "referral-created", "referral-updated", "related-referral-created", "related-referral-updated",
  ]

  private static func registration(_ url: String, _ events: JSONValue = events, inHeader: Bool = false) -> JSONValue {
    ["WebhookUrl": .string(url), "WebhookEvents": events, "signatureTokenToMsSignatureHeader": .bool(inHeader)]
  }

  private static func hooks(_ sandbox: LiveSandbox) -> String {
    sandbox.text(sandbox.partnerCenter["webhook_url"]) + "/webhooks/v1/registration"
  }

  private static func token(_ sandbox: LiveSandbox) async throws -> String {
    try await sandbox.partnerToken(audience: "https://api.partnercenter.microsoft.com")
  }

  /// A sandbox whose callbacks go to a listener, registered for all events.
  private func registered(
    inHeader: Bool = false, isManual: Bool = true,
    _ body: @escaping @Sendable (LiveSandbox, CallbackListener, String) async throws -> Void
  ) async throws {
    try await CallbackListener.run { listener in
      try await LiveSandbox.run { sandbox in
        let token = try await WebhookTests.token(sandbox)
        if isManual { try await sandbox.set("partner-center", ["webhook_delivery": "manual"]) }
        let sent = WebhookTests.registration(listener.url, inHeader: inHeader)
        #expect(try await sandbox.send("POST", WebhookTests.hooks(sandbox), sent, token: token).status == 200)
        try await body(sandbox, listener, token)
      }
    }
  }

  private static func deliver(_ sandbox: LiveSandbox) async throws -> JSONValue {
    try await sandbox.send("POST", sandbox.control + "/webhooks", ["deliver": true]).json
  }

  @Test("S22: a registration is made once, read, and changed; answers are in camel case")
  func registration() async throws {
    try await LiveSandbox.run(referrals: 1, opportunities: 1) { sandbox in
      let url = WebhookTests.hooks(sandbox)
      let token = try await WebhookTests.token(sandbox)
      let body = WebhookTests.registration("https://hooks.example.com/pc")
      #expect(try await sandbox.send("GET", url, token: token).status == 404)
      #expect(try await sandbox.send("PUT", url, body, token: token).status == 404)
      let made = try await sandbox.send("POST", url, body, token: token)
      #expect(made.status == 200)
      #expect(made.json["webhookUrl"] == "https://hooks.example.com/pc")
      #expect(made.json["webhookEvents"] == WebhookTests.events)
      let again = try await sandbox.send("POST", url, body, token: token)
      #expect(again.status == 409)
      #expect(again.json.object?.keys == ["code", "description", "data", "source"])
      let changed: JSONValue = [
        "webhookurl": "https://hooks.example.com/other", "WEBHOOKEVENTS": ["Referral-Created"],
        "properties": ["a": "b"],
      ]
      #expect(try await sandbox.send("PUT", url, changed, token: token).status == 200)
      let read = try await sandbox.send("GET", url, token: token)
      #expect(read.json["subscriberId"] == made.json["subscriberId"])
      #expect(read.json["webhookEvents"] == ["referral-created"])
      #expect(read.json["properties"] == ["a": "b"])
      #expect(read.json["signatureTokenToMsSignatureHeader"] == false)
      let events = try await sandbox.send(
        "GET", url + "/events", token: token, headers: ["MS-CorrelationId": "abc", "MS-RequestId": "def"])
      #expect(events.json.array?.contains("related-referral-updated") == true)
      #expect(events.headers["ms-correlationid"] == "abc")
      #expect(events.headers["ms-requestid"] == "def")
    }
  }

  @Test("S22: what is no registration is refused in this host's form")
  func refused() async throws {
    try await LiveSandbox.run(referrals: 1, opportunities: 1) { sandbox in
      let url = WebhookTests.hooks(sandbox)
      let token = try await WebhookTests.token(sandbox)
      let refresh = sandbox.text(sandbox.partnerCenter["refresh_token"]) + "-referrals-user"
      let user = try await sandbox.partnerToken(refresh: refresh, audience: "https://api.partnercenter.microsoft.com")
      let good = WebhookTests.registration("https://hooks.example.com/pc")
      let table: [(String, String, JSONValue?, String?, Int)] = [
        ("POST", "", WebhookTests.registration("somewhere"), token, 400),
        ("POST", "", WebhookTests.registration("https://hooks.example.com/", []), token, 400),
        ("POST", "", WebhookTests.registration("https://hooks.example.com/", ["referral-eaten"]), token, 400),
        ("POST", "", [], token, 400), ("POST", "", good, user, 403), ("POST", "", good, nil, 401),
        ("POST", "", good, try await sandbox.partnerToken(), 401), ("DELETE", "", nil, token, 405),
        ("GET", "/other", nil, token, 404), ("POST", "/validationEvents", nil, token, 404),
      ]
      for (method, path, body, token, status) in table {
        let answer = try await sandbox.send(method, url + path, body, token: token)
        #expect(answer.status == status, "\(method) \(path) \(body?.text ?? "")")
        #expect(answer.json["code"].string != nil && answer.json["data"] == [], "\(answer.text)")
      }
    }
  }

  @Test("S22: two test events a minute, and what became of them for seven days")
  func validation() async throws {
    try await registered { sandbox, listener, token in
      let url = WebhookTests.hooks(sandbox) + "/validationEvents"
      let first = try await sandbox.send("POST", url, token: token)
      #expect(first.status == 200)
      let id = sandbox.text(first.json["correlationId"])
      #expect(try await sandbox.send("GET", "\(url)/\(id)", token: token).json["status"] == "pending")
      #expect(try await sandbox.send("POST", url, token: token).status == 200)
      let third = try await sandbox.send("POST", url, token: token)
      #expect(third.status == 429)
      #expect((1...60).contains(Int(third.headers["retry-after"] ?? "") ?? 0))
      _ = try await WebhookTests.deliver(sandbox)
      let status = try await sandbox.send("GET", "\(url)/\(id)", token: token).json
      #expect(status["status"] == "completed")
      #expect(status["callbackUrl"].string == listener.url)
      #expect(status["results"].array?.count == 1)
      #expect(status["results"][0]["responseCode"] == "OK")
      #expect(status["results"][0]["systemError"] == false)
      #expect(status["results"][0]["dateTimeUtc"].string?.hasSuffix("Z") == false)
      let call = try #require(await listener.calls.first)
      #expect(call.json["EventName"] == "test-created")
      _ = try await sandbox.send("POST", sandbox.control + "/clock", ["advance_seconds": 61])
      #expect(try await sandbox.send("POST", url, token: token).status == 200)
      _ = try await sandbox.send("POST", sandbox.control + "/clock", ["advance_seconds": .int(8 * 86400)])
      let fresh = try await WebhookTests.token(sandbox)
      #expect(try await sandbox.send("GET", "\(url)/\(id)", token: fresh).status == 404)
    }
  }

  @Test("S23: callbacks are signed over their exact body, in either header", arguments: [false, true])
  func signatures(inHeader: Bool) async throws {
    try await registered(inHeader: inHeader) { sandbox, listener, token in
      _ = try await sandbox.send("POST", WebhookTests.hooks(sandbox) + "/validationEvents", token: token)
      _ = try await WebhookTests.deliver(sandbox)
      try await sandbox.set("partner-center", ["webhook_signature": "wrong", "webhook_copies": 2])
      _ = try await sandbox.send("POST", WebhookTests.hooks(sandbox) + "/validationEvents", token: token)
      _ = try await WebhookTests.deliver(sandbox)
      let calls = await listener.calls
      #expect(calls.count == 3)
      for (index, call) in calls.enumerated() {
        let value = try #require(call.headers[inHeader ? "x-ms-signature" : "authorization"])
        #expect(call.headers[inHeader ? "authorization" : "x-ms-signature"] == nil)
        #expect(call.headers["x-ms-signature-algorithm"] == "rsa-sha256")
        #expect(call.headers["content-type"] == "application/json")
        #expect(call.path == "/pc")
        let signature = try #require(Data(base64Encoded: String(value.dropFirst("Signature ".count))))
        let address = try #require(call.headers["x-ms-certificate-url"])
        #expect(address == sandbox.text(sandbox.partnerCenter["webhook_url"]) + "/certificates/dispatch.cer")
        let certificate = try await sandbox.bytes(address)
        #expect(try CallbackCertificates.shared.get().dispatch.der == certificate)
        let key = try CallbackCertificates.shared.get().dispatch.key.publicKey
        #expect(certificate.contains(key.derRepresentation))
        let isValid = key.isValidSignature(
          _RSA.Signing.RSASignature(rawRepresentation: signature), for: call.body, padding: .insecurePKCS1v1_5)
        #expect(isValid == (index == 0))
      }
    }
  }

  @Test("S23, S17, S18: what happens to a deal and to its related one raises its event")
  func raised() async throws {
    try await registered { sandbox, listener, _ in
      let token = try await sandbox.partnerToken()
      let own = try #require(
        try await sandbox.allReferrals(token).first { $0["status"] == "Active" && $0["type"] == "Independent" })
      let url = sandbox.referrals + "/" + sandbox.text(own["id"])
      let patch: JSONValue = [["op": "replace", "path": "/name", "value": "x"]]
      #expect(try await sandbox.send("PATCH", url, patch, token: token).status == 204)
      let wrong: JSONValue = [["op": "replace", "path": "/details/dealValue", "value": 0]]
      #expect(try await sandbox.send("PATCH", url, wrong, token: token).status == 400)
      for action in ["invite", "accept"] {
        let body: JSONValue = ["referral_id": own["id"], "action": .string(action)]
        #expect(try await sandbox.send("POST", sandbox.control + "/microsoft", body).status == 200)
      }
      let made: JSONValue = ["side": "partner-center", "set": ["name": "By hand"]]
      let id = try await sandbox.send("POST", sandbox.control + "/edit", made).json["id"]
      _ = try await WebhookTests.deliver(sandbox)
      let calls = await listener.calls
      #expect(
        calls.map { $0.json["EventName"].string } == [
          "referral-updated", "related-referral-created", "related-referral-updated", "referral-updated",
          "referral-created",
        ])
      let base = "https://api.partnercenter.microsoft.com/engagements/v1/referrals/"
      #expect(calls[0].json["ResourceUri"].string == base + sandbox.text(own["id"]))
      #expect(calls[4].json["ResourceUri"].string == base + sandbox.text(id))
      #expect(
        calls[0].json.object?.keys == [
          "EventName", "ResourceUri", "ResourceName", "AuditUri", "ResourceChangeUtcDate",
        ])
      #expect(calls[0].json["ResourceName"] == "referral")
      let moment = try #require(calls[0].json["ResourceChangeUtcDate"].string)
      #expect(moment.hasPrefix("2026-11-02T08:00:01.") && moment.hasSuffix("+00:00") && moment.count == 33)
      try await sandbox.set("partner-center", ["webhook_resource_uri": "api"])
      _ = try await sandbox.send("POST", sandbox.control + "/clock", ["advance_seconds": .int(15 * 86400)])
      _ = try await WebhookTests.deliver(sandbox)
      let expired = await listener.calls.dropFirst(5)
      #expect(expired.count > 3)
      #expect(expired.allSatisfy { $0.json["EventName"].string?.hasSuffix("referral-updated") == true })
      #expect(expired.allSatisfy { $0.json["ResourceUri"].string?.hasPrefix(sandbox.referrals + "/") == true })
    }
  }

  @Test("S23: an event is tried ten times and then no more")
  func attempts() async throws {
    try await registered { sandbox, listener, token in
      let url = WebhookTests.hooks(sandbox) + "/validationEvents"
      await listener.answer(Array(repeating: 500, count: 3) + [404] + Array(repeating: 503, count: 20))
      let id = sandbox.text(try await sandbox.send("POST", url, token: token).json["correlationId"])
      for attempt in 1...12 {
        let shown = try await WebhookTests.deliver(sandbox)["events"][0]
        #expect(shown["attempts"].int == min(attempt, 10))
        #expect(shown["state"].string == (attempt < 10 ? "waiting" : "dead"))
      }
      #expect(await listener.calls.count == 10)
      let status = try await sandbox.send("GET", "\(url)/\(id)", token: token).json
      #expect(status["status"] == "failed")
      #expect(status["results"].array?.count == 10)
      #expect(status["results"][3]["responseCode"] == "NotFound")
    }
  }

  @Test("S23: callbacks go out by themselves, again when their time has come, and hold up no request")
  func automatic() async throws {
    try await registered(isManual: false) { sandbox, listener, token in
      await listener.answer([500])
      let url = WebhookTests.hooks(sandbox) + "/validationEvents"
      let id = sandbox.text(try await sandbox.send("POST", url, token: token).json["correlationId"])
      #expect(try await listener.wait(for: 1).count == 1)
      try await Patience.wait {
        try await sandbox.send("GET", "\(url)/\(id)", token: token).json["results"].array?.count == 1
      }
      #expect(await listener.calls.count == 1)
      _ = try await sandbox.send("POST", sandbox.control + "/clock", ["advance_seconds": 61])
      #expect(try await listener.wait(for: 2).count == 2)
    }
  }

  @Test("S23: a callback that nobody answers holds up no request")
  func held() async throws {
    try await registered(isManual: false) { sandbox, listener, token in
      await listener.hold()
      _ = try await sandbox.send("POST", WebhookTests.hooks(sandbox) + "/validationEvents", token: token)
      #expect(try await listener.wait(for: 1).count == 1)
      let referrals = try await sandbox.partnerToken()
      #expect(try await sandbox.send("GET", sandbox.referrals, token: referrals).status == 200)
      #expect(try await sandbox.send("POST", sandbox.control + "/clock", ["advance_seconds": 61]).status == 200)
      let log = try await sandbox.send("GET", sandbox.control + "/log").json.array ?? []
      #expect(log.allSatisfy { $0["write"] == false })
      #expect(await listener.isHolding)
      await listener.release()
    }
  }

  @Test("S23: an address that is not of this machine, or does not answer, is a failed attempt")
  func unreachable() async throws {
    try await LiveSandbox.run(referrals: 1, opportunities: 1) { sandbox in
      let token = try await WebhookTests.token(sandbox)
      try await sandbox.set("partner-center", ["webhook_delivery": "manual"])
      let url = WebhookTests.hooks(sandbox)
      let first = WebhookTests.registration("https://hooks.example.com/pc")
      _ = try await sandbox.send("POST", url, first, token: token)
      _ = try await sandbox.send("POST", url + "/validationEvents", token: token)
      let away = try await WebhookTests.deliver(sandbox)["events"][0]["results"][0]
      #expect(away["systemError"] == true)
      #expect(away["responseMessage"].string?.contains("this machine") == true)
      _ = try await sandbox.send("PUT", url, WebhookTests.registration("http://127.0.0.1:1/pc"), token: token)
      let silent = try await WebhookTests.deliver(sandbox)["events"][0]["results"][1]
      #expect(silent["systemError"] == true)
    }
  }

  @Test(
    "Only addresses of this machine are called",
    arguments: [
      ("http://127.0.0.1:8080/a?b=c", true), ("http://127.9.9.9/", true), ("http://localhost:1", true),
      ("http://[::1]:80/x", true), ("https://127.0.0.1/", false), ("http://example.com/", false),
      ("http://127.0.0.1.example.com/", false), ("http://128.0.0.1/", false), ("http://127.0.0.1@example.com/", false),
      ("file:///etc/passwd", false),
    ])
  func loopback(url: String, isOwn: Bool) { #expect((LoopbackAddress(url) != nil) == isOwn) }

  @Test("The certificates are what openssl takes for a chain")
  func chain() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("chain-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let certificates = try CallbackCertificates.shared.get()
    for (name, pem) in [("root.pem", certificates.root.pem), ("leaf.pem", certificates.dispatch.pem)] {
      try Data(pem.utf8).write(to: folder.appendingPathComponent(name))
    }
    let openssl = "/usr/bin/openssl"
    guard FileManager.default.isExecutableFile(atPath: openssl) else { return }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: openssl)
    process.currentDirectoryURL = folder
    process.arguments = ["verify", "-x509_strict", "-CAfile", "root.pem", "leaf.pem"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test(
    "Elements are encoded as they must be",
    arguments: [
      (DER.integer([0]), [0x02, 0x01, 0x00]), (DER.integer([0x80]), [0x02, 0x02, 0x00, 0x80]),
      (DER.integer([0, 0, 5]), [0x02, 0x01, 0x05]),
      (DER.identifier(1, 2, 840, 113549), [0x06, 0x06, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D]),
      (DER.time(Stamp.start), [0x17, 0x0D] + Array("261102080000Z".utf8)),
      (Array(DER.octets([UInt8](repeating: 1, count: 200)).prefix(4)), [0x04, 0x81, 0xC8, 0x01]),
      (Array(DER.octets([UInt8](repeating: 1, count: 300)).prefix(4)), [0x04, 0x82, 0x01, 0x2C]),
      (DER.boolean(true), [0x01, 0x01, 0xFF]), (DER.null, [0x05, 0x00]),
    ] as [([UInt8], [UInt8])])
  func encoding(found: [UInt8], expected: [UInt8]) { #expect(found == expected) }
}

extension LiveSandbox {
  /// The body of a GET, as it is.
  func bytes(_ url: String) async throws -> [UInt8] {
    let wire = try RawConnection(port: port)
    defer { wire.close() }
    try wire.send(raw(url))
    return await wire.answer().body
  }
}

extension [UInt8] {
  /// Whether some bytes occur in one piece.
  fileprivate func contains(_ part: Data) -> Bool { Data(self).range(of: part) != nil }
}
