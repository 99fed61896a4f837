import Foundation
import Testing

@testable import Sandbox

@Suite struct ReferralCreationTests {
  private static let complete: JSONValue = [
    "Name": "Northwind rollout", "externalReferenceId": "0065g00000ABCDEAA1", "qualification": "SalesQualified",
    "type": "Independent", "status": "New", "substatus": "Pending",
    "customerProfile": [
      "name": "Northwind Traders Ltd",
      "address": ["addressLine1": "1 Harbour Street", "city": "Seattle", "state": "WA", "country": "US"],
      "team": [["firstName": "Ana", "lastName": "Silva", "phoneNumber": "1", "email": "ana@northwind.example"]],
    ],
    "consent": [
      "consentToToShareInfoWithOthers": true, "ConsentToContact": true,
      "consentToShareReferralWithMicrosoftSellers": true,
    ],
    "details": [
      "notes": "x", "dealValue": .number("50000.10"), "currency": "USD", "closingDateTime": "2027-01-29T00:00:00Z",
      "requirements": ["solutions": [["id": "SOL-12345-ABC", "type": "Name"]]],
    ],
    "team": [["firstName": "Kim", "lastName": "Lee", "phoneNumber": "2", "email": "kim.lee@fabrikam.example"]],
    "target": [],
  ]

  /// The complete body with one member, named by its path, replaced or taken out.
  private static func body(_ path: [String], _ value: JSONValue?) -> JSONValue { set(complete, path[...], value) }

  private static func set(_ here: JSONValue, _ path: ArraySlice<String>, _ value: JSONValue?) -> JSONValue {
    guard case .object(var members) = here, let step = path.first else { return here }
    members[step] = path.count == 1 ? value : set(members[step] ?? [:], path.dropFirst(), value)
    return .object(members)
  }

  @Test("S9: what is missing or wrong is refused, and nothing is created")
  func missing() async throws {
    let table: [([String], JSONValue?)] = [
      (["type"], nil), (["customerProfile"], nil), (["consent"], nil), (["details"], nil), (["Name"], nil),
      (["customerProfile", "address", "country"], "USA"), (["customerProfile", "address", "country"], nil),
      (["customerProfile", "address", "city"], ""), (["customerProfile", "name"], nil),
      (["details", "requirements", "solutions"], []), (["details", "dealValue"], 0), (["details", "dealValue"], nil),
      (["details", "currency"], "dollars"), (["details", "closingDateTime"], "soon"), (["team"], []),
      (["team"], [["firstName": "Kim", "lastName": "Lee", "email": "kim.lee@fabrikam.example"]]),
      (["consent", "consentToToShareInfoWithOthers"], false), (["type"], "Joint"),
    ]
    try await LiveSandbox.run(referrals: 5, opportunities: 5) { sandbox in
      let token = try await sandbox.partnerToken()
      for (path, value) in table {
        let answer = try await sandbox.send(
          "POST", sandbox.referrals, ReferralCreationTests.body(path, value), token: token)
        #expect(answer.status == 400, "\(path) \(String(describing: value))")
        #expect(answer.code == "invalidRequest")
      }
      #expect(try await sandbox.allReferrals(token).count == 5)
    }
  }

  @Test("S9: help needs a contact", arguments: [true, false]) func helpNeedsAContact(hasContact: Bool) async throws {
    try await LiveSandbox.run(referrals: 5, opportunities: 5) { sandbox in
      let token = try await sandbox.partnerToken()
      let asked = ReferralCreationTests.set(
        ReferralCreationTests.complete, ["inviteContext", "assistanceRequestCode"], "GeneralOrOther")
      let body = hasContact ? asked : ReferralCreationTests.set(asked, ["customerProfile", "team"], [])
      let answer = try await sandbox.send("POST", sandbox.referrals, body, token: token)
      #expect(answer.status == (hasContact ? 201 : 400))
    }
  }

  @Test("S7: a new deal is active at once, whatever was sent")
  func creation() async throws {
    try await LiveSandbox.run(referrals: 5, opportunities: 5) { sandbox in
      let token = try await sandbox.partnerToken()
      let made = try await sandbox.send("POST", sandbox.referrals, ReferralCreationTests.complete, token: token)
      #expect(made.status == 201)
      #expect(made.headers["etag"] == made.json["eTag"].string)
      let record = try await sandbox.send(
        "GET", sandbox.referrals + "/" + sandbox.text(made.json["id"]), token: token)
      for (key, value) in [
        ("name", "Northwind rollout"), ("status", "Active"), ("substatus", "Accepted"), ("direction", "Outgoing"),
        ("organizationId", Identity.organization), ("externalReferenceId", "0065g00000ABCDEAA1"),
      ] { #expect(record.json[key].string == value, "\(key)") }
      #expect(record.json["acceptedDateTime"] == record.json["createdDateTime"])
      #expect(record.json["consent"]["consentToContact"] == true)
      #expect(record.text.contains("\"dealValue\":50000.10,"))
      #expect(try await sandbox.allReferrals(token).count == 6)
      for name in ["id", "engagementId", "eTag", "createdDateTime", "updatedDateTime"] {
        #expect(made.json[name].string?.isEmpty == false, "\(name)")
      }
      #expect(made.json["links"]["self"]["uri"].string?.hasSuffix(sandbox.text(made.json["id"])) == true)
      try await sandbox.set("partner-center", ["created_status": 202])
      let later = try await sandbox.send("POST", sandbox.referrals, ReferralCreationTests.complete, token: token)
      #expect(later.status == 202)
      #expect(later.json["id"] != made.json["id"])
    }
  }

  @Test("S8: Microsoft's record needs a known engagement, and waits for fourteen days")
  func connected() async throws {
    try await LiveSandbox.run(referrals: 5, opportunities: 5) { sandbox in
      let token = try await sandbox.partnerToken()
      let shared = ReferralCreationTests.body(["type"], "Shared")
      let own = try await sandbox.send("POST", sandbox.referrals, shared, token: token)
      let target: JSONValue = [["type": "BusinessProfileLocation", "id": "msft"]]
      func theirs(_ engagement: JSONValue) -> JSONValue {
        ReferralCreationTests.set(ReferralCreationTests.set(shared, ["target"], target), ["engagementId"], engagement)
      }
      let unknown = try await sandbox.send(
        "POST", sandbox.referrals, theirs("11111111-2222-4333-8444-555555555501"), token: token)
      #expect(unknown.status == 404)
      let made = try await sandbox.send("POST", sandbox.referrals, theirs(own.json["engagementId"]), token: token)
      #expect(made.status == 201)
      #expect(made.json["organizationId"] == "msft")
      #expect(made.json["status"] == "New")
      #expect(made.json["expirationDateTime"].string?.hasPrefix("2026-11-16T08:00:0") == true)
      let again = try await sandbox.send("POST", sandbox.referrals, theirs(own.json["engagementId"]), token: token)
      #expect(again.status == 409)
    }
  }
}
