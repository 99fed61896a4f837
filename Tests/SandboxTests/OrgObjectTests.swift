import Foundation
import Testing

@testable import Sandbox

@Suite struct OrgObjectTests {
  private static let deal: JSONValue = ["Name": "Deal", "StageName": "Prospecting", "CloseDate": "2026-12-31"]

  @Test("The amount of an opportunity with products is the sum of its lines; a write to it does nothing")
  func products() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let made = try await sandbox.call("POST", "/sobjects/Opportunity", OrgObjectTests.deal, token)
      let path = "/sobjects/Opportunity/" + sandbox.text(made.json["id"])
      #expect(try await sandbox.call("PATCH", path, ["Amount": 5], token).status == 204)
      let entries = try await sandbox.query("SELECT Id, UnitPrice FROM PricebookEntry ORDER BY UnitPrice", token)
      var lines: [String] = []
      for (number, price) in [(0, JSONValue.null), (1, .number("2.505"))] {
        let line: JSONValue = [
          "OpportunityId": made.json["id"], "PricebookEntryId": entries.json["records"][number]["Id"], "Quantity": 2,
          "UnitPrice": price,
        ]
        let added = try await sandbox.call("POST", "/sobjects/OpportunityLineItem", line, token)
        #expect(added.status == 201, "\(added.text)")
        lines.append("/sobjects/OpportunityLineItem/" + sandbox.text(added.json["id"]))
      }
      #expect(try await sandbox.call("PATCH", path, ["Amount": 7, "NextStep": "kept"], token).status == 204)
      let row = try await sandbox.call("GET", path, nil, token).json
      #expect(row["Amount"] == .number("205.02"))
      #expect(row["HasOpportunityLineItem"] == true)
      #expect(row["NextStep"] == "kept")
      #expect(row["ExpectedRevenue"] == .number("20.5"))
      _ = try await sandbox.call("PATCH", lines[1], ["Quantity": 4], token)
      #expect(try await sandbox.call("GET", path, nil, token).json["Amount"] == .number("210.04"))
      for line in lines { #expect(try await sandbox.call("DELETE", line, nil, token).status == 204) }
      #expect(try await sandbox.call("GET", path, nil, token).json["HasOpportunityLineItem"] == false)
      #expect(try await sandbox.call("PATCH", path, ["Amount": 9], token).status == 204)
      #expect(try await sandbox.call("GET", path, nil, token).json["Amount"] == .number("9.0"))
    }
  }

  @Test("Classic notes hang on rows of several objects, enhanced ones through a link")
  func notes() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let deal = sandbox.text(
        try await sandbox.call("POST", "/sobjects/Opportunity", OrgObjectTests.deal, token).json["id"])
      let note: JSONValue = ["ParentId": .string(deal), "Title": "T", "Body": "text"]
      #expect(try await sandbox.call("POST", "/sobjects/Note", note, token).status == 201)
      let wrong: JSONValue = ["ParentId": .string(SalesforceID.integrationUser), "Title": "T"]
      #expect(try await sandbox.call("POST", "/sobjects/Note", wrong, token).code == "FIELD_INTEGRITY_EXCEPTION")
      #expect(try await sandbox.query("SELECT Id FROM Note WHERE Body = 'text'", token).code == "INVALID_FIELD")
      let content = Data("<p>Hello</p>".utf8).base64EncodedString()
      let made = try await sandbox.call(
        "POST", "/sobjects/ContentNote", ["Title": "E", "Content": .string(content)], token)
      let link: JSONValue = ["ContentDocumentId": made.json["id"], "LinkedEntityId": .string(deal), "ShareType": "V"]
      #expect(try await sandbox.call("POST", "/sobjects/ContentDocumentLink", link, token).status == 201)
      let soql =
        "SELECT (SELECT Title FROM Notes), (SELECT ContentDocument.Title FROM ContentDocumentLinks) FROM Opportunity "
        + "WHERE Id = '\(deal)'"
      let row = try await sandbox.query(soql, token).json["records"][0]
      #expect(row["Notes"]["records"][0]["Title"] == "T")
      #expect(row["ContentDocumentLinks"]["records"][0]["ContentDocument"]["Title"] == "E")
      let path = "/sobjects/ContentNote/" + sandbox.text(made.json["id"])
      let read = try await sandbox.call("GET", path, nil, token).json
      #expect(read["TextPreview"] == "Hello")
      #expect(read["Content"].string == "/services/data/v62.0\(path)/Content")
      #expect(try await sandbox.call("GET", path + "/Content", nil, token).text == "<p>Hello</p>")
      let bad: JSONValue = ["Title": "E", "Content": "not base64"]
      #expect(try await sandbox.call("POST", "/sobjects/ContentNote", bad, token).code == "JSON_PARSER_ERROR")
    }
  }

  @Test("Leads carry the package's fields")
  func leads() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let lead: JSONValue = ["LastName": "Lee", "FirstName": "Kim", "Company": "C"]
      let path = "/sobjects/Lead/Referral_Identifier__c/r%2F1"
      #expect(try await sandbox.call("PATCH", path, lead, token).status == 201)
      #expect(try await sandbox.call("PATCH", path, lead, token).status == 200)
      let row = try await sandbox.query("SELECT Name, Status, Referral_Identifier__c FROM Lead", token).json
      #expect(row["records"][0]["Name"] == "Kim Lee")
      #expect(row["records"][0]["Status"] == "Open - Not Contacted")
      #expect(row["records"][0]["Referral_Identifier__c"] == "r/1")
    }
  }

  @Test("Describe has all recorded keys, the global one the scalar ones")
  func describe() async throws {
    let keys =
      "actionOverrides activateable associateEntityType associateParentEntity childRelationships compactLayoutable "
      + "createable custom customSetting deepCloneable defaultImplementation deletable deprecatedAndHidden extendedBy "
      + "extendsInterfaces feedEnabled fields hasSubtypes implementedBy implementsInterfaces isInterface isSubtype "
      + "keyPrefix label labelPlural layoutable listviewable lookupLayoutable mergeable mruEnabled name "
      + "namedLayoutInfos networkScopeFieldName queryable recordTypeInfos replicateable retrieveable searchLayoutable "
      + "searchable sobjectDescribeOption supportedScopes triggerable undeletable updateable urls"
    let fieldKeys =
      "aggregatable aiPredictionField autoNumber byteLength calculated calculatedFormula cascadeDelete caseSensitive "
      + "compoundFieldName controllerName createable custom defaultValue defaultValueFormula defaultedOnCreate "
      + "dependentPicklist deprecatedAndHidden digits displayLocationInDecimal encrypted externalId extraTypeInfo "
      + "filterable filteredLookupInfo formulaTreatNullNumberAsZero groupable highScaleNumber htmlFormatted idLookup "
      + "inlineHelpText label length mask maskType name nameField namePointing nillable permissionable picklistValues "
      + "polymorphicForeignKey precision queryByDistance referenceTargetField referenceTo relationshipName "
      + "relationshipOrder restrictedDelete restrictedPicklist scale searchPrefilterable soapType sortable type unique "
      + "updateable writeRequiresMasterRead"
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      for object in OrgSchema.objects {
        let answer = try await sandbox.call("GET", "/sobjects/\(object.name)/describe/", nil, token)
        #expect(answer.json.object?.keys.sorted() == keys.split(separator: " ").map(String.init).sorted())
        for field in answer.json["fields"].array ?? [] {
          #expect(field.object?.keys.sorted() == fieldKeys.split(separator: " ").map(String.init).sorted())
        }
        #expect(answer.headers["etag"] != nil)
      }
      let global = try await sandbox.call("GET", "/sobjects", nil, token)
      let scalars = Set(global.json["sobjects"][0].object?.keys ?? [])
      #expect(scalars.isSubset(of: keys.split(separator: " ").map(String.init)))
      #expect(scalars.isDisjoint(with: ["fields", "childRelationships", "recordTypeInfos", "supportedScopes"]))
      let opportunity = try await sandbox.call("GET", "/sobjects/opportunity/describe", nil, token).json
      let names = Set((opportunity["childRelationships"].array ?? []).compactMap { $0["relationshipName"].string })
      #expect(
        names.isSuperset(of: [
          "OpportunityContactRoles", "OpportunityLineItems", "OpportunityTeamMembers", "Notes", "ContentDocumentLinks",
          "Opportunity_To_Microsoft_Solutions__r",
        ]))
      let since = ["If-Modified-Since": global.headers["last-modified"] ?? ""]
      #expect(try await sandbox.call("GET", "/sobjects/", nil, token, headers: since).status == 304)
    }
  }
}
