import Foundation
import Testing

@testable import Sandbox

@Suite struct ReferralChangeTests {
  /// One row of the table: which record, what is patched, what comes back.
  private struct Row: Sendable {
    let name: String
    let record: @Sendable (JSONValue) -> Bool
    let operations: JSONValue
    let status: Int
  }

  private static func replace(_ pairs: (String, JSONValue)...) -> JSONValue {
    .array(pairs.map { ["op": "replace", "path": .string($0.0), "value": $0.1] })
  }

  private static let isActive: @Sendable (JSONValue) -> Bool = {
    $0["status"] == "Active" && $0["type"] == "Independent" && $0["details"]["notes"].string != nil
      && $0["consent"]["consentToShareReferralWithMicrosoftSellers"] == true
  }
  private static let isNew: @Sendable (JSONValue) -> Bool = { $0["status"] == "New" }
  private static let isClosed: @Sendable (JSONValue) -> Bool = { $0["status"] == "Closed" }
  private static let isPrivate: @Sendable (JSONValue) -> Bool = {
    $0["status"] == "Active" && $0["consent"]["consentToShareReferralWithMicrosoftSellers"] == false
  }
  private static let isHelped: @Sendable (JSONValue) -> Bool = {
    $0["status"] == "Active" && $0["inviteContext"]["assistanceRequestCode"] != "Unknown"
  }
  private static let consent = "/consent/consentToShareReferralWithMicrosoftSellers"
  private static let help = "/inviteContext/assistanceRequestCode"

  private static let table: [Row] = [
    Row(name: "name", record: isActive, operations: replace(("/name", "New name")), status: 200),
    Row(name: "number as text", record: isActive, operations: replace(("/details/dealValue", "10000.5")), status: 200),
    Row(name: "names in any case", record: isActive, operations: replace(("/Details/Notes", "x")), status: 200),
    Row(
      name: "append a member", record: isActive,
      operations: [["op": "add", "path": "/team/-", "value": ["firstName": "Jo", "email": "jo@x.example"]]], status: 200
    ),
    Row(
      name: "put a member in front", record: isActive,
      operations: [["op": "add", "path": "/team/0", "value": ["firstName": "Jo", "email": "jo@x.example"]]], status: 200
    ),
    Row(
      name: "a member that the record lacks", record: { isActive($0) && $0.object?["campaignId"] == nil },
      operations: replace(("/campaignId", "C-1")), status: 200),
    Row(
      name: "append by replace", record: isActive,
      operations: [["op": "replace", "path": "/team/-", "value": ["firstName": "Jo"]]], status: 400),
    Row(name: "no such element", record: isActive, operations: replace(("/team/9/title", "x")), status: 400),
    Row(
      name: "the second of two is wrong", record: isActive,
      operations: replace(("/details/notes", "x"), ("/details/dealValue", 0)), status: 400),
    Row(name: "value of zero (R29)", record: isActive, operations: replace(("/details/dealValue", 0)), status: 400),
    Row(
      name: "value that is no number", record: isActive, operations: replace(("/details/dealValue", "ten")), status: 400
    ),
    Row(
      name: "currency of two letters", record: isActive, operations: replace(("/details/currency", "EU")), status: 400),
    Row(
      name: "no solution left", record: isActive,
      operations: replace(("/details/requirements/solutions", [])), status: 400),
    Row(name: "no team left", record: isActive, operations: replace(("/team", [])), status: 400),
    Row(
      name: "marketplace intent", record: isActive,
      operations: [
        [
          "op": "add", "path": "/details/requirements/additionalRequirements/attributes",
          "value": [["id": "HaveNotDecided", "type": "CustomerMarketplaceIntent"]],
        ]
      ], status: 200),
    Row(name: "remove", record: isActive, operations: [["op": "remove", "path": "/details/notes"]], status: 400),
    Row(name: "unknown member", record: isActive, operations: replace(("/details/colour", "red")), status: 400),
    Row(name: "no operation", record: isActive, operations: [], status: 400),
    Row(name: "server-owned id", record: isActive, operations: replace(("/id", "x")), status: 400),
    Row(
      name: "server-owned tracking", record: isActive, operations: replace(("/trackingInfo/microsoftMsxId", "x")),
      status: 400),
    Row(name: "customer name", record: isActive, operations: replace(("/customerProfile/name", "x")), status: 400),
    Row(name: "address", record: isActive, operations: replace(("/customerProfile/address/city", "x")), status: 400),
    Row(name: "contact once shared", record: isActive, operations: replace(("/customerProfile/team", [])), status: 400),
    Row(
      name: "sharing consent", record: isActive,
      operations: replace(("/consent/consentToToShareInfoWithOthers", false)), status: 400),
    Row(name: "visibility raised", record: isPrivate, operations: replace((consent, true)), status: 200),
    Row(name: "visibility withdrawn (S13)", record: isActive, operations: replace((consent, false)), status: 400),
    Row(
      name: "help asked for", record: isPrivate,
      operations: replace((consent, true), ("/type", "Shared"), (help, "QuotesOrLicensing")), status: 200),
    Row(
      name: "help for an invisible deal", record: isPrivate, operations: replace((help, "QuotesOrLicensing")),
      status: 400),
    Row(name: "help withdrawn", record: isHelped, operations: replace((help, "Unknown")), status: 400),
    Row(name: "unknown help", record: isActive, operations: replace((help, "Coffee")), status: 400),
    Row(
      name: "accept (R58)", record: isNew,
      operations: replace(("/status", "Active"), ("/substatus", "Accepted")), status: 200),
    Row(
      name: "decline", record: isNew,
      operations: replace(("/status", "Closed"), ("/substatus", "Declined")), status: 200),
    Row(
      name: "win what is new", record: isNew, operations: replace(("/status", "Closed"), ("/substatus", "Won")),
      status: 400),
    Row(name: "win", record: isActive, operations: replace(("/status", "Closed"), ("/substatus", "Won")), status: 200),
    Row(name: "half a pair", record: isActive, operations: replace(("/status", "Closed")), status: 400),
    Row(
      name: "back to new", record: isActive,
      operations: replace(("/status", "New"), ("/substatus", "Pending")), status: 400),
    Row(
      name: "expire by hand", record: isActive,
      operations: replace(("/status", "Closed"), ("/substatus", "Expired")), status: 400),
    Row(name: "closed is closed", record: isClosed, operations: replace(("/details/notes", "x")), status: 400),
  ]

