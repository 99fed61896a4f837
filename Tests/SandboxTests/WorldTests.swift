import Foundation
import Testing

@testable import Sandbox

@Suite struct WorldTests {
  private func state(seed: UInt64, referrals: Int = 200, opportunities: Int = 200) async throws -> JSONValue {
    let box = StateBox()
    try await LiveSandbox.run(referrals: referrals, opportunities: opportunities, seed: seed) { sandbox in
      await box.set(try await sandbox.send("GET", sandbox.control + "/state").json)
    }
    return await box.value
  }

  private actor StateBox {
    var value = JSONValue.null
    func set(_ value: JSONValue) { self.value = value }
  }

  @Test func sameSeedSameWorld() async throws {
    let first = try await state(seed: 7, referrals: 30, opportunities: 30)
    #expect(try await state(seed: 7, referrals: 30, opportunities: 30) == first)
    #expect(try await state(seed: 8, referrals: 30, opportunities: 30) != first)
  }

  @Test(arguments: [(0, 0), (1, 0), (0, 1), (5, 5), (30, 3), (3, 30)])
  func anySizeCanBeMade(referrals: Int, opportunities: Int) async throws {
    let world = try await state(seed: 3, referrals: referrals, opportunities: opportunities)
    let own = (world["partner_center"]["referrals"].array ?? []).filter { $0["organizationId"] != "msft" }
    #expect(own.count == referrals)
    #expect(world["salesforce"]["Opportunity"].array?.count == opportunities)
  }

  /// The linked pairs agree on every mapped field, but for the share that is meant to differ.
  @Test func linkedPairsAreInSync() async throws {
    let world = try await state(seed: 1)
    let tables = world["salesforce"]
    func byId(_ name: String) -> [String: JSONValue] {
      Dictionary((tables[name].array ?? []).map { ($0["Id"].string ?? "", $0) }, uniquingKeysWith: { $1 })
    }
    let opportunities = byId("Opportunity")
    let accounts = byId("Account")
    let own = (world["partner_center"]["referrals"].array ?? []).filter { $0["organizationId"] != "msft" }
    var linked = 0
    var unequal = 0
    for referral in own {
      guard let row = opportunities[referral["externalReferenceId"].string ?? ""] else { continue }
      let account = accounts[row["AccountId"].string ?? ""] ?? .null
      linked += 1
      #expect(row["Referral_Identifier__c"] == referral["id"])
      #expect(row["Sync_With_Partner_Center__c"] == true)
      if Pair(referral: referral, opportunity: row, account: account).differences.count == 1 { unequal += 1 }
      #expect(Pair(referral: referral, opportunity: row, account: account).differences.count <= 1)
    }
    #expect((150...160).contains(linked))
    #expect((8...16).contains(unequal))
    let identifiers = opportunities.values.compactMap { $0["Referral_Identifier__c"].string }
    #expect(identifiers.count - Set(identifiers).count == 1)
    #expect(Set(own.map { $0["name"].string }).count == own.count)
  }

