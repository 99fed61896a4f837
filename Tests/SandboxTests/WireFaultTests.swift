import Foundation
import Testing

@testable import Sandbox

/// S19: what goes wrong on the wire, looked at byte by byte.
@Suite struct WireFaultTests {
  private func rules(_ rule: JSONValue) -> JSONValue { ["rules": [rule]] }

  /// One effect and what the client finds of an answer whose whole body has `whole` bytes.
  struct Row: Sendable {
    let name: String
    let then: JSONValue
    let holds: @Sendable (_ found: RawAnswer, _ whole: Int) -> Bool
  }

  static let table: [Row] = [
    Row(name: "no byte of the answer", then: ["lose_answer": true]) { found, _ in found.head.isEmpty },
    Row(name: "three bytes of the head", then: ["cut_headers_after_bytes": 3]) { found, _ in found.head == "HTT" },
    Row(name: "within the headers", then: ["cut_headers_after_bytes": 60]) { found, _ in
      !found.hasWholeHead && found.status == 200 && found.head.utf8.count == 60
    },
    Row(name: "before the body", then: ["cut_after_bytes": 0]) { found, whole in
      found.hasWholeHead && found.body.isEmpty && found.promised == whole
    },
    Row(name: "within the body", then: ["cut_after_bytes": 40]) { found, whole in
      found.body.count == 40 && found.promised == whole
    },
    Row(name: "after the body", then: ["cut_after_bytes": 9_000_000]) { found, whole in
      found.body.count == whole && found.promised == 9_000_001
    },
    Row(name: "too long a promise", then: ["extra_content_length": 7]) { found, whole in
      found.body.count == whole && found.promised == whole + 7
    },
    Row(name: "an error within the body", then: ["status": 503, "cut_after_bytes": 5]) { found, _ in
      found.status == 503 && found.body == Array("{\"err".utf8)
    },
  ]

