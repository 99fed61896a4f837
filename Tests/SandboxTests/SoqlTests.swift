import Foundation
import Testing

@testable import Sandbox

@Suite struct SoqlTests {
  /// A condition, and which of the opportunities it means.
  private static let conditions: [(String, @Sendable (JSONValue) -> Bool)] = [
    ("Name LIKE 'a%'", { $0["Name"].string?.lowercased().hasPrefix("a") == true }),
    ("Amount > 500000", { ($0["Amount"].double ?? 0) > 500000 }),
    ("Amount <= 500000", { ($0["Amount"].double).map { $0 <= 500000 } ?? false }),
    ("Amount = null", { $0["Amount"].isNull }),
    ("Amount != null AND IsClosed = true", { !$0["Amount"].isNull && $0["IsClosed"] == true }),
    ("CloseDate < 2027-03-01", { ($0["CloseDate"].string ?? "") < "2027-03-01" }),
    ("CloseDate = TODAY", { $0["CloseDate"] == "2026-11-02" }),
    (
      "LastModifiedDate >= 2026-06-01T02:00:00+02:00",
      { ($0["LastModifiedDate"].string ?? "") >= "2026-06-01T00:00:00" }
    ),
    ("StageName IN ('closed won', 'Closed Lost')", { $0["IsClosed"] == true }),
    ("StageName NOT IN ('Closed Won', 'Closed Lost')", { $0["IsClosed"] == false }),
    (
      "NOT (IsClosed = true OR Sync_With_Partner_Center__c = false)",
      {
        $0["IsClosed"] == false && $0["Sync_With_Partner_Center__c"] == true
      }
    ),
    ("Account.BillingCountry = 'US'", { $0["Account"]["BillingCountry"] == "US" }),
    ("Account.BillingCountry != 'US'", { $0["Account"]["BillingCountry"] != "US" }),
    ("Opportunity.Account.BillingCountry = null", { $0["Account"]["BillingCountry"].isNull }),
    ("Referral_Identifier__c != null", { !$0["Referral_Identifier__c"].isNull }),
    ("Owner.Email = 'kim.lee@fabrikam.example'", { $0["Owner"]["Email"] == "kim.lee@fabrikam.example" }),
    (
      "Id IN (SELECT Opportunity__c FROM Microsoft_Solutions__c)",
      { !$0["Opportunity_To_Microsoft_Solutions__r"].isNull }
    ),
    (
      "Id NOT IN (SELECT Opportunity__c FROM Microsoft_Solutions__c)",
      { $0["Opportunity_To_Microsoft_Solutions__r"].isNull }
    ),
  ]

  @Test func conditionsSelectWhatTheySay() async throws {
    try await LiveSandbox.run(referrals: 60, opportunities: 60) { sandbox in
      let token = try await sandbox.session()
      let select =
        "SELECT Id, Name, Amount, IsClosed, CloseDate, LastModifiedDate, Sync_With_Partner_Center__c, "
        + "Referral_Identifier__c, Account.Name, Account.BillingCountry, Owner.Email, "
        + "(SELECT Id FROM Opportunity_To_Microsoft_Solutions__r) FROM Opportunity"
      let all = try #require(try await sandbox.query(select, token).json["records"].array)
      #expect(all.count == 60)
      for (condition, isWanted) in SoqlTests.conditions {
        let answer = try await sandbox.query("\(select) WHERE \(condition) ORDER BY Id", token)
        let wanted = Set(all.filter(isWanted).map { $0["Id"].string })
        if condition.contains("TODAY") == false {
          #expect(!wanted.isEmpty && wanted.count < all.count, "\(condition) tells nothing apart")
        }
        let found = answer.json["records"].array ?? []
        #expect(Set(found.map { $0["Id"].string }) == wanted, "\(condition): \(answer.text.prefix(200))")
        let count = try await sandbox.query("SELECT COUNT() FROM Opportunity WHERE \(condition)", token)
        #expect(count.json == ["totalSize": .int(wanted.count), "done": true, "records": []])
      }
    }
  }

