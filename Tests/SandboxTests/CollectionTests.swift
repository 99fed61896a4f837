import Foundation
import Testing

@testable import Sandbox

@Suite struct CollectionTests {
  private static func account(_ name: JSONValue) -> JSONValue { ["attributes": ["type": "Account"], "Name": name] }

  @Test(arguments: [false, true]) func rowsAreAnsweredInTheirOrder(allOrNone: Bool) async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let records = [CollectionTests.account("One"), CollectionTests.account(nil), CollectionTests.account("Three")]
      let body: JSONValue = ["allOrNone": .bool(allOrNone), "records": .array(records)]
      let answer = try await sandbox.send("POST", sandbox.data + "/composite/sobjects", body, token: token)
      #expect(answer.status == 200)
      let rows = try #require(answer.json.array)
      #expect(rows.map { $0["success"].bool } == (allOrNone ? [false, false, false] : [true, false, true]))
      #expect(rows[1]["errors"][0]["statusCode"] == "REQUIRED_FIELD_MISSING")
      #expect(rows[0]["errors"][0]["statusCode"].string == (allOrNone ? "ALL_OR_NONE_OPERATION_ROLLED_BACK" : nil))
      let count = try await sandbox.query("SELECT COUNT() FROM Account WHERE Name IN ('One', 'Three')", token)
      #expect(count.json["totalSize"].int == (allOrNone ? 0 : 2))
    }
  }

  @Test func updateUpsertReadAndDelete() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let url = sandbox.data + "/composite/sobjects"
      let soql = "SELECT Id, Referral_Identifier__c FROM Opportunity WHERE Referral_Identifier__c != null ORDER BY Id"
      let first = try await sandbox.query(soql, token).json["records"][0]
      let update: JSONValue = [
        "records": [
          ["attributes": ["type": "Opportunity"], "id": first["Id"], "NextStep": "Call"],
          ["attributes": ["type": "Opportunity"], "Id": "nonsense", "NextStep": "Call"],
        ]
      ]
      let updated = try await sandbox.send("PATCH", url, update, token: token)
      #expect(updated.json.array?.map { $0["success"].bool } == [true, false])
      #expect(updated.json[1]["errors"][0]["statusCode"] == "MALFORMED_ID")
      let upsert: JSONValue = [
        "records": [
          [
            "attributes": ["type": "Opportunity"], "Referral_Identifier__c": first["Referral_Identifier__c"],
            "NextStep": "Mail",
          ],
          [
            "attributes": ["type": "Opportunity"], "Referral_Identifier__c": "new-one", "Name": "New",
            "StageName": "Prospecting", "CloseDate": "2027-01-01",
          ],
        ]
      ]
      let upserted = try await sandbox.send("PATCH", url + "/Opportunity/Referral_Identifier__c", upsert, token: token)
      #expect(upserted.json.array?.map { $0["created"].bool } == [false, true])
      let made = sandbox.text(upserted.json[1]["id"])
      let missing = SalesforceID.make(prefix: "006", number: 999_999)
      let ask: JSONValue = ["ids": [.string(made), .string(missing), first["Id"]], "fields": ["NextStep"]]
      let read = try await sandbox.send("POST", url + "/Opportunity", ask, token: token)
      #expect(read.json.array?.map { $0["NextStep"] } == [nil, nil, "Mail"])
      #expect(read.json[1] == .null)
      let deleted = try await sandbox.send("DELETE", url + "?ids=\(made),\(missing)&allOrNone=false", token: token)
      #expect(deleted.json.array?.map { $0["success"].bool } == [true, false])
    }
  }

  @Test func moreThanTwoHundredRowsAreRefused() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let records = (0...200).map { CollectionTests.account(.string("N\($0)")) }
      let url = sandbox.data + "/composite/sobjects"
      #expect(try await sandbox.send("POST", url, ["records": .array(records)], token: token).status == 400)
      let fewer = try await sandbox.send("POST", url, ["records": .array(Array(records.dropLast()))], token: token)
      #expect(fewer.json.array?.allSatisfy { $0["success"] == true } == true)
    }
  }
}
