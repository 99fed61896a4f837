import Foundation
import Testing

@testable import Sandbox

@Suite struct ControlTests {
  @Test func logTellsWritesFromReads() async throws {
    try await LiveSandbox.run { sandbox in
      let token = try await sandbox.session()
      let partner = try await sandbox.partnerToken()
      let record = try #require(try await sandbox.allReferrals(partner).first { $0["status"] == "Active" })
      let url = sandbox.referrals + "/" + sandbox.text(record["id"])
      let change: JSONValue = [["op": "replace", "path": "/name", "value": "x"]]
      _ = try await sandbox.send("DELETE", sandbox.control + "/log")
      _ = try await sandbox.partnerToken()
      _ = try await sandbox.query("SELECT Id FROM Account", token)
      let ask: JSONValue = ["ids": [], "fields": ["Id"]]
      _ = try await sandbox.send("POST", sandbox.data + "/composite/sobjects/Account", ask, token: token)
      let reading: JSONValue = ["method": "GET", "url": "/services/data/v62.0/limits", "referenceId": "a"]
      _ = try await sandbox.send("POST", sandbox.data + "/composite", ["compositeRequest": [reading]], token: token)
      _ = try await sandbox.send("PATCH", url, change, token: partner)
      _ = try await sandbox.send("PATCH", url, change, token: partner, headers: ["If-Match": "\"old\""])
      _ = try await sandbox.send("POST", sandbox.data + "/sobjects/Account", ["Name": "A"], token: token)
      let log = try #require(try await sandbox.send("GET", sandbox.control + "/log").json.array)
      #expect(
        log.map { $0["side"].string } == ["login"] + Array(repeating: "salesforce", count: 3) + [
          "partner-center", "partner-center", "salesforce",
        ])
      #expect(log.map { $0["write"].bool } == [false, false, false, false, true, true, true])
      #expect(log.map { $0["changed"].bool } == [false, false, false, false, true, false, true])
      #expect(log.map { $0["status"].int } == [200, 200, 200, 200, 204, 412, 201])
      #expect(log[4]["body"] == change)
      #expect(Set(log.map { $0["request_id"].string }).count == 7)
      let everything = JSONValue.array(log).text
      #expect(!everything.contains(sandbox.text(sandbox.partnerCenter["client_secret"])))
    }
  }

  @Test func usersEditBothSides() async throws {
    try await LiveSandbox.run { sandbox in
      let edit = sandbox.control + "/edit"
      let before = try await sandbox.send("GET", sandbox.control + "/state").json
      let referral = before["partner_center"]["referrals"][0]
      let opportunity = before["salesforce"]["Opportunity"][0]
      _ = try await sandbox.send(
        "POST", edit,
        ["side": "partner-center", "id": referral["id"], "set": ["details.dealValue": 5, "team.0.title": "Boss"]])
      _ = try await sandbox.send(
        "POST", edit, ["side": "salesforce", "object": "Opportunity", "id": opportunity["Id"], "set": ["Amount": 5]])
      let made = try await sandbox.send("POST", edit, ["side": "partner-center", "set": ["name": "By hand"]]).json["id"]
      let account = try await sandbox.send(
        "POST", edit, ["side": "salesforce", "object": "Account", "set": ["Name": "By hand"]]
      ).json["id"]
      let after = try await sandbox.send("GET", sandbox.control + "/state").json
      let changed = after["partner_center"]["referrals"][0]
      #expect(changed["details"]["dealValue"] == 5)
      #expect(changed["team"][0]["title"] == "Boss")
      #expect(changed["eTag"] != referral["eTag"])
      #expect(after["salesforce"]["Opportunity"][0]["Amount"] == .number("5.0"))
      #expect(after["salesforce"]["Opportunity"][0]["LastModifiedDate"] == "2026-11-02T08:00:02.000+0000")
      #expect(after["partner_center"]["referrals"].array?.last?["id"] == made)
      #expect(after["salesforce"]["Account"].array?.last?["Id"] == account)
      _ = try await sandbox.send("POST", edit, ["side": "partner-center", "id": made, "delete": true])
      _ = try await sandbox.send(
        "POST", edit, ["side": "salesforce", "object": "Account", "id": account, "delete": true])
      let end = try await sandbox.send("GET", sandbox.control + "/state").json
      #expect(end["partner_center"]["referrals"].array?.count == before["partner_center"]["referrals"].array?.count)
      #expect(end["salesforce"]["Account"].array?.count == 40)
      for bad: JSONValue in [
        ["side": "moon"], ["side": "salesforce", "object": "Nope"], ["side": "partner-center", "id": "x"],
      ] {
        #expect(try await sandbox.send("POST", edit, bad).status >= 400, "\(bad.text)")
      }
    }
  }

  @Test("S18: Microsoft invites itself in, accepts, declines and wins")
  func microsoft() async throws {
    try await LiveSandbox.run { sandbox in
      let token = try await sandbox.partnerToken()
      let own = try #require(
        try await sandbox.allReferrals(token).first { $0["status"] == "Active" && $0["type"] == "Independent" })
      func act(_ action: JSONValue) async throws -> Int {
        try await sandbox.send("POST", sandbox.control + "/microsoft", ["referral_id": own["id"], "action": action])
          .status
      }
      func theirs() async throws -> JSONValue {
        let id = sandbox.text(own["engagementId"])
        let both = try await sandbox.send("GET", sandbox.referrals + "?$filter=engagementId%20eq%20\(id)", token: token)
        return both.json["value"].array?.first { $0["organizationId"] == "msft" } ?? .null
      }
      #expect(try await act("accept") == 409)
      #expect(try await act("invite") == 200)
      #expect(try await theirs()["substatus"] == "Pending")
      #expect(try await act("win") == 409)
      #expect(try await act("accept") == 200)
      #expect(try await theirs()["substatus"] == "Accepted")
      let tracked = try await sandbox.send("GET", sandbox.referrals + "/" + sandbox.text(own["id"]), token: token).json
      #expect(tracked["trackingInfo"]["microsoftMsxId"].string?.hasPrefix("7-") == true)
      #expect(tracked["eTag"] != own["eTag"])
      #expect(try await act("win") == 200)
      #expect(try await theirs()["substatus"] == "Won")
      #expect(try await act("decline") == 409)
      #expect(try await act("dance") == 400)
      let other = try #require(
        try await sandbox.allReferrals(token).last { $0["status"] == "Active" && $0["type"] == "Independent" })
      for body: JSONValue in [
        ["referral_id": other["id"], "action": "invite"],
        ["referral_id": other["id"], "action": "decline", "reason": "No seller manages this customer."],
      ] { #expect(try await sandbox.send("POST", sandbox.control + "/microsoft", body).status == 200) }
      let id = sandbox.text(other["engagementId"])
      let both = try await sandbox.send("GET", sandbox.referrals + "?$filter=engagementId%20eq%20\(id)", token: token)
      let declined = both.json["value"].array?.first { $0["organizationId"] == "msft" }
      #expect(declined?["substatus"] == "Declined")
      #expect(declined?["statusReason"] == "No seller manages this customer.")
    }
  }

  @Test("S17, R63: an unanswered referral expires when its fourteen days are over")
  func expiry() async throws {
    try await LiveSandbox.run { sandbox in
      func waiting() async throws -> [JSONValue] {
        let state = try await sandbox.send("GET", sandbox.control + "/state").json
        return (state["partner_center"]["referrals"].array ?? []).filter { $0["status"] == "New" }
      }
      let before = try await waiting()
      #expect(before.count > 3)
      #expect(before.allSatisfy { $0["expirationDateTime"].string != nil })
      let entered: JSONValue = [
        "side": "partner-center", "set": ["status": "New", "substatus": "Pending", "direction": "Incoming"],
      ]
      let added = try await sandbox.send("POST", sandbox.control + "/edit", entered)
      #expect(added.status == 200)
      _ = try await sandbox.send("POST", sandbox.control + "/clock", ["advance_seconds": .int(86400 * 13)])
      #expect(try await waiting().contains { $0["id"] == added.json["id"] })
      let clock = try await sandbox.send("POST", sandbox.control + "/clock", ["advance_seconds": .int(86400 * 2)])
      #expect(clock.json["now"].string?.hasPrefix("2026-11-17") == true)
      #expect(try await waiting().isEmpty)
      let state = try await sandbox.send("GET", sandbox.control + "/state").json
      let expired = (state["partner_center"]["referrals"].array ?? []).filter { $0["substatus"] == "Expired" }
      #expect(expired.count == before.count + 1)
      #expect(expired.allSatisfy { $0["closedDateTime"].string?.hasPrefix("2026-11-1") == true })
      #expect(try await sandbox.send("POST", sandbox.control + "/clock", ["advance_seconds": -1]).status == 400)
    }
  }
}
