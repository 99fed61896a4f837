import Foundation
import Testing

@testable import Sandbox

@Suite struct DealRegistrationTests {
  private static func registration(_ solution: JSONValue, _ changes: [(String, JSONValue)] = []) -> JSONValue {
    var record: JSONValue = [
      "type": "AzureIPCoSell",
      "solutionDetails": [
        [
          "id": solution, "currency": "USD", "value": 48000, "isDeployedOnAzure": true,
          "primaryDeploymentOn": "Customer", "pricingModel": "Other",
          "marketplaceTransactionDetails": ["isMarketplaceTransacted": false, "marketplaceTransactionDateTime": nil],
        ]
      ],
      "contract": [
        "currency": "USD", "value": 50000, "term": "Finite", "signDateTime": "2026-10-01T00:00:00Z",
        "startDateTime": "2026-11-15T00:00:00Z", "endDateTime": "2028-11-14T00:00:00Z",
      ],
    ]
    for (path, value) in changes { record = set(record, path.split(separator: ".").map(String.init)[...], value) }
    return record
  }

  private static func set(_ here: JSONValue, _ path: ArraySlice<String>, _ value: JSONValue) -> JSONValue {
    guard let step = path.first else { return value }
    if let index = Int(step), case .array(var items) = here {
      items[index] = set(items[index], path.dropFirst(), value)
      return .array(items)
    }
    guard case .object(var members) = here else { return here }
    members[step] = set(members[step] ?? .null, path.dropFirst(), value)
    return .object(members)
  }

  private static func add(_ value: JSONValue) -> JSONValue {
    [["op": "add", "path": "/registrations/-", "value": value]]
  }

  private static let refusals: [(String, JSONValue)] = [
    ("type", "Other"), ("solutionDetails", []), ("solutionDetails.0.id", "SOL-99999-XXX"),
    ("solutionDetails.0.value", 0), ("solutionDetails.0.pricingModel", "Cheap"),
    ("solutionDetails.0.primaryDeploymentOn", nil), ("contract.term", "Forever"), ("contract.value", -1),
    ("contract.currency", "dollars"), ("contract.signDateTime", "2027-01-01T00:00:00Z"), ("contract.signDateTime", nil),
  ]

  @Test("S10: a won deal is registered and amended by PATCH, and nothing else of it is changed")
  func registered() async throws {
    try await LiveSandbox.run { sandbox in
      let token = try await sandbox.partnerToken()
      let open = try #require(
        try await sandbox.allReferrals(token).first {
          $0["status"] == "Active" && $0["type"] == "Independent"
            && $0["consent"]["consentToShareReferralWithMicrosoftSellers"] == true
        })
      let url = sandbox.referrals + "/" + sandbox.text(open["id"])
      func patch(_ body: JSONValue) async throws -> Answer {
        try await sandbox.send("PATCH", url, body, token: token, headers: ["Prefer": "return=representation"])
      }
      let solution = open["details"]["requirements"]["solutions"][0]["id"]
      let whole = DealRegistrationTests.registration(solution)
      #expect(try await patch(DealRegistrationTests.add(whole)).status == 400)
      let win: JSONValue = [
        ["op": "replace", "path": "/details/dealValue", "value": 60000],
        ["op": "replace", "path": "/status", "value": "Closed"],
        ["op": "replace", "path": "/substatus", "value": "Won"],
      ]
      #expect(try await patch(win).status == 200)
      for change in DealRegistrationTests.refusals {
        let wrong = DealRegistrationTests.registration(solution, [change])
        #expect(try await patch(DealRegistrationTests.add(wrong)).status == 400, "\(change)")
      }
      let made = try await patch(DealRegistrationTests.add(whole))
      #expect(made.status == 200, "\(made.text)")
      #expect(made.json["registrationStatus"] == "ReviewPending")
      let registration = made.json["registrations"][0]
      #expect(registration["status"] == "ReviewPending")
      #expect(registration["id"].string?.count == 36)
      #expect(registration["statusHistory"]["reviewPendingDateTime"].string != nil)
      let amended = try await patch([
        ["op": "replace", "path": "/registrations/0/contract/value", "value": "51000"]
      ])
      #expect(amended.json["registrations"][0]["contract"]["value"] == 51000)
      for path in ["/registrations/0/status", "/registrations/0/id", "/details/notes"] {
        #expect(try await patch([["op": "replace", "path": .string(path), "value": "x"]]).status == 400, "\(path)")
      }
      #expect(try await patch([["op": "replace", "path": "/registrations", "value": []]]).status == 400)
    }
  }

  @Test("A private deal, a small one and one that Microsoft has not accepted are not registered")
  func refused() async throws {
    try await LiveSandbox.run(referrals: 60, opportunities: 60) { sandbox in
      let token = try await sandbox.partnerToken()
      let all = try await sandbox.allReferrals(token).filter { $0["status"] == "Active" }
      let visible = "consentToShareReferralWithMicrosoftSellers"
      let table: [(String, JSONValue?, JSONValue)] = [
        ("private", all.first { $0["consent"][visible] == false }, 60000),
        ("small", all.first { $0["consent"][visible] == true && $0["type"] == "Independent" }, 24999),
      ]
      for (name, record, value) in table {
        let deal = try #require(record, "\(name)")
        let edit: JSONValue = [
          "side": "partner-center", "id": deal["id"],
          "set": ["details.dealValue": value, "details.currency": "USD", "status": "Closed", "substatus": "Won"],
        ]
        #expect(try await sandbox.send("POST", sandbox.control + "/edit", edit).status == 200)
        let solution = deal["details"]["requirements"]["solutions"][0]["id"]
        let body = DealRegistrationTests.add(DealRegistrationTests.registration(solution))
        let url = sandbox.referrals + "/" + sandbox.text(deal["id"])
        let answer = try await sandbox.send("PATCH", url, body, token: token)
        #expect(answer.status == 400, "\(name)")
        #expect(answer.json["error"]["target"] == (name == "small" ? "details.dealValue" : "consent"), "\(name)")
      }
      let shared = try #require(all.first { $0["type"] == "Shared" && $0["direction"] == "Outgoing" })
      let engagement = "$filter=engagementId%20eq%20\(sandbox.text(shared["engagementId"]))"
      let both = try await sandbox.send("GET", "\(sandbox.referrals)?\(engagement)", token: token).json["value"]
      let theirs = try #require(both.array?.first { $0["organizationId"] == "msft" })
      let edits: [JSONValue] = [
        ["side": "partner-center", "id": theirs["id"], "set": ["status": "Closed", "substatus": "Declined"]],
        [
          "side": "partner-center", "id": shared["id"],
          "set": ["details.dealValue": 60000, "status": "Closed", "substatus": "Won"],
        ],
      ]
      for edit in edits { _ = try await sandbox.send("POST", sandbox.control + "/edit", edit) }
      let solution = shared["details"]["requirements"]["solutions"][0]["id"]
      let body = DealRegistrationTests.add(DealRegistrationTests.registration(solution))
      let url = sandbox.referrals + "/" + sandbox.text(shared["id"])
      let answer = try await sandbox.send("PATCH", url, body, token: token)
      #expect(answer.json["error"]["message"] == "Microsoft has not accepted the deal.")
    }
  }
}