  @Test("S10, S11, S12, S13, S14: every change against a record of its own; what is refused leaves it as it was")
  func patchTable() async throws {
    try await LiveSandbox.run(referrals: 60, opportunities: 60) { sandbox in
      let token = try await sandbox.partnerToken()
      for row in ReferralChangeTests.table {
        let all = try await sandbox.allReferrals(token)
        let before = try #require(all.first(where: row.record), "no record for \(row.name)")
        let url = sandbox.referrals + "/" + sandbox.text(before["id"])
        let answer = try await sandbox.send(
          "PATCH", url, row.operations, token: token,
          headers: ["If-Match": sandbox.text(before["eTag"]), "Prefer": "return=representation"])
        #expect(answer.status == row.status, "\(row.name): \(answer.text)")
        let after = try await sandbox.send("GET", url, token: token).json
        if row.status == 200 {
          #expect(answer.json["eTag"] == after["eTag"], "\(row.name)")
          #expect(after["eTag"] != before["eTag"], "\(row.name)")
          #expect(after["updatedDateTime"] != before["updatedDateTime"], "\(row.name)")
        } else {
          #expect(answer.code == "invalidRequest", "\(row.name)")
          #expect(without(after, "@odata.context") == before, "\(row.name)")
        }
      }
    }
  }

  @Test("S10: a stale tag is refused, and without a preference there is no body")
  func tags() async throws {
    try await LiveSandbox.run { sandbox in
      let token = try await sandbox.partnerToken()
      let record = try #require(try await sandbox.allReferrals(token).first(where: ReferralChangeTests.isActive))
      let url = sandbox.referrals + "/" + sandbox.text(record["id"])
      let tag = ["If-Match": sandbox.text(record["eTag"])]
      let patch = ReferralChangeTests.replace(("/details/notes", "first"))
      let first = try await sandbox.send("PATCH", url, patch, token: token, headers: tag)
      #expect(first.status == 204)
      #expect(first.text.isEmpty)
      let second = try await sandbox.send(
        "PATCH", url, ReferralChangeTests.replace(("/details/notes", "second")), token: token, headers: tag)
      #expect(second.status == 412)
      #expect(second.code == "preconditionFailed")
      let after = try await sandbox.send("GET", url, token: token)
      #expect(after.json["details"]["notes"] == "first")
      #expect(after.headers["etag"] == after.json["eTag"].string)
    }
  }

  @Test("S10: values keep their decimals, sent as number or as text")
  func decimals() async throws {
    try await LiveSandbox.run { sandbox in
      let token = try await sandbox.partnerToken()
      let record = try #require(try await sandbox.allReferrals(token).first(where: ReferralChangeTests.isActive))
      let url = sandbox.referrals + "/" + sandbox.text(record["id"])
      for sent in [JSONValue.number("1234567.1"), .string("99999999999999.99")] {
        _ = try await sandbox.send(
          "PATCH", url, ReferralChangeTests.replace(("/details/dealValue", sent)), token: token)
        let text = try await sandbox.send("GET", url, token: token).text
        #expect(text.contains("\"dealValue\":\(sent.string ?? "1234567.1"),"))
      }
    }
  }