  @Test("S19: the connection ends where the rule says")
  func broken() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.partnerToken()
      for row in WireFaultTests.table { try await check(row, sandbox, token) }
    }
  }

  /// A whole answer, a broken one on the same connection, and a whole one on the next.
  private func check(_ row: Row, _ sandbox: LiveSandbox, _ token: String) async throws {
    let text = sandbox.raw(sandbox.referrals, token: token)
    let whole = try RawConnection(port: sandbox.port)
    defer { whole.close() }
    try whole.send(text)
    let length = await whole.answer().body.count
    _ = try await sandbox.send("POST", sandbox.control + "/faults", rules(["then": row.then]))
    try whole.send(text)
    let found = await whole.rest()
    #expect(row.holds(found, length), "\(row.name): \(found.head) \(found.body.count) of \(length)")
    let next = try RawConnection(port: sandbox.port)
    defer { next.close() }
    try next.send(text)
    #expect(await next.answer().body.count == length, "\(row.name)")
  }

  @Test("S19: a slow body arrives in parts and whole")
  func slow() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.partnerToken()
      let plain = try await sandbox.send("GET", sandbox.referrals, token: token)
      let rules: JSONValue = [
        "rules": [
          ["nth": 1, "then": ["trickle_bytes": 2000, "trickle_ms": 1]],
          ["nth": 2, "then": ["trickle_bytes": 700, "trickle_ms": 3_600_000]],
        ]
      ]
      _ = try await sandbox.send("POST", sandbox.control + "/faults", rules)
      let wire = try RawConnection(port: sandbox.port)
      defer { wire.close() }
      try wire.send(sandbox.raw(sandbox.referrals, token: token))
      #expect(String(decoding: await wire.answer().body, as: UTF8.self) == plain.text)
      // The second part is an hour away: what has come by then is the first, and no more.
      try wire.send(sandbox.raw(sandbox.referrals, token: token))
      let part = await wire.answer(bodyBytes: 700)
      #expect(part.body.count == 700)
      #expect(part.promised == plain.text.utf8.count)
    }
  }

  /// One effect and what an HTTP client is told.
  struct Mask: Sendable {
    let name: String
    let then: JSONValue
    let holds: @Sendable (RawAnswer) -> Bool
  }

  static let masks: [Mask] = [
    Mask(name: "429 without a time to wait", then: ["status": 429]) {
      $0.status == 429 && $0.header("Retry-After") == nil
    },
    Mask(name: "429 with seconds", then: ["status": 429, "retry_after": 2]) { $0.header("Retry-After") == "2" },
    Mask(name: "429 with a date", then: ["status": 429, "retry_after_date": 30]) {
      [before = Int(Date().timeIntervalSince1970)] in
      let end = $0.header("Retry-After").flatMap { Stamp(http: $0) }?.seconds ?? 0
      return end >= before + 30
    },
    Mask(name: "429 with a negative time", then: ["status": 429, "retry_after": -1]) {
      $0.header("Retry-After") == "-1"
    },
    Mask(name: "429 with an absurd time", then: ["status": 429, "retry_after": "99999999999999999999"]) {
      $0.header("Retry-After") == "99999999999999999999"
    },
    Mask(name: "503 with words", then: ["status": 503, "retry_after": "soon"]) { $0.header("Retry-After") == "soon" },
    Mask(name: "a gateway's empty 401", then: ["status": 401, "empty_body": true]) {
      $0.status == 401 && $0.body.isEmpty && $0.promised == 0
    },
    Mask(name: "an empty 200", then: ["empty_body": true]) { $0.status == 200 && $0.body.isEmpty },
    Mask(name: "no JSON", then: ["garbage": true]) {
      $0.status == 200 && (try? JSONParser.parse(Data($0.body))) == nil && !$0.body.isEmpty
        && $0.header("Content-Type")?.hasPrefix("application/json") == true
    },
    Mask(name: "a page", then: ["html": true]) {
      $0.status == 200 && $0.header("Content-Type")?.hasPrefix("text/html") == true
        && $0.body.starts(with: "<html>".utf8)
    },
    Mask(name: "a page of a gateway", then: ["html": true, "status": 502]) {
      $0.status == 502 && $0.body.starts(with: "<html>".utf8)
    },
    Mask(name: "a wrong type", then: ["content_type": "text/plain"]) {
      $0.header("Content-Type") == "text/plain" && $0.body.first == UInt8(ascii: "{")
    },
    Mask(name: "elsewhere", then: ["redirect_to": "http://elsewhere.example/v1.0"]) {
      $0.status == 302 && $0.header("Location") == "http://elsewhere.example/v1.0" && $0.body.isEmpty
    },
    Mask(name: "elsewhere for good", then: ["redirect_to": "http://elsewhere.example/", "status": 308]) {
      $0.status == 308
    },
    Mask(name: "an unauthorized session", then: ["expire_session": true]) { $0.status == 401 },
  ]

  @Test("S19: an answer behind a mask keeps the connection whole")
  func masked() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let wire = try RawConnection(port: sandbox.port)
      defer { wire.close() }
      for mask in WireFaultTests.masks {
        let token = try await sandbox.partnerToken()
        _ = try await sandbox.send("POST", sandbox.control + "/faults", rules(["then": mask.then]))
        try wire.send(sandbox.raw(sandbox.referrals, token: token))
        let found = await wire.answer()
        #expect(mask.holds(found), "\(mask.name): \(found.head)")
        try wire.send(sandbox.raw(sandbox.referrals, token: try await sandbox.partnerToken()))
        #expect(await wire.answer().status == 200, "\(mask.name)")
      }
    }
  }

  @Test("S19: an answer may be whole and dated by another clock; the connection ends behind it")
  func otherClock() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let wire = try RawConnection(port: sandbox.port)
      defer { wire.close() }
      let token = try await sandbox.partnerToken()
      _ = try await sandbox.send("POST", sandbox.control + "/faults", rules(["then": ["date_offset_seconds": -600]]))
      let before = Int(Date().timeIntervalSince1970)
      try wire.send(sandbox.raw(sandbox.referrals, token: token))
      let found = await wire.answer()
      let date = found.header("Date").flatMap { Stamp(http: $0) }?.seconds ?? 0
      #expect(found.status == 200 && (try? JSONParser.parse(Data(found.body))) != nil, "\(found.head)")
      #expect(date >= before - 600 && date < before - 300, "\(found.head)")
    }
  }

  @Test("S19: a server error may come after the write took effect")
  func errorAfterEffect() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let rule: JSONValue = ["method": "POST", "then": ["status": 500, "lose_answer": true]]
      _ = try await sandbox.send("POST", sandbox.control + "/faults", rules(rule))
      let url = sandbox.data + "/sobjects/Account"
      #expect(try await sandbox.send("POST", url, ["Name": "Lost"], token: token).status == 500)
      let found = try await sandbox.query("SELECT COUNT() FROM Account WHERE Name = 'Lost'", token)
      #expect(found.json["totalSize"] == 1)
    }
  }

  @Test("S19: what replaces the answer leaves the request without effect", arguments: ["status", "redirect_to"])
  func replaced(member: String) async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let value: JSONValue = member == "status" ? 503 : "http://127.0.0.1:1/"
      let then = JSONValue.object(JSONObject([(member, value), ("duplicate", true)]))
      _ = try await sandbox.send("POST", sandbox.control + "/faults", rules(["method": "POST", "then": then]))
      let text =
        ["POST /services/data/v62.0/sobjects/Account HTTP/1.1", "Host: 127.0.0.1:\(sandbox.port)"]
        + [
          "Authorization: Bearer \(token)", "Content-Type: application/json", "Content-Length: 16", "",
          #"{"Name":"Never"}"#,
        ]
      let wire = try RawConnection(port: sandbox.port)
      defer { wire.close() }
      try wire.send(text.joined(separator: "\r\n"))
      #expect(await wire.answer().status == (member == "status" ? 503 : 302))
      let found = try await sandbox.query("SELECT COUNT() FROM Account WHERE Name = 'Never'", token)
      #expect(found.json["totalSize"] == 0)
    }
  }

  @Test("S19: several rules strike one request together")
  func together() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.partnerToken()
      let both: JSONValue = [
        "rules": [["then": ["content_type": "text/odd"]], ["then": ["status": 418, "code": "teapot"]]]
      ]
      _ = try await sandbox.send("POST", sandbox.control + "/faults", both)
      let found = try await sandbox.send("GET", sandbox.referrals, token: token)
      #expect(found.status == 418)
      #expect(found.code == "teapot")
      #expect(found.headers["content-type"] == "text/odd")
      let shown = try await sandbox.send("GET", sandbox.control + "/faults").json["rules"]
      #expect(shown.array?.map { $0["fired"] } == [1, 1])
      #expect(shown[1]["rule"]["then"]["status"] == 418)
    }
  }

  @Test(
    "A rule that means nothing is refused, with its place",
    arguments: [
      (["nth": 1], "rule 1"), (["then": ["statsu": 1]], "statsu"), (["thn": [:]], "thn"),
      (["side": "moon", "then": [:]], "side"), (["path": "(", "then": [:]], "path"), (["nth": 0, "then": [:]], "nth"),
      (["probability": 2, "then": [:]], "probability"), (["then": ["status": 99]], "status"),
      (["then": ["cut_after_bytes": -1]], "bytes"), (["then": ["trickle_bytes": 0]], "bytes"),
      (["times": 0, "then": [:]], "times"), (["then": ["status": "500"]], "rule 1"),
    ] as [(JSONValue, String)])
  func refused(rule: JSONValue, word: String) throws {
    let refusal = #expect(throws: Refusal.self) { try Faults.parse(rules(rule).data) }
    #expect(refusal?.message.contains(word) == true)
  }
}
