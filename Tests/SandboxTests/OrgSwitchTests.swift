import Foundation
import Testing

@testable import Sandbox

@Suite struct OrgSwitchTests {
  private static let deal: [(String, JSONValue)] = [
    ("Name", "Deal"), ("StageName", "Prospecting"), ("CloseDate", "2026-12-31"),
  ]

  private static func fields(_ more: (String, JSONValue)...) -> JSONValue { .object(JSONObject(deal + more)) }

  @Test("All switches are shown, set and brought back; what is unknown or cannot be is refused")
  func control() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let url = sandbox.control + "/org"
      let shown = try await sandbox.send("GET", url)
      #expect(shown.json.object?.keys == OrgSwitch.allCases.map(\.rawValue))
      #expect(shown.json["multi_currency"] == true)
      let set = try await sandbox.set(("multi_currency", false), ("page_size", 50), ("api_used", 7))
      #expect(set.json["multi_currency"] == false)
      #expect(set.json["page_size"].int == 50)
      #expect(set.json["api_used"].int == 7)
      let table: [(JSONValue, String)] = [
        (["set": ["colour": true]], "UNKNOWN_SWITCH"), (["set": ["page_size": 0]], "BAD_SWITCH"),
        (["set": ["page_size": 5, "multi_currency": "yes"]], "BAD_SWITCH"), ([:], "BAD_BODY"),
        (["set": ["locked_rows": ["x": 1]]], "BAD_SWITCH"), (["set": ["bulk_end": "soon"]], "BAD_SWITCH"),
        (["set": ["validation_rules": [["object": "Account"]]]], "BAD_SWITCH"),
        (["set": ["hidden_fields": "Account.Name"]], "BAD_SWITCH"),
      ]
      for (body, code) in table {
        let answer = try await sandbox.send("POST", url, body)
        #expect(answer.status == 400, "\(body.text)")
        #expect(answer.code == code, "\(body.text)")
      }
      #expect(try await sandbox.send("GET", url).json["page_size"].int == 50)
      #expect(try await sandbox.set(("page_size", nil)).json["page_size"].int == 2000)
      #expect(try await sandbox.send("DELETE", url).json == shown.json)
    }
  }

  @Test("An org with one currency knows no currency field and no currency types")
  func oneCurrency() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let before = try await sandbox.call("GET", "/sobjects/Opportunity/describe", nil, token)
      try await sandbox.set(("multi_currency", false))
      let since = ["If-Modified-Since": before.headers["last-modified"] ?? ""]
      let after = try await sandbox.call("GET", "/sobjects/Opportunity/describe", nil, token, headers: since)
      #expect(after.status == 200)
      let names = (after.json["fields"].array ?? []).map { $0["name"].string }
      #expect(!names.contains("CurrencyIsoCode"))
      #expect(try await sandbox.query("SELECT CurrencyIsoCode FROM Opportunity", token).code == "INVALID_FIELD")
      #expect(try await sandbox.query("SELECT IsoCode FROM CurrencyType", token).code == "INVALID_TYPE")
      let write = OrgSwitchTests.fields(("CurrencyIsoCode", "EUR"))
      #expect(try await sandbox.call("POST", "/sobjects/Opportunity", write, token).code == "INVALID_FIELD")
      #expect(try await sandbox.call("POST", "/sobjects/Opportunity", OrgSwitchTests.fields(), token).status == 201)
      try await sandbox.set(("multi_currency", true))
      let filled = try await sandbox.query("SELECT COUNT() FROM Opportunity WHERE CurrencyIsoCode = null", token)
      #expect(filled.json["totalSize"] == 0)
    }
  }

  @Test("State and country picklists keep text and code together")
  func picklists() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 12) { sandbox in
      let token = try await sandbox.session()
      try await sandbox.set(("state_country_picklists", true))
      let seeded = try await sandbox.query(
        "SELECT BillingCountry, BillingCountryCode FROM Account WHERE BillingCountryCode = 'US'", token)
      #expect(seeded.json["records"][0]["BillingCountry"] == "United States")
      let table: [(JSONValue, [String?], String?)] = [
        (["BillingCountryCode": "DE"], ["Germany", "DE", nil, nil], nil),
        (["BillingCountry": "germany"], ["Germany", "DE", nil, nil], nil),
        (["BillingCountryCode": "US", "BillingState": "Texas"], ["United States", "US", "Texas", "TX"], nil),
        (["BillingCountryCode": "US", "BillingStateCode": "wa"], ["United States", "US", "Washington", "WA"], nil),
        (["BillingCountryCode": "US", "BillingCountry": "Germany"], ["United States", "US", nil, nil], nil),
        (["BillingCountryCode": "XX"], [], "FIELD_INTEGRITY_EXCEPTION"),
        (["BillingCountry": "US"], [], "FIELD_INTEGRITY_EXCEPTION"),
        (["BillingCountryCode": "DE", "BillingStateCode": "TX"], [], "FIELD_INTEGRITY_EXCEPTION"),
      ]
      for (given, wanted, code) in table {
        var body = given.object ?? JSONObject()
        body["Name"] = "Address"
        let made = try await sandbox.call("POST", "/sobjects/Account", .object(body), token)
        #expect(made.code == code, "\(given.text) \(made.text)")
        if code != nil { continue }
        let path = "/sobjects/Account/" + sandbox.text(made.json["id"])
        let row = try await sandbox.call("GET", path, nil, token).json
        let names = ["BillingCountry", "BillingCountryCode", "BillingState", "BillingStateCode"]
        #expect(names.map { row[$0].string } == wanted, "\(given.text)")
        let apart: JSONValue = ["BillingCountryCode": "FR", "BillingCountry": "Spain"]
        #expect(try await sandbox.call("PATCH", path, apart, token).code == "FIELD_INTEGRITY_EXCEPTION")
        #expect(try await sandbox.call("PATCH", path, ["BillingCountryCode": nil], token).status == 204)
        let cleared = try await sandbox.call("GET", path, nil, token).json
        #expect(names.map { cleared[$0].string } == [nil, nil, nil, nil], "\(given.text)")
        #expect(cleared["BillingAddress"].isNull)
      }
      try await sandbox.set(("state_country_picklists", false))
      let plain = try await sandbox.query("SELECT COUNT() FROM Account WHERE BillingCountry = 'US'", token)
      #expect(plain.json["totalSize"].int ?? 0 > 0)
    }
  }

  @Test("Hidden fields and objects are not there for the integration user, read-only objects refuse writes")
  func access() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      try await sandbox.set(
        ("hidden_fields", ["Opportunity.Amount"]), ("hidden_objects", ["Lead"]), ("read_only_objects", ["Contact"]))
      #expect(try await sandbox.query("SELECT Amount FROM Opportunity", token).code == "INVALID_FIELD")
      #expect(try await sandbox.query("SELECT Id FROM Lead", token).code == "INVALID_TYPE")
      #expect(try await sandbox.call("GET", "/sobjects/Lead/describe", nil, token).status == 404)
      let contact: JSONValue = ["LastName": "x"]
      let refused = try await sandbox.call("POST", "/sobjects/Contact", contact, token)
      #expect(refused.status == 403)
      #expect(refused.code == "INSUFFICIENT_ACCESS_OR_READONLY")
      let one = try await sandbox.query("SELECT Id FROM Contact LIMIT 1", token).json["records"][0]["Id"]
      #expect(try await sandbox.call("DELETE", "/sobjects/Contact/\(sandbox.text(one))", nil, token).status == 403)
      let state = try await sandbox.send("GET", sandbox.control + "/state")
      #expect(!state.json["salesforce"]["Opportunity"][0]["Amount"].isNull)
    }
  }

  @Test("A locked row refuses so many attempts, and a chunk fails whole")
  func locks() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let rows = try await sandbox.query("SELECT Id FROM Opportunity ORDER BY Id", token).json["records"]
      let id = sandbox.text(rows[0]["Id"])
      try await sandbox.set(("locked_rows", .object(JSONObject([(id, 2)]))))
      let path = "/sobjects/Opportunity/\(id)"
      var codes: [String?] = []
      for _ in 0..<3 { codes.append(try await sandbox.call("PATCH", path, ["NextStep": "x"], token).code) }
      #expect(codes == ["UNABLE_TO_LOCK_ROW", "UNABLE_TO_LOCK_ROW", nil])
      try await sandbox.set(("locked_rows", .object(JSONObject([(id, 1)]))))
      let line: JSONValue = ["Opportunity__c": .string(id), "Solution__c": .string(Solution.id(0))]
      #expect(
        try await sandbox.call("POST", "/sobjects/Microsoft_Solutions__c", line, token).code == "UNABLE_TO_LOCK_ROW")
      try await sandbox.set(("fail_chunks", 1))
      let records = (rows.array ?? []).map { row -> JSONValue in
        ["attributes": ["type": "Opportunity"], "id": row["Id"], "NextStep": "y"]
      }
      let body: JSONValue = ["records": .array(records)]
      let first = try await sandbox.call("PATCH", "/composite/sobjects", body, token)
      #expect(first.json.array?.allSatisfy { $0["errors"][0]["statusCode"] == "UNABLE_TO_LOCK_ROW" } == true)
      let second = try await sandbox.call("PATCH", "/composite/sobjects", body, token)
      #expect(second.json.array?.allSatisfy { $0["success"] == true } == true)
    }
  }

  @Test("Rules of validation, duplicates and uniqueness refuse rows with the codes for them")
  func rules() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let rule: JSONValue = ["object": "Opportunity", "field": "NextStep", "value": "bad", "message": "Not that."]
      try await sandbox.set(
        ("validation_rules", .array([rule])), ("unique_referral_identifier", true),
        ("duplicate_rules", [["object": "Account", "field": "Name"]]))
      let bad = try await sandbox.call(
        "POST", "/sobjects/Opportunity", OrgSwitchTests.fields(("NextStep", "bad")), token)
      #expect(bad.code == "FIELD_CUSTOM_VALIDATION_EXCEPTION")
      #expect(bad.json[0]["message"] == "Not that.")
      #expect(bad.json[0]["fields"] == ["NextStep"])
      let twin = OrgSwitchTests.fields(("Referral_Identifier__c", "one"))
      #expect(try await sandbox.call("POST", "/sobjects/Opportunity", twin, token).status == 201)
      #expect(try await sandbox.call("POST", "/sobjects/Opportunity", twin, token).code == "DUPLICATE_VALUE")
      let account: JSONValue = ["Name": "Twice"]
      let made = try await sandbox.call("POST", "/sobjects/Account", account, token)
      let again = try await sandbox.call("POST", "/sobjects/Account", account, token)
      #expect(again.code == "DUPLICATES_DETECTED")
      let match = again.json[0]["duplicateResult"]["matchResults"][0]
      #expect(match["matchRecords"][0]["record"]["Id"] == made.json["id"])
      let allow = ["Sforce-Duplicate-Rule-Header": "allowSave=true; includeRecordDetails=true"]
      #expect(try await sandbox.call("POST", "/sobjects/Account", account, token, headers: allow).status == 201)
      try await sandbox.set(("duplicate_rules", [["object": "Account", "field": "Name", "action": "block"]]))
      #expect(try await sandbox.call("POST", "/sobjects/Account", account, token, headers: allow).status == 400)
      try await sandbox.set(("storage_full", true))
      #expect(
        try await sandbox.call("POST", "/sobjects/Lead", ["LastName": "L", "Company": "C"], token).code
          == "STORAGE_LIMIT_EXCEEDED")
    }
  }

  @Test("The package's rules refuse what they say, in the order of a co-sell deal's life")
  func packageRules() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      for name in ["Solution_Area__c", "Solution_Play__c", "Partner_Role__c"] {
        _ = try await sandbox.call("POST", "/sobjects/\(name)", ["Name": "x", "Active__c": true], token)
      }
      func one(_ name: String) async throws -> JSONValue {
        try await sandbox.query("SELECT Id FROM \(name)", token).json["records"][0]["Id"]
      }
      let area = ("Solution_Area__c", try await one("Solution_Area__c"))
      let play = ("Solution_Play__c", try await one("Solution_Play__c"))
      let role = ("Partner_Role__c", try await one("Partner_Role__c"))
      let intent: (String, JSONValue) = ("Customer_purchase_intent__c", "Yes")
      let services: (String, JSONValue) = ("Co_sell_Type__c", "Services Co-sell")
      try await sandbox.set(("package_rules", true))
      let table: [(JSONValue, String?)] = [
        (OrgSwitchTests.fields(("Co_sell_Type__c", nil)), "Co-sell Type is Required."),
        (OrgSwitchTests.fields(), "Customer purchase intent is Required."),
        (OrgSwitchTests.fields(intent), "Solution Area is Required."),
        (OrgSwitchTests.fields(intent, area), "Solution Play is Required."),
        (OrgSwitchTests.fields(services, area, play), "Partner Role is Required."),
        (
          OrgSwitchTests.fields(intent, area, play, ("Sync_With_Partner_Center__c", true)),
          "Please add at least one Solution/Product (1P/3P/Your own company product) before syncing."
        ),
        (OrgSwitchTests.fields(services, area, play, role), nil),
        (OrgSwitchTests.fields(intent, area, play), nil),
      ]
      var made = Answer?.none
      for (body, message) in table {
        let answer = try await sandbox.call("POST", "/sobjects/Opportunity", body, token)
        #expect(answer.json[0]["message"].string == message, "\(answer.text)")
        #expect(answer.code == (message == nil ? nil : "FIELD_CUSTOM_VALIDATION_EXCEPTION"))
        made = answer
      }
      let path = "/sobjects/Opportunity/" + sandbox.text(made?.json["id"] ?? .null)
      let type = try await sandbox.call("PATCH", path, ["Co_sell_Type__c": "Services Co-sell"], token)
      #expect(type.json[0]["message"] == "Co-sell type cannot be updated after creation.")
      #expect(try await sandbox.call("PATCH", path, ["Sync_With_Partner_Center__c": true], token).status == 400)
      let line: JSONValue = ["Opportunity__c": made?.json["id"] ?? .null, "Solution__c": .string(Solution.id(0))]
      #expect(try await sandbox.call("POST", "/sobjects/Microsoft_Solutions__c", line, token).status == 201)
      #expect(try await sandbox.call("PATCH", path, ["Sync_With_Partner_Center__c": true], token).status == 204)
      let other = try await sandbox.query("SELECT Id FROM Opportunity ORDER BY Id LIMIT 1", token)
      let trigger: JSONValue = [
        "Opportunity__c": other.json["records"][0]["Id"], "Solution__c": .string(Solution.id(0)),
      ]
      let refused = try await sandbox.call("POST", "/sobjects/Microsoft_Solutions__c", trigger, token)
      #expect(refused.code == "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY")
      #expect(refused.json[0]["message"].string?.contains("msft_SolutionTrigger") == true)
    }
  }

  @Test("Old wording of the help field and the view of all data decide what matches")
  func wordingAndView() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      try await sandbox.set(("old_help_wording", true), ("view_all_data", false))
      let new = OrgSwitchTests.fields(("How_can_Microsoft_help__c", "Quotes or Licensing"))
      #expect(
        try await sandbox.call("POST", "/sobjects/Opportunity", new, token).code
          == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST")
      let old = OrgSwitchTests.fields(("How_can_Microsoft_help__c", "Quotes or licensing"))
      #expect(try await sandbox.call("POST", "/sobjects/Opportunity", old, token).status == 201)
      let path = "/sobjects/Opportunity/Referral_Identifier__c/seen"
      #expect(try await sandbox.call("PATCH", path, OrgSwitchTests.fields(), token).status == 201)
      #expect(try await sandbox.call("PATCH", path, OrgSwitchTests.fields(), token).status == 201)
      try await sandbox.set(("view_all_data", true))
      #expect(try await sandbox.call("PATCH", path, OrgSwitchTests.fields(), token).status == 300)
    }
  }

  @Test("The quota counts down with every request, batch parts included, and refuses at zero")
  func quota() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      try await sandbox.set(("api_allowed", 10), ("api_used", 3))
      let first = try await sandbox.call("GET", "/limits/", nil, token)
      #expect(first.headers["sforce-limit-info"] == "api-usage=4/10")
      #expect(first.json["DailyApiRequests"] == ["Max": 10, "Remaining": 6])
      let part: JSONValue = ["method": "GET", "url": "v62.0/limits"]
      let batch: JSONValue = ["batchRequests": [part, part]]
      let second = try await sandbox.call("POST", "/composite/batch", batch, token)
      #expect(second.headers["sforce-limit-info"] == "api-usage=7/10")
      for _ in 0..<3 { #expect(try await sandbox.call("GET", "/sobjects", nil, token).status == 200) }
      let over = try await sandbox.call("GET", "/sobjects", nil, token)
      #expect(over.status == 403)
      #expect(over.code == "REQUEST_LIMIT_EXCEEDED")
      #expect(over.json[0]["message"] == "TotalRequests Limit exceeded.")
      let versions = try await sandbox.send("GET", sandbox.text(sandbox.salesforce["instance_url"]) + "/services/data/")
      #expect(versions.headers["sforce-limit-info"] == nil)
      #expect(versions.json.array?.last?["label"] == "Winter '26")
    }
  }
}