  /// Every special case of the seeded world is there.
  @Test func specialCasesArePresent() async throws {
    let world = try await state(seed: 1)
    let own = (world["partner_center"]["referrals"].array ?? []).filter { $0["organizationId"] != "msft" }
    let rows = world["salesforce"]["Opportunity"].array ?? []
    let ids = Set(rows.map { $0["Id"].string })
    let referralCases: [(String, (JSONValue) -> Bool)] = [
      (
        "awaiting answer", { $0["status"] == "New" && $0["type"] == "Shared" && $0["expirationDateTime"].string != nil }
      ),
      ("marketplace lead", { $0["type"] == "Independent" && $0["qualification"] == "Direct" }),
      ("qualified lead", { $0["qualification"] == "MarketingQualified" }),
      ("private deal", { $0["consent"]["consentToShareReferralWithMicrosoftSellers"] == false }),
      ("unknown status", { $0["status"] == "Paused" }), ("unknown category", { $0["type"] == "Collective" }),
      (
        "dangling reference",
        { ($0["externalReferenceId"].string ?? "").count == 18 && !ids.contains($0["externalReferenceId"].string) }
      ),
      (
        "state in region",
        { $0["customerProfile"]["address"]["region"] == "WA" && $0["customerProfile"]["address"]["state"].isNull }
      ),
      ("ids as object", { $0["customerProfile"]["ids"].object != nil }),
      ("escaped name", { $0["customerProfile"]["name"].string?.contains("&amp;") == true }),
      ("trailing blank", { $0["name"].string?.hasSuffix(" ") == true }),
      ("no fraction", { $0["createdDateTime"].string?.contains(".") == false }),
      ("empty reference", { $0["externalReferenceId"] == "" }), ("closed and won", { $0["substatus"] == "Won" }),
    ]
    for (name, isCase) in referralCases { #expect(own.contains(where: isCase), "\(name)") }
    func isTicked(_ row: JSONValue) -> Bool {
      row["Sync_With_Partner_Center__c"] == true && row["Referral_Identifier__c"].isNull
    }
    let rowCases: [(String, (JSONValue) -> Bool)] = [
      ("not ticked", { $0["Sync_With_Partner_Center__c"] == false }),
      ("ticked and complete", { isTicked($0) && $0["Solution_Count__c"] != .number("0.0") && !$0["Amount"].isNull }),
      ("without solution", { isTicked($0) && $0["Solution_Count__c"] == .number("0.0") }),
      ("without amount", { isTicked($0) && $0["Amount"].isNull }),
      ("with help", { isTicked($0) && !$0["How_can_Microsoft_help__c"].isNull }),
      ("on hold", { $0["StageName"] == "Co-sell On Hold" }), ("closed", { $0["IsClosed"] == true }),
    ]
    for (name, isCase) in rowCases { #expect(rows.contains(where: isCase), "\(name)") }
  }

  @Test("S20: every quirk of the data occurs in a small world of any seed", arguments: [1, 7, 23] as [UInt64])
  func quirks(seed: UInt64) async throws {
    let world = try await state(seed: seed, referrals: 24, opportunities: 28)
    let own = (world["partner_center"]["referrals"].array ?? []).filter { $0["organizationId"] != "msft" }
    let cases: [(String, (JSONValue) -> Bool)] = [
      ("null reason", { $0.object?["statusReason"] == .null }), ("empty reason", { $0["statusReason"] == "" }),
      ("no reason", { $0.object?["statusReason"] == nil }),
      ("null campaign", { $0.object?["campaignId"] == .null }), ("no campaign", { $0.object?["campaignId"] == nil }),
      ("empty size", { $0["customerProfile"]["size"] == "" }),
      ("no second line", { $0["customerProfile"]["address"].object?["addressLine2"] == nil }),
      ("escaped name", { $0["customerProfile"]["name"].string?.contains("&amp;") == true }),
      ("trailing blank", { $0["name"].string?.hasSuffix(" ") == true }),
      (
        "state in region",
        {
          $0["customerProfile"]["address"]["region"].string != nil && $0["customerProfile"]["address"]["state"].isNull
        }
      ),
      ("ids as object", { $0["customerProfile"]["ids"].object?.isEmpty == true }),
      ("ids as empty list", { $0["customerProfile"]["ids"].array?.isEmpty == true }),
      ("ids", { $0["customerProfile"]["ids"][0]["profileType"] == "Duns" }),
    ]
    for (name, isCase) in cases { #expect(own.contains(where: isCase), "\(name)") }
    let digits = Set(
      own.compactMap { $0["createdDateTime"].string }.map { text in
        text.dropLast().split(separator: ".").dropFirst().first?.count ?? 0
      })
    #expect(digits == Set(0...7))
  }

  /// What must be equal on both sides of a linked pair.
  private struct Pair {
    let referral: JSONValue
    let opportunity: JSONValue
    let account: JSONValue

    var differences: [String] {
      let details = referral["details"]
      let profile = referral["customerProfile"]
      let address = profile["address"]
      let state = address["state"].string ?? address["region"].string
      let name = referral["name"].string?.trimmingCharacters(in: .whitespaces)
      let code = referral["inviteContext"]["assistanceRequestCode"].string ?? ""
      let label = Deal.helpCodes.firstIndex(of: code).map { OpportunityPackageFields.help[$0] }
      let consent = referral["consent"]["consentToShareReferralWithMicrosoftSellers"]
      let checks: [(String, Bool)] = [
        ("name", name == opportunity["Name"].string),
        ("value", details["dealValue"].double == opportunity["Amount"].double),
        ("currency", details["currency"] == opportunity["CurrencyIsoCode"]),
        ("date", details["closingDateTime"].string.map { String($0.prefix(10)) } == opportunity["CloseDate"].string),
        ("notes", (details["notes"].string ?? "") == (opportunity["Description"].string ?? "")),
        ("customer", profile["name"].string?.replacing("&amp;", with: "&") == account["Name"].string),
        ("street", address["addressLine1"] == account["BillingStreet"]),
        ("city", address["city"] == account["BillingCity"]), ("state", state == account["BillingState"].string),
        ("postal code", address["postalCode"] == account["BillingPostalCode"]),
        ("country", address["country"] == account["BillingCountry"]),
        ("help", label == opportunity["How_can_Microsoft_help__c"].string),
        ("visibility", consent == opportunity["Referral_visible_to_Microsoft_sellers__c"]),
      ]
      return checks.filter { !$0.1 }.map(\.0)
    }
  }
}
