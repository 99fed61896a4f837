import Foundation
import Testing

@testable import Sandbox

@Suite struct ConditionalTests {
  @Test("Accounts have entity tags, other rows have stamps only")
  func tags() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let made = try await sandbox.call("POST", "/sobjects/Account", ["Name": "Tagged"], token)
      let path = "/sobjects/Account/" + sandbox.text(made.json["id"])
      let tag = try #require(try await sandbox.call("GET", path, nil, token).headers["etag"])
      let zipped = tag.dropLast() + "--gzip\""
      let table: [(String, String, String, Int)] = [
        ("GET", "If-None-Match", tag, 304), ("GET", "If-None-Match", String(zipped), 304),
        ("GET", "If-None-Match", "\"other\"", 200), ("PATCH", "If-None-Match", tag, 412),
        ("PATCH", "If-Match", "\"other\"", 412), ("PATCH", "If-Match", "\"a\", \(tag)", 204),
        ("PATCH", "If-Match", tag, 412), ("PATCH", "If-Unmodified-Since", "Mon, 02 Nov 2026 08:00:01 GMT", 412),
        ("PATCH", "If-Unmodified-Since", "soon", 400), ("PATCH", "If-Match", "*", 204),
        ("GET", "If-Unmodified-Since", "Mon, 02 Nov 2026 08:00:01 GMT", 412),
        ("GET", "If-Modified-Since", "Tue, 03 Nov 2026 08:00:00 GMT", 304),
      ]
      for (method, name, value, status) in table {
        let body: JSONValue? = method == "PATCH" ? ["Phone": "1"] : nil
        let answer = try await sandbox.call(method, path, body, token, headers: [name: value])
        #expect(answer.status == status, "\(method) \(name): \(value)")
      }
      let deal = try await sandbox.query("SELECT Id FROM Opportunity LIMIT 1", token).json["records"][0]["Id"]
      let row = try await sandbox.call("GET", "/sobjects/Opportunity/\(sandbox.text(deal))", nil, token)
      #expect(row.headers["etag"] == nil)
      #expect(row.headers["last-modified"] != nil)
    }
  }

  @Test("Long addresses and headers are refused with statuses of their own")
  func longRequests() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let long = String(repeating: "x", count: 16_400)
      #expect(try await sandbox.query("SELECT Id FROM Account WHERE Name = '\(long)'", token).status == 414)
      let part = ["X-Long": String(repeating: "x", count: 16_000)]
      #expect(try await sandbox.call("GET", "/limits", nil, token, headers: part).status == 200)
      let both = try await sandbox.query(
        "SELECT Id FROM Account WHERE Name = '\(long.prefix(1000))'", token, headers: part)
      #expect(both.status == 431)
    }
  }

  @Test("Feeds tell what changed and what was deleted, by the minute")
  func feeds() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      _ = try await sandbox.send("POST", sandbox.control + "/clock", ["advance_seconds": 3600])
      let made = try await sandbox.call("POST", "/sobjects/Account", ["Name": "New"], token)
      let deal = sandbox.text(
        try await sandbox.query("SELECT Id FROM Opportunity LIMIT 1", token).json["records"][0]["Id"])
      let user = SalesforceID.make(prefix: "005", number: 2)
      let member: JSONValue = ["OpportunityId": .string(deal), "UserId": .string(user)]
      let added = try await sandbox.call("POST", "/sobjects/OpportunityTeamMember", member, token)
      let role = sandbox.text(
        try await sandbox.query("SELECT Id FROM OpportunityContactRole LIMIT 1", token).json["records"][0]["Id"])
      for path in ["OpportunityTeamMember/" + sandbox.text(added.json["id"]), "OpportunityContactRole/" + role] {
        #expect(try await sandbox.call("DELETE", "/sobjects/" + path, nil, token).status == 204)
      }
      let range = "?start=2026-11-02T09%3A00%3A30%2B00%3A00&end=2026-11-02T09%3A05%3A00%2B00%3A00"
      let updated = try await sandbox.call("GET", "/sobjects/Account/updated/" + range, nil, token)
      #expect(updated.json["ids"].array == [made.json["id"]], "\(updated.text)")
      #expect(updated.json["latestDateCovered"] == "2026-11-02T09:00:00.000+0000")
      let members = try await sandbox.call("GET", "/sobjects/OpportunityTeamMember/deleted/" + range, nil, token)
      #expect(members.json["deletedRecords"].array?.map { $0["id"] } == [added.json["id"]])
      #expect(members.json["deletedRecords"][0]["deletedDate"].string?.hasPrefix("2026-11-02T09:00:") == true)
      let roles = try await sandbox.call("GET", "/sobjects/OpportunityContactRole/deleted" + range, nil, token)
      #expect(roles.json["deletedRecords"] == [])
      for bad in [
        "", "?start=x&end=y", "?start=2026-11-02T09:00:00Z&end=2026-11-02T08:00:00Z",
        "?start=2026-09-01T00:00:00Z&end=2026-11-02T08:00:00Z",
      ] {
        let answer = try await sandbox.call("GET", "/sobjects/Account/updated" + bad, nil, token)
        #expect(answer.code == "INVALID_REPLICATION_DATE", "\(bad)")
      }
    }
  }

  @Test("Rows that are not there, ids that cannot be, and tunnelled methods")
  func rows() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let missing = SalesforceID.make(prefix: "006", number: 999_999)
      let records: JSONValue = [
        ["attributes": ["type": "Opportunity"], "id": .string(missing), "NextStep": "x"]
      ]
      let answer = try await sandbox.call("PATCH", "/composite/sobjects", ["records": records], token)
      #expect(answer.json[0]["errors"][0]["statusCode"] == "INVALID_CROSS_REFERENCE_KEY")
      #expect(try await sandbox.call("GET", "/sobjects/Opportunity/\(missing)", nil, token).code == "NOT_FOUND")
      let bent = "/sobjects/Opportunity/" + missing.dropLast(3) + "ZZZ"
      #expect(try await sandbox.call("GET", bent, nil, token).code == "MALFORMED_ID")
      let id = sandbox.text(
        try await sandbox.query("SELECT Id FROM Opportunity LIMIT 1", token).json["records"][0]["Id"])
      let path = "/sobjects/Opportunity/\(id.prefix(15))"
      let tunnelled = try await sandbox.call("POST", path + "?_HttpMethod=PATCH", ["NextStep": "t"], token)
      #expect(tunnelled.status == 204)
      #expect(try await sandbox.call("GET", path + "/?fields=NextStep", nil, token).json["NextStep"] == "t")
      let asUpsert = try await sandbox.call("POST", "/sobjects/Account/Id", ["Name": "Upserted"], token)
      #expect(asUpsert.status == 201)
      let own: JSONValue = [
        "records": [["attributes": ["type": "Account"], "Id": nil, "Name": "By upsert"]]
      ]
      let upserted = try await sandbox.call("PATCH", "/composite/sobjects/Account/Id", own, token)
      #expect(upserted.json[0]["created"] == true, "\(upserted.text)")
    }
  }
}