  @Test func escapesAreUnderstood() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      for name in ["O'Neil & Söhne", "back\\slash", "100% sure", "under_score", "say \"hi\""] {
        let made = try await sandbox.send(
          "POST", sandbox.data + "/sobjects/Account/", ["Name": .string(name)], token: token)
        let literal = name.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
        let equal = try await sandbox.query("SELECT Id, Name FROM account WHERE name = '\(literal)'", token)
        #expect(equal.json["records"][0]["Id"] == made.json["id"], "\(name)")
        #expect(equal.json["records"][0]["attributes"]["type"] == "Account")
        #expect(equal.json["records"][0]["Name"].string == name)
      }
      let like = try await sandbox.query("SELECT Name FROM Account WHERE Name LIKE '%\\%%'", token)
      #expect(like.json["records"].array?.map { $0["Name"] } == ["100% sure"])
    }
  }

  @Test func mistakesHaveTheirCodes() async throws {
    let table = [
      ("SELECT Id FROM XYZZY", "INVALID_TYPE"), ("SELECT Nope FROM Account", "INVALID_FIELD"),
      ("SELECT Nope.Name FROM Account", "INVALID_FIELD"), ("SELECT Id FROM Account WHERE Nope = 1", "INVALID_FIELD"),
      ("SELECT Id FROM Account WHERE Name = 1", "INVALID_FIELD"), ("SELEKT Id", "MALFORMED_QUERY"),
      ("SELECT Id FROM Account WHERE", "MALFORMED_QUERY"), ("SELECT Id FROM Account LIMIT x", "MALFORMED_QUERY"),
      ("SELECT Id FROM Account WHERE Name = 'a\\q'", "MALFORMED_QUERY"),
      ("SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c'", "MALFORMED_QUERY"),
      ("SELECT Id FROM Opportunity WHERE Description = 'x'", "INVALID_FIELD"),
      ("SELECT Id FROM Opportunity WHERE CloseDate = '2026-01-01'", "INVALID_FIELD"),
      ("SELECT Id, (SELECT Id FROM Nopes) FROM Account", "INVALID_TYPE"),
      ("SELECT Id FROM Account OFFSET 2001", "NUMBER_OUTSIDE_VALID_RANGE"),
      ("SELECT FIELDS(ALL) FROM Account", "MALFORMED_QUERY"),
    ]
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      for (soql, code) in table {
        let answer = try await sandbox.query(soql, token)
        #expect(answer.status == 400, "\(soql)")
        #expect(answer.code == code, "\(soql)")
      }
      let locator = try await sandbox.send("GET", sandbox.data + "/query/01gSb0000000001-200", token: token)
      #expect(locator.code == "INVALID_QUERY_LOCATOR")
    }
  }

  @Test func parentsAndChildrenAreNested() async throws {
    try await LiveSandbox.run { sandbox in
      let token = try await sandbox.session()
      let soql =
        "SELECT Name, Account.Owner.Name, (SELECT Solution__r.Solution_Identifier__c FROM "
        + "Opportunity_To_Microsoft_Solutions__r), (SELECT Contact.Email FROM OpportunityContactRoles WHERE IsPrimary = "
        + "true) FROM Opportunity ORDER BY Name LIMIT 3"
      let records = try #require(try await sandbox.query(soql, token).json["records"].array)
      #expect(records.count == 3)
      for record in records {
        #expect(record["Account"]["Owner"]["attributes"]["type"] == "User")
        #expect(record["Id"].isNull)
        let role = record["OpportunityContactRoles"]["records"][0]
        #expect(role["Contact"]["Email"].string?.contains("@") == true)
      }
      let orphan: JSONValue = ["Name": "Orphan", "StageName": "Prospecting", "CloseDate": "2027-01-01"]
      _ = try await sandbox.send("POST", sandbox.data + "/sobjects/Opportunity", orphan, token: token)
      let alone = try await sandbox.query(
        "SELECT Id, Account.Name, (SELECT Id FROM OpportunityContactRoles) FROM Opportunity WHERE Name = 'Orphan'",
        token)
      #expect(alone.json["records"][0]["Account"] == .null)
      #expect(alone.json["records"][0]["OpportunityContactRoles"] == .null)
      #expect(alone.text.contains("\"Account\":null"))
    }
  }

  @Test func locatorLeadsThroughAllPages() async throws {
    try await LiveSandbox.run(referrals: 10, opportunities: 450) { sandbox in
      let token = try await sandbox.session()
      let options = ["Sforce-Query-Options": "batchSize=200"]
      var page = try await sandbox.query("SELECT Id FROM Opportunity ORDER BY Id", token, headers: options)
      #expect(page.json["totalSize"].int == 450)
      var ids = (page.json["records"].array ?? []).map { $0["Id"].string }
      #expect(ids.count == 200)
      while let next = page.json["nextRecordsUrl"].string {
        #expect(page.json["done"] == false)
        let url = sandbox.text(sandbox.salesforce["instance_url"]) + next
        page = try await sandbox.send("GET", url, token: token, headers: options)
        ids += (page.json["records"].array ?? []).map { $0["Id"].string }
      }
      #expect(page.json["done"] == true)
      #expect(ids.count == 450)
      #expect(Set(ids).count == 450)
    }
  }

  @Test func deletedRowsAreInQueryAllOnly() async throws {
    try await LiveSandbox.run { sandbox in
      let token = try await sandbox.session()
      let id = try #require(
        try await sandbox.query("SELECT Id FROM Opportunity LIMIT 1", token).json["records"][0]["Id"].string)
      #expect(
        try await sandbox.send("DELETE", sandbox.data + "/sobjects/Opportunity/\(id)", token: token).status == 204)
      let counted = try await sandbox.query("SELECT COUNT() FROM Opportunity", token)
      #expect(counted.json["totalSize"].int == 39)
      let all = try await sandbox.send(
        "GET", sandbox.data + "/queryAll/?q=SELECT+Id+FROM+Opportunity+WHERE+IsDeleted=TRUE", token: token)
      #expect(all.json["records"].array?.map { $0["Id"].string } == [id])
      let gone = try await sandbox.send(
        "PATCH", sandbox.data + "/sobjects/Opportunity/\(id)", ["Name": "x"], token: token)
      #expect(gone.status == 404)
      #expect(gone.code == "ENTITY_IS_DELETED")
    }
  }
}
