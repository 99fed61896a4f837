import Foundation
import Testing

@testable import Sandbox

@Suite struct RowTests {
  private static let deal: [(String, JSONValue)] = [
    ("Name", "Deal"), ("StageName", "Prospecting"), ("CloseDate", "2026-12-31"),
  ]

  private static func fields(_ more: (String, JSONValue)...) -> JSONValue { .object(JSONObject(deal + more)) }

  /// R48: what is missing, and everything else that the org refuses.
  @Test func badRowsAreRefused() async throws {
    let table: [(JSONValue, String)] = [
      (["Name": "x"], "REQUIRED_FIELD_MISSING"), (RowTests.fields(("Name", nil)), "REQUIRED_FIELD_MISSING"),
      (RowTests.fields(("Name", .string(String(repeating: "x", count: 121)))), "STRING_TOO_LONG"),
      (
        RowTests.fields(("How_can_Microsoft_help__c", "Coffee")), "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"
      ),
      (RowTests.fields(("CurrencyIsoCode", "XXX")), "INVALID_CURRENCY_ISO"),
      (RowTests.fields(("IsClosed", true)), "INVALID_FIELD_FOR_INSERT_UPDATE"),
      (RowTests.fields(("LastModifiedDate", "2026-01-01T00:00:00Z")), "INVALID_FIELD_FOR_INSERT_UPDATE"),
      (RowTests.fields(("Colour__c", "red")), "INVALID_FIELD"),
      (RowTests.fields(("Amount", "much")), "JSON_PARSER_ERROR"),
      (RowTests.fields(("CloseDate", "tomorrow")), "JSON_PARSER_ERROR"),
      (RowTests.fields(("AccountId", "001")), "MALFORMED_ID"),
      (
        RowTests.fields(("AccountId", .string(SalesforceID.make(prefix: "001", number: 999_999)))),
        "INVALID_CROSS_REFERENCE_KEY"
      ),
      (
        RowTests.fields(("AccountId", .string(SalesforceID.make(prefix: "003", number: 1)))),
        "FIELD_INTEGRITY_EXCEPTION"
      ),
      (RowTests.fields(("Amount", .number("12345678901234567"))), "NUMBER_OUTSIDE_VALID_RANGE"),
    ]
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      for (body, code) in table {
        let answer = try await sandbox.send("POST", sandbox.data + "/sobjects/Opportunity/", body, token: token)
        #expect(answer.status == 400, "\(body.text)")
        #expect(answer.code == code, "\(body.text)")
      }
      #expect(try await sandbox.query("SELECT COUNT() FROM Opportunity", token).json["totalSize"].int == 3)
    }
  }

  @Test func valuesAreKeptAsTheOrgKeepsThem() async throws {
    let table: [(String, JSONValue, JSONValue)] = [
      ("Amount", .number("1234567.1"), .number("1234567.1")), ("Amount", 1000, .number("1000.0")),
      ("Amount", .number("0.105"), .number("0.11")), ("Amount", "77.5", .number("77.5")), ("Amount", nil, nil),
      ("Description", "  two\r\nlines ", "two\nlines"), ("Description", "", nil),
      ("NextStep", "Ünïcode 漢字", "Ünïcode 漢字"), ("stagename", "Anything goes", nil),
      ("CloseDate", "2027-02-28", "2027-02-28"), ("Sync_With_Partner_Center__c", true, true),
    ]
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let made = try await sandbox.send("POST", sandbox.data + "/sobjects/Opportunity", RowTests.fields(), token: token)
      #expect(made.status == 201)
      let url = sandbox.text(sandbox.salesforce["instance_url"]) + (made.headers["location"] ?? "")
      for (name, sent, kept) in table {
        let change = try await sandbox.send("PATCH", url, .object(JSONObject([(name, sent)])), token: token)
        #expect(change.status == 204, "\(name) \(change.text)")
        let row = try await sandbox.send("GET", url + "?fields=\(name)", token: token)
        #expect(row.json[name] == kept, "\(name)")
      }
      let stage = try await sandbox.send("GET", url + "?fields=StageName,IsClosed", token: token)
      #expect(stage.json["StageName"] == "Anything goes")
      #expect(stage.json["IsClosed"] == false)
    }
  }

  /// R73: a stage decides four other fields.
  @Test func stageDecidesOtherFields() async throws {
    let table: [(String, Bool, Bool, String, String)] = [
      ("Closed Won", true, true, "100.0", "Closed"), ("Closed Lost", true, false, "0.0", "Omitted"),
      ("Negotiation/Review", false, false, "90.0", "Commit"), ("Co-sell On Hold", false, false, "5.0", "Pipeline"),
    ]
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let made = try await sandbox.send(
        "POST", sandbox.data + "/sobjects/Opportunity", RowTests.fields(("Amount", 1000)), token: token)
      let url = sandbox.data + "/sobjects/Opportunity/" + sandbox.text(made.json["id"])
      for (stage, isClosed, isWon, probability, forecast) in table {
        _ = try await sandbox.send("PATCH", url, ["StageName": .string(stage)], token: token)
        let row = try await sandbox.send("GET", url, token: token).json
        #expect(row["IsClosed"] == .bool(isClosed), "\(stage)")
        #expect(row["IsWon"] == .bool(isWon), "\(stage)")
        #expect(row["Probability"] == .number(probability), "\(stage)")
        #expect(row["ForecastCategoryName"].string == forecast, "\(stage)")
      }
      #expect(try await sandbox.send("GET", url, token: token).json["ExpectedRevenue"] == .number("50.0"))
    }
  }

  @Test func lostUpdatesAreRefused() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let made = try await sandbox.send("POST", sandbox.data + "/sobjects/Opportunity", RowTests.fields(), token: token)
      let url = sandbox.data + "/sobjects/Opportunity/" + sandbox.text(made.json["id"])
      let seen = try await sandbox.send("GET", url, token: token)
      let stamp = try #require(seen.headers["last-modified"])
      #expect(stamp == "Mon, 02 Nov 2026 08:00:01 GMT")
      let guarded = ["If-Unmodified-Since": stamp]
      let first = try await sandbox.send("PATCH", url, ["Name": "first"], token: token, headers: guarded)
      #expect(first.status == 204)
      let second = try await sandbox.send("PATCH", url, ["Name": "second"], token: token, headers: guarded)
      #expect(second.status == 412)
      #expect(second.code == "MATCH_PRECONDITION_FAILED")
      #expect(try await sandbox.send("GET", url, token: token).json["Name"] == "first")
      let bad = ["If-Unmodified-Since": "yesterday"]
      #expect(try await sandbox.send("PATCH", url, ["Name": "x"], token: token, headers: bad).status == 400)
    }
  }

  /// The external id is not unique: one match is updated, none is created, several are refused.
  @Test func upsertByExternalId() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let url = sandbox.data + "/sobjects/Opportunity/Referral_Identifier__c/"
      let only = try await sandbox.send("PATCH", url + "a%2Db?updateOnly=true", RowTests.fields(), token: token)
      #expect(only.status == 404)
      let made = try await sandbox.send("PATCH", url + "a%2Db", RowTests.fields(), token: token)
      #expect(made.status == 201)
      #expect(made.json["created"] == true)
      let again = try await sandbox.send("PATCH", url + "a-b", ["Name": "Renamed"], token: token)
      #expect(again.status == 200)
      #expect(again.json["created"] == false)
      #expect(again.json["id"] == made.json["id"])
      let twin = RowTests.fields(("Referral_Identifier__c", "a-b"))
      _ = try await sandbox.send("POST", sandbox.data + "/sobjects/Opportunity", twin, token: token)
      let several = try await sandbox.send("PATCH", url + "a-b", ["Name": "Neither"], token: token)
      #expect(several.status == 300)
      #expect(several.json.array?.count == 2)
      #expect(
        try await sandbox.query("SELECT COUNT() FROM Opportunity WHERE Name = 'Neither'", token).json["totalSize"] == 0)
    }
  }

  /// The package's trigger: counts lines, moves the opportunity's stamp, and ends its sync with the last line.
  @Test func solutionTriggerCountsAndEndsSync() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let made = try await sandbox.send(
        "POST", sandbox.data + "/sobjects/Opportunity", RowTests.fields(("Sync_With_Partner_Center__c", true)),
        token: token)
      let url = sandbox.data + "/sobjects/Opportunity/" + sandbox.text(made.json["id"])
      let lines = sandbox.data + "/sobjects/Microsoft_Solutions__c"
      var ids: [String] = []
      for number in 1...2 {
        let line: JSONValue = ["Opportunity__c": made.json["id"], "Solution__c": .string(Solution.id(number))]
        ids.append(sandbox.text(try await sandbox.send("POST", lines, line, token: token).json["id"]))
      }
      let two = try await sandbox.send("GET", url, token: token).json
      #expect(two["Solution_Count__c"] == .number("2.0"))
      #expect(two["LastModifiedDate"] != two["CreatedDate"])
      for id in ids { _ = try await sandbox.send("DELETE", "\(lines)/\(id)", token: token) }
      let none = try await sandbox.send("GET", url, token: token).json
      #expect(none["Solution_Count__c"] == .number("0.0"))
      #expect(none["Sync_With_Partner_Center__c"] == false)
      let used = Solution.id(0)
      let refused = try await sandbox.query(
        "SELECT Solution__c FROM Microsoft_Solutions__c WHERE Solution__c != '\(used)' LIMIT 1", token)
      let inUse = sandbox.text(refused.json["records"][0]["Solution__c"])
      let deletion = try await sandbox.send(
        "DELETE", sandbox.data + "/sobjects/Microsoft_Solution_Detail__c/\(inUse)", token: token)
      #expect(deletion.status == 400)
    }
  }

  @Test func describeHasTheRecordedKeys() async throws {
    let required = [
      "Opportunity": ["Name", "StageName", "CloseDate"], "Account": ["Name"], "Contact": ["LastName"],
      "OpportunityContactRole": ["OpportunityId", "ContactId"],
      "Microsoft_Solutions__c": ["Opportunity__c", "Solution__c"],
      "Microsoft_Solution_Detail__c": ["Solution_Identifier__c"],
    ]
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      for (name, fields) in required {
        let answer = try await sandbox.send("GET", sandbox.data + "/sobjects/\(name)/describe", token: token)
        let found = (answer.json["fields"].array ?? []).filter {
          $0["createable"] == true && $0["nillable"] == false && $0["defaultedOnCreate"] == false
        }
        #expect(found.compactMap { $0["name"].string } == fields, "\(name)")
        #expect(answer.json["fields"][0].object?.keys.count == 57, "\(name)")
        let since = ["If-Modified-Since": answer.headers["last-modified"] ?? ""]
        let again = try await sandbox.send(
          "GET", sandbox.data + "/sobjects/\(name)/describe", token: token, headers: since)
        #expect(again.status == 304)
      }
      let global = try await sandbox.send("GET", sandbox.data + "/sobjects/", token: token)
      #expect(global.json["sobjects"].array?.count == OrgSchema.objects.count)
      let versions = try await sandbox.send("GET", sandbox.text(sandbox.salesforce["instance_url"]) + "/services/data")
      #expect(versions.json.array?.contains { $0["version"] == "62.0" } == true)
    }
  }
}
