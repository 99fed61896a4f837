import Foundation
import Testing

@testable import Sandbox

@Suite struct ReplayTests {
  /// One exchange in the form of a recording's file.
  private static func exchange(
    _ number: Int, _ service: String, _ method: String, _ target: String, sent: JSONValue = nil, status: Int = 200,
    headers: JSONValue = [["Content-Type", "application/json"]], _ body: JSONValue = nil
  ) -> JSONValue {
    [
      "number": .int(number), "service": .string(service),
      "request": ["method": .string(method), "target": .string(target), "headers": [], "body": sent],
      "response": ["status": .int(status), "headers": headers, "body": body],
    ]
  }

  private static let list = "/v1.0/engagements/referrals"

  private static let conversation: [JSONValue] = [
    exchange(
      1, "partner-center-login", "POST", "/masked-tenant/oauth2/v2.0/token", sent: "client_secret=masked",
      #"{"access_token":"token-1","refresh_token":"token-2"}"#),
    exchange(
      2, "partner-center", "GET", list + "?$orderby=createdDateTime%20asc&$top=2",
      #"{"value":[{"id":"a"}],"@odata.nextLink":"{partner-center}/v1.0/engagements/referrals?$skiptoken=x%3D"}"#),
    exchange(3, "partner-center", "GET", list + "?$skiptoken=x%3D", #"{"value":[]}"#),
    exchange(
      4, "salesforce-login", "POST", "/services/oauth2/token", sent: "assertion=masked",
      #"{"access_token":"token-3","instance_url":"{salesforce}","id":"{salesforce-login}/id/1"}"#),
    exchange(5, "salesforce", "GET", "/services/data/v62.0/query?q=SELECT+Id+FROM+Account", #"{"totalSize":1}"#),
    exchange(
      6, "partner-center", "PATCH", list + "/a", sent: "[1]", status: 412,
      headers: [["Content-Type", "application/json"], ["Location", "{partner-center}/x"]], #"{"error":1}"#),
    exchange(7, "partner-center", "PATCH", list + "/a", sent: "[2]", status: 204),
    [
      "number": 8, "service": "partner-center",
      "request": ["method": "GET", "target": .string(list + "/b"), "headers": [], "body": nil],
      "failure": ["reason": "cutOff", "may_have_taken_effect": true],
    ],
    exchange(
      9, "partner-center", "GET", list + "/b", headers: [["Content-Encoding", "gzip"], ["Content-Length", "9999"]],
      #"{"id":"b"}"#),
    exchange(10, "partner-center", "POST", list + "?trace=1", sent: "{}", status: 201, #"{"id":"c"}"#),
  ]

  private static let head: JSONValue = [
    "format": "reconcile-recording", "version": 1,
    "settings": [
      "partner_center.organization_id": "11111111-2222-4333-8444-555555555501", "salesforce.api_version": "61.0",
      "salesforce.scope": "synced", "salesforce.login_url": "https://login.salesforce.com", "safety.max_close": 3,
    ],
  ]

  private static func folder(_ files: [String: String]) throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("recording-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    return folder
  }

  private static func files(_ exchanges: [JSONValue]) -> [String: String] {
    var files = ["recording.json": head.text, "README.txt": "not looked at"]
    for exchange in exchanges {
      files[Stamp.padded(exchange["number"].int ?? 0, 6) + "-x.json"] = exchange.text
    }
    return files
  }

  private func replay(
    _ exchanges: [JSONValue] = conversation, _ body: @escaping @Sendable (LiveSandbox) async throws -> Void
  ) async throws {
    let folder = try ReplayTests.folder(ReplayTests.files(exchanges))
    defer { try? FileManager.default.removeItem(at: folder) }
    try await LiveSandbox.run(SandboxServer(replaying: folder, options: SandboxOptions()), body)
  }

  @Test("The ready line has its usual form and the settings of the recording")
  func ready() async throws {
    try await replay { sandbox in
      #expect(sandbox.partnerCenter["organization_id"] == "11111111-2222-4333-8444-555555555501")
      #expect(sandbox.text(sandbox.salesforce["private_key_pem"]).contains("PRIVATE KEY"))
      let files = sandbox.ready["workspace"]["files"]
      let text = try #require(files["reconcile.yaml"].string)
      for line in [
        "  api_url: \(sandbox.text(sandbox.partnerCenter["api_url"]))",
        "  login_url: \(sandbox.text(sandbox.salesforce["login_url"]))",
        "  organization_id: \"11111111-2222-4333-8444-555555555501\"", "  api_version: \"61.0\"", "  scope: synced",
        "  max_close: 3", "  min_records: 10", "  canaries: []",
      ] { #expect(text.split(separator: "\n").contains(line[...]), "\(line)") }
      #expect(files["mappings/settings.csv"].isNull)
      #expect(files["secrets/salesforce.key"].string != nil)
    }
  }

  @Test("Requests find their exchange by service, method and decoded target; addresses are those of the replay")
  func matching() async throws {
    try await replay { sandbox in
      let token = try await sandbox.send("POST", sandbox.partnerTokenURL, "grant_type=refresh_token&other=1")
      #expect(token.json["access_token"] == "token-1")
      let first = try await sandbox.send("GET", sandbox.referrals + "?%24top=2&%24orderby=createdDateTime+asc")
      let next = try #require(first.json["@odata.nextLink"].string)
      #expect(next == sandbox.referrals + "?$skiptoken=x%3D")
      #expect(try await sandbox.send("GET", next).json["value"] == [])
      let login = sandbox.text(sandbox.salesforce["login_url"])
      let session = try await sandbox.send("POST", login + "/services/oauth2/token", "assertion=mine")
      #expect(session.json["instance_url"].string == login)
      #expect(session.json["id"].string == login + "/id/1")
      let query = try await sandbox.query("SELECT Id FROM Account", "any")
      #expect(query.json["totalSize"] == 1)
      let report = try await sandbox.send("GET", sandbox.control + "/replay").json
      #expect(report["used"].array?.map { $0["number"].int } == [1, 2, 3, 4, 5])
      #expect(report["unused"].array?.map { $0["number"].int } == [6, 7, 8, 9, 10])
      let log = try await sandbox.send("GET", sandbox.control + "/log").json
      #expect(
        log.array?.map { $0["side"].string } == ["login", "partner-center", "partner-center", "login", "salesforce"])
      #expect(log.array?.allSatisfy { $0["status"] == 200 } == true)
    }
  }

  @Test("Each exchange is played once in its order, then the last of its kind again")
  func order() async throws {
    try await replay { sandbox in
      let url = sandbox.referrals + "/a"
      let first = try await sandbox.send("PATCH", url, ["any"])
      #expect(first.status == 412)
      #expect(first.headers["location"] == sandbox.text(sandbox.partnerCenter["api_url"]) + "/x")
      for _ in 0..<3 { #expect(try await sandbox.send("PATCH", url, ["any"]).status == 204) }
      let used = try await sandbox.send("GET", sandbox.control + "/replay").json["used"]
      #expect(used.array?.map { $0["uses"].int } == [1, 3])
    }
  }

  @Test("A write with another query finds the exchange of its path, a read does not")
  func writesByPath() async throws {
    try await replay { sandbox in
      let made = try await sandbox.send("POST", sandbox.referrals + "?trace=other", ["name": "x"])
      #expect(made.status == 201)
      #expect(made.json["id"] == "c")
      let missing = try await sandbox.send("GET", sandbox.referrals + "/a/b?$top=1")
      #expect(missing.status == 404)
      #expect(missing.code == "notRecorded")
      let message = try #require(missing.json["error"]["message"].string)
      #expect(message.contains("GET /v1.0/engagements/referrals/a/b?$top=1"))
      #expect(message.contains("the nearest is PATCH /v1.0/engagements/referrals/a"))
      let query = try await sandbox.query("SELECT Id FROM Contact", "any")
      #expect(query.code == "notRecorded")
      #expect(query.text.contains("FROM+Account"))
      let login = try await sandbox.send("POST", sandbox.text(sandbox.partnerCenter["login_url"]) + "/t/other", "a=b")
      #expect(login.code == "not_recorded")
    }
  }

  @Test("A failure breaks the connection; the next attempt gets the next exchange")
  func failures() async throws {
    try await replay { sandbox in
      await #expect(throws: (any Error).self) { try await sandbox.send("GET", sandbox.referrals + "/b") }
      let again = try await sandbox.send("GET", sandbox.referrals + "/b")
      #expect(again.json["id"] == "b")
      #expect(again.headers["content-encoding"] == nil)
    }
  }

  @Test("A replay takes fault rules and refuses what is about a made-up world")
  func control() async throws {
    try await replay { sandbox in
      let rule: JSONValue = ["rules": [["side": "partner-center", "then": ["status": 429, "retry_after": 1]]]]
      _ = try await sandbox.send("POST", sandbox.control + "/faults", rule)
      #expect(try await sandbox.send("GET", sandbox.referrals + "?$skiptoken=x%3D").status == 429)
      #expect(try await sandbox.send("GET", sandbox.referrals + "?$skiptoken=x%3D").status == 200)
      for name in ["state", "partner-center"] {
        #expect(try await sandbox.send("GET", sandbox.control + "/" + name).status == 404)
      }
    }
    try await LiveSandbox.run(referrals: 1, opportunities: 1) { sandbox in
      let answer = try await sandbox.send("GET", sandbox.control + "/replay")
      #expect(answer.status == 404)
    }
  }

  @Test(
    "A damaged or foreign folder is refused with the file and what is wrong",
    arguments: [
      ("recording.json", nil, "recording.json is missing"), ("recording.json", "{", "no JSON"),
      ("recording.json", "[]", "no JSON object"), ("recording.json", #"{"format":"other"}"#, "format must be"),
      ("recording.json", #"{"format":"reconcile-recording","version":2}"#, "version 2"),
      ("recording.json", #"{"format":"reconcile-recording","version":1}"#, "settings"),
      ("000002-x.json", #"{"number":2,"service":"partner"#, "000002-x.json is no JSON"),
      ("000002-x.json", exchange(1, "salesforce", "GET", "/a").text, "number 1 is that of 000001-x.json too"),
      ("000002-x.json", exchange(0, "salesforce", "GET", "/a").text, "number"),
      ("000002-x.json", exchange(2, "oracle", "GET", "/a").text, "service must be one of"),
      ("000002-x.json", exchange(2, "salesforce", "", "/a").text, "request.method"),
      ("000002-x.json", exchange(2, "salesforce", "GET", "http://x/a").text, "request.target"),
      ("000002-x.json", exchange(2, "salesforce", "GET", "/a", status: 9).text, "response.status"),
      ("000002-x.json", exchange(2, "salesforce", "GET", "/a", headers: ["a"]).text, "response.headers"),
      ("000002-x.json", exchange(2, "salesforce", "GET", "/a", 5).text, "response.body"),
      (
        "000002-x.json", #"{"number":2,"service":"salesforce","request":{"method":"GET","target":"/a"}}"#, "neither"
      ),
    ] as [(String, String?, String)])
  func refused(name: String, text: String?, words: String) throws {
    var files = ReplayTests.files([ReplayTests.conversation[0]])
    files[name] = text
    let folder = try ReplayTests.folder(files)
    defer { try? FileManager.default.removeItem(at: folder) }
    let failure = #expect(throws: SandboxFailure.self) { try Recording(folder: folder) }
    #expect(failure?.description.contains(words) == true, "\(failure?.description ?? "")")
    #expect(failure?.description.contains(folder.path) == true)
  }

  @Test("A recording without an exchange is none")
  func empty() throws {
    let folder = try ReplayTests.folder(ReplayTests.files([]))
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(throws: SandboxFailure.self) { try Recording(folder: folder) }
  }

  @Test(
    "Values that YAML would read as something else are quoted",
    arguments: [
      ("62.0", "\"62.0\""), ("all", "all"), ("true", "\"true\""), ("http://127.0.0.1:80/x", "http://127.0.0.1:80/x"),
      ("a # b", "\"a # b\""), ("", "\"\""),
      ("7d23e5ca-41d7-4b0a-9d3f-5e6b559f0d1d", "7d23e5ca-41d7-4b0a-9d3f-5e6b559f0d1d"),
      ("1e5", "\"1e5\""), ("2026-11-02", "\"2026-11-02\""), ("x:", "\"x:\""),
    ])
  func quoting(value: String, text: String) {
    var configuration = Configuration(sections: [])
    configuration.set("part.name", .string(value))
    #expect(configuration.text == "part:\n  name: \(text)\n")
  }
}
