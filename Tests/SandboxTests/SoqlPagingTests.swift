import Foundation
import Testing

@testable import Sandbox

@Suite struct SoqlPagingTests {
  @Test("Children come in pages of their own, behind an address inside the record")
  func childPages() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let id = sandbox.text(try await sandbox.query("SELECT Id FROM Account LIMIT 1", token).json["records"][0]["Id"])
      let records = (0..<25).map { number -> JSONValue in
        ["attributes": ["type": "Contact"], "LastName": .string("C\(number)"), "AccountId": .string(id)]
      }
      _ = try await sandbox.call("POST", "/composite/sobjects", ["records": .array(records)], token)
      try await sandbox.set(("child_page_size", 10))
      let soql = "SELECT Id, (SELECT LastName, Account.Name FROM Contacts ORDER BY Id) FROM Account WHERE Id = '\(id)'"
      var page = try await sandbox.query(soql, token).json["records"][0]["Contacts"]
      let total = try #require(page["totalSize"].int)
      #expect(total >= 25)
      var names = (page["records"].array ?? []).map { $0["LastName"].string }
      #expect(names.count == 10)
      while let next = page["nextRecordsUrl"].string {
        #expect(page["done"] == false)
        page = try await sandbox.send(
          "GET", sandbox.text(sandbox.salesforce["instance_url"]) + next, token: token
        ).json
        #expect(page["totalSize"].int == total)
        #expect(page["records"][0]["Account"]["attributes"]["type"] == "Account")
        names += (page["records"].array ?? []).map { $0["LastName"].string }
      }
      #expect(names.count == total)
      #expect(Set(names).count == total)
      #expect(page["done"] == true)
    }
  }

  @Test("Pages may be smaller than asked, go on from queryAll under query, and end with their locator's time")
  func locators() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 30) { sandbox in
      let token = try await sandbox.session()
      let first = sandbox.text(
        try await sandbox.query("SELECT Id FROM Account ORDER BY Id", token).json["records"][0]["Id"])
      _ = try await sandbox.call("DELETE", "/sobjects/Account/\(first)", nil, token)
      try await sandbox.set(("page_size", 12), ("locator_seconds", 100))
      let all = try await sandbox.call(
        "GET", "/queryAll?q=SELECT+Id,IsDeleted+FROM+Account+ORDER+BY+Id+DESC", nil, token)
      #expect(all.json["records"].array?.count == 12)
      let next = sandbox.text(all.json["nextRecordsUrl"])
      #expect(next.hasPrefix("/services/data/v62.0/query/01g"))
      let origin = sandbox.text(sandbox.salesforce["instance_url"])
      let second = try await sandbox.send("GET", origin + next, token: token)
      let third = try await sandbox.send("GET", origin + sandbox.text(second.json["nextRecordsUrl"]), token: token)
      #expect(third.json["records"].array?.last?["IsDeleted"] == true)
      #expect(third.json["nextRecordsUrl"] == .null)
      #expect(third.json.object?.keys.contains("nextRecordsUrl") == false)
      let repeated = try await sandbox.send("GET", origin + next + "?q=SELECT", token: token)
      #expect(repeated.json == second.json)
      for bad in [next.dropLast(2) + "99", next.dropLast(3), next.dropLast(2) + "-1"] {
        #expect(
          try await sandbox.send("GET", origin + bad, token: token).code == "INVALID_QUERY_LOCATOR", "\(bad)")
      }
      _ = try await sandbox.send("POST", sandbox.control + "/clock", ["advance_seconds": 100])
      #expect(try await sandbox.send("GET", origin + next, token: token).code == "INVALID_QUERY_LOCATOR")
    }
  }

  @Test("Aggregates and groups answer rows of their own type")
  func aggregates() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 20) { sandbox in
      let token = try await sandbox.session()
      let soql =
        "SELECT StageName, COUNT(Id) n, MAX(CloseDate), SUM(Amount) total FROM Opportunity o GROUP BY StageName "
        + "ORDER BY StageName"
      let groups = try #require(try await sandbox.query(soql, token).json["records"].array)
      #expect(groups.allSatisfy { $0["attributes"] == ["type": "AggregateResult"] })
      #expect(groups.compactMap { $0["n"].int }.reduce(0, +) == 20)
      #expect(groups.allSatisfy { $0["expr0"].string?.count == 10 })
      for group in groups {
        let stage = sandbox.text(group["StageName"])
        let rows = try await sandbox.query("SELECT Amount FROM Opportunity WHERE StageName = '\(stage)'", token)
        let sum = (rows.json["records"].array ?? []).compactMap { $0["Amount"].double }.reduce(0, +)
        #expect(abs((group["total"].double ?? 0) - sum) < 0.01, "\(stage)")
      }
      let ungrouped = try await sandbox.query("SELECT Name, COUNT(Id) FROM Account", token)
      #expect(ungrouped.code == "MALFORMED_QUERY")
    }
  }

  @Test("Multi-select lists hold combinations")
  func multiSelect() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      for (name, value) in [("A", "EMEA;Americas"), ("B", "EMEA"), ("C", "Japan")] {
        let body: JSONValue = ["Name": .string("Multi " + name), "Regions__c": .string(value)]
        #expect(try await sandbox.call("POST", "/sobjects/Account", body, token).status == 201)
      }
      let table = [
        ("INCLUDES('EMEA')", "A B"), ("INCLUDES('Americas;EMEA')", "A"), ("INCLUDES('Americas;EMEA','Japan')", "A C"),
        ("EXCLUDES('EMEA')", "C"), ("= 'Americas;EMEA'", "A"),
      ]
      for (condition, wanted) in table {
        let answer = try await sandbox.query(
          "SELECT Name FROM Account WHERE Regions__c \(condition) AND Name LIKE 'Multi %' ORDER BY Name", token)
        let names = answer.json["records"].array?.compactMap { $0["Name"].string?.dropFirst(6) }
        #expect(names?.joined(separator: " ") == wanted, "\(condition) \(answer.text)")
      }
      let bad: JSONValue = ["Name": "x", "Regions__c": "EMEA;Moon"]
      #expect(
        try await sandbox.call("POST", "/sobjects/Account", bad, token).code
          == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST")
    }
  }

  @Test(
    "Named days mean ranges",
    arguments: [
      ("TODAY", "2026-11-02", "2026-11-03"), ("LAST_N_DAYS:7", "2026-10-26", "2026-11-03"),
      ("NEXT_N_DAYS:7", "2026-11-03", "2026-11-10"), ("N_DAYS_AGO:1", "2026-11-01", "2026-11-02"),
      ("THIS_WEEK", "2026-11-01", "2026-11-08"), ("LAST_MONTH", "2026-10-01", "2026-11-01"),
      ("NEXT_MONTH", "2026-12-01", "2027-01-01"), ("THIS_QUARTER", "2026-10-01", "2027-01-01"),
      ("NEXT_N_QUARTERS:2", "2027-01-01", "2027-07-01"), ("LAST_YEAR", "2025-01-01", "2026-01-01"),
      ("NEXT_N_YEARS:2", "2027-01-01", "2029-01-01"), ("LAST_N_MONTHS:3", "2026-08-01", "2026-11-01"),
    ])
  func days(name: String, start: String, end: String) throws {
    let query = try SoqlParser.parse("SELECT Id FROM Opportunity WHERE CloseDate = \(name)")
    guard case .compare(_, .equal, .relative(let word, let count)) = query.condition else {
      Issue.record("not a named day")
      return
    }
    let range = SoqlDays(today: Stamp.start).range(word, count)
    #expect(range.start.day == start)
    #expect(range.end.day == end)
  }

  @Test(
    "Statements beyond SOQL's bounds are refused",
    arguments: [
      "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact LIMIT 5)",
      "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact ORDER BY Id)",
      "SELECT Id FROM Account WHERE Name = 'x' OR Id IN (SELECT AccountId FROM Contact)",
      "SELECT TYPEOF Owner WHEN User THEN Name END FROM Account", "SELECT FIELDS(CUSTOM) FROM Account LIMIT 201",
      "SELECT Id FROM ContentDocumentLink", "SELECT NOPE(Id) FROM Account",
    ])
  func bounds(soql: String) async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      #expect(try await sandbox.query(soql, token).code == "MALFORMED_QUERY")
    }
  }

  @Test("An unknown object is told with its place, as recorded")
  func place() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let answer = try await sandbox.query("select count() from XYZZY", token)
      #expect(
        answer.json[0]["message"].string?.hasPrefix(
          "\nselect count() from XYZZY\n                    ^\nERROR at Row:1:Column:21\nsObject type 'XYZZY' is not "
            + "supported.") == true)
      let field = try await sandbox.query("SELECT Nope FROM Account", token)
      #expect(field.json[0]["message"].string?.hasPrefix("No such column 'Nope' on entity 'Account'") == true)
    }
  }
}