  @Test("S14: closing and accepting leave their stamps")
  func stamps() async throws {
    try await LiveSandbox.run { sandbox in
      let token = try await sandbox.partnerToken()
      let record = try #require(try await sandbox.allReferrals(token).first(where: ReferralChangeTests.isNew))
      let url = sandbox.referrals + "/" + sandbox.text(record["id"])
      let accept = ReferralChangeTests.replace(("/status", "Active"), ("/substatus", "Accepted"))
      _ = try await sandbox.send("PATCH", url, accept, token: token)
      let accepted = try await sandbox.send("GET", url, token: token).json
      #expect(accepted["acceptedDateTime"].string?.hasPrefix("2026-11-02T08:00:01") == true)
      #expect(accepted["expirationDateTime"].isNull)
      let win = ReferralChangeTests.replace(("/status", "Closed"), ("/substatus", "Won"))
      _ = try await sandbox.send("PATCH", url, win, token: token)
      let won = try await sandbox.send("GET", url, token: token).json
      #expect(won["closedDateTime"].string?.hasPrefix("2026-11-02T08:00:02") == true)
    }
  }

  @Test("S15: PUT needs its tag and no links")
  func put() async throws {
    try await LiveSandbox.run { sandbox in
      let token = try await sandbox.partnerToken()
      let record = try #require(try await sandbox.allReferrals(token).first(where: ReferralChangeTests.isActive))
      let url = sandbox.referrals + "/" + sandbox.text(record["id"])
      let tag = ["If-Match": sandbox.text(record["eTag"])]
      guard case .object(var members) = without(record, "links") else { return }
      members["name"] = "Put name"
      let body = JSONValue.object(members)
      #expect(try await sandbox.send("PUT", url, body, token: token).status == 400)
      #expect(try await sandbox.send("PUT", url, record, token: token, headers: tag).status == 400)
      #expect(try await sandbox.send("PUT", url, body, token: token, headers: ["If-Match": "\"x\""]).status == 412)
      let done = try await sandbox.send("PUT", url, body, token: token, headers: tag)
      #expect(done.status == 200)
      #expect(done.json["name"] == "Put name")
      #expect(done.json["details"] == record["details"])
      let now = ["If-Match": sandbox.text(done.json["eTag"])]
      let same = try await sandbox.send("PUT", url, body, token: token, headers: now)
      #expect(same.status == 200)
      #expect(same.json["eTag"] != done.json["eTag"])
      members["direction"] = "Incoming"
      let owned = try await sandbox.send("PUT", url, .object(members), token: token, headers: ["If-Match": "*"])
      #expect(owned.json["direction"] == record["direction"])
    }
  }

  @Test("S11: a closed record may be refused with 409 instead", arguments: [400, 409])
  func closed(status: Int) async throws {
    try await LiveSandbox.run { sandbox in
      let token = try await sandbox.partnerToken()
      try await sandbox.set("partner-center", ["closed_status": .int(status)])
      let record = try #require(try await sandbox.allReferrals(token).first(where: ReferralChangeTests.isClosed))
      let url = sandbox.referrals + "/" + sandbox.text(record["id"])
      let patch = ReferralChangeTests.replace(("/details/notes", "x"))
      #expect(try await sandbox.send("PATCH", url, patch, token: token).status == status)
      #expect(try await sandbox.send("PATCH", url, [], token: token).status == status)
    }
  }

  @Test("S12: locked fields may be ignored, and the rest takes effect; S13 stays")
  func ignored() async throws {
    try await LiveSandbox.run(referrals: 60, opportunities: 60) { sandbox in
      let token = try await sandbox.partnerToken()
      try await sandbox.set("partner-center", ["locked_fields": "ignore"])
      let record = try #require(try await sandbox.allReferrals(token).first(where: ReferralChangeTests.isActive))
      let url = sandbox.referrals + "/" + sandbox.text(record["id"])
      func patch(_ operations: JSONValue) async throws -> Answer {
        try await sandbox.send("PATCH", url, operations, token: token, headers: ["Prefer": "return=representation"])
      }
      let locked: [(String, JSONValue)] = [
        ("/id", "x"), ("/customerProfile/name", "x"), ("/customerProfile/team", []), ("/details/incentiveLevel", "x"),
        ("/trackingInfo/microsoftMsxId", "x"), ("/inviteContext/invitedBy/organizationId", "x"),
      ]
      for one in locked {
        let answer = try await patch(ReferralChangeTests.replace(one))
        #expect(answer.status == 200, "\(one.0)")
        #expect(answer.json["eTag"] == record["eTag"], "\(one.0)")
      }
      let both = try await patch(ReferralChangeTests.replace(locked[1], ("/name", "Other name"), locked[2]))
      #expect(both.json["name"] == "Other name")
      #expect(both.json["customerProfile"] == record["customerProfile"])
      #expect(both.json["eTag"] != record["eTag"])
      #expect(try await patch(ReferralChangeTests.replace((ReferralChangeTests.consent, false))).status == 400)
      #expect(try await patch(ReferralChangeTests.replace(("/details/colour", "red"))).status == 400)
    }
  }

  private func without(_ value: JSONValue, _ key: String) -> JSONValue {
    guard case .object(var members) = value else { return value }
    members[key] = nil
    return .object(members)
  }
}
