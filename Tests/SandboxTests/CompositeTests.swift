import Foundation
import Testing

@testable import Sandbox

@Suite struct CompositeTests {
  private static let base = "/services/data/v62.0/sobjects"

  private static func part(
    _ reference: String, _ method: String, _ path: String, _ body: JSONValue = nil, since: String? = nil
  ) -> JSONValue {
    var members = JSONObject([
      ("method", .string(method)), ("url", .string(base + path)), ("referenceId", .string(reference)),
    ])
    if !body.isNull { members["body"] = body }
    if let since { members["httpHeaders"] = ["If-Unmodified-Since": .string(since)] }
    return .object(members)
  }

  private func send(
    _ sandbox: LiveSandbox, _ token: String, _ parts: [JSONValue], allOrNone: Bool = false
  ) async throws -> Answer {
    try await sandbox.send(
      "POST", sandbox.data + "/composite", ["allOrNone": .bool(allOrNone), "compositeRequest": .array(parts)],
      token: token)
  }

  @Test func laterPartsNameEarlierOnes() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let deal: JSONValue = [
        "Name": "Deal", "StageName": "Prospecting", "CloseDate": "2027-01-01", "AccountId": "@{acc.id}",
      ]
      let answer = try await send(
        sandbox, token,
        [
          CompositeTests.part("acc", "POST", "/Account", ["Name": "Made"]),
          CompositeTests.part("opp", "POST", "/Opportunity", deal),
          CompositeTests.part("read", "GET", "/Opportunity/@{opp.id}?fields=AccountId,Account.Name"),
          CompositeTests.part("lost", "PATCH", "/Opportunity/@{nothing.id}", ["Name": "x"]),
        ])
      #expect(answer.status == 200)
      let parts = try #require(answer.json["compositeResponse"].array)
      #expect(parts.map { $0["httpStatusCode"].int } == [201, 201, 200, 400])
      #expect(parts[2]["body"]["AccountId"] == parts[0]["body"]["id"])
      #expect(parts[2]["body"]["Account"]["Name"] == "Made")
      #expect(parts[3]["body"][0]["errorCode"] == "PROCESSING_HALTED")
      #expect(parts[0]["httpHeaders"]["Location"].string?.hasPrefix(CompositeTests.base) == true)
    }
  }

  @Test(arguments: [false, true]) func staleRowsAreRefusedInside(allOrNone: Bool) async throws {
    try await LiveSandbox.run(referrals: 10, opportunities: 10) { sandbox in
      let token = try await sandbox.session()
      let rows = try await sandbox.query("SELECT Id, LastModifiedDate FROM Opportunity ORDER BY Id", token)
      let ids = (rows.json["records"].array ?? []).map { sandbox.text($0["Id"]) }
      let now = Stamp.start.http
      _ = try await sandbox.send(
        "POST", sandbox.control + "/edit",
        ["side": "salesforce", "object": "Opportunity", "id": .string(ids[1]), "set": ["NextStep": "User"]])
      let answer = try await send(
        sandbox, token,
        (0...2).map {
          CompositeTests.part("o\($0)", "PATCH", "/Opportunity/\(ids[$0])", ["NextStep": "Tool"], since: now)
        },
        allOrNone: allOrNone)
      let statuses = answer.json["compositeResponse"].array?.map { $0["httpStatusCode"].int }
      #expect(statuses == (allOrNone ? [400, 412, 400] : [204, 412, 204]))
      #expect(answer.json["compositeResponse"][0]["body"].isNull == !allOrNone)
      let steps = try await sandbox.query("SELECT NextStep FROM Opportunity ORDER BY Id LIMIT 3", token)
      let texts = steps.json["records"].array?.map { $0["NextStep"].string }
      #expect(texts == (allOrNone ? [nil, "User", nil] : ["Tool", "User", "Tool"]))
    }
  }

  @Test func limitsOfOneRequest() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let many = (0...25).map { CompositeTests.part("r\($0)", "GET", "/Account/describe") }
      #expect(try await send(sandbox, token, many).status == 400)
      let twice = [
        CompositeTests.part("r", "GET", "/Account/describe"), CompositeTests.part("r", "GET", "/User/describe"),
      ]
      #expect(try await send(sandbox, token, twice).status == 400)
      #expect(try await send(sandbox, token, [CompositeTests.part("a-b", "GET", "/Account/describe")]).status == 400)
      #expect(try await send(sandbox, token, []).status == 400)
    }
  }
}
