import Foundation
import Testing

@testable import Sandbox

@Suite struct ReferralListTests {
  @Test func pagesAreCompleteWithoutDuplicatesAndOneLinkIsBroken() async throws {
    try await LiveSandbox.run(referrals: 250, opportunities: 20) { sandbox in
      let token = try await sandbox.partnerToken()
      let first = try await sandbox.send("GET", sandbox.referrals, token: token)
      #expect(first.json["value"].array?.count == 100)
      let next = try #require(first.json["@odata.nextLink"].string)
      #expect(next.contains("/v1.0/engagements/referrals?$skiptoken="))
      let second = try await sandbox.send("GET", next, token: token)
      let broken = try #require(second.json["@odata.nextLink"].string)
      #expect(broken.contains("/partner-center/v1.0/referrals?$skiptoken="))
      #expect(try await sandbox.send("GET", broken, token: token).status == 404)
      let all = try await sandbox.allReferrals(token)
      #expect(all.count == 250)
      #expect(Set(all.map { $0["id"].string }).count == 250)
      #expect(all.allSatisfy { $0["organizationId"].string == Identity.organization })
    }
  }

  /// S3: the operators, and 400 for what is unknown.
  @Test func filtersSelectWhatTheySay() async throws {
    try await LiveSandbox.run(referrals: 60, opportunities: 60) { sandbox in
      let token = try await sandbox.partnerToken()
      let all = try await sandbox.allReferrals(token)
      let kim = Seller.all[0].email
      func mail(_ record: JSONValue) -> String? { record["team"][0]["email"].string }
      let table: [(String, @Sendable (JSONValue) -> Bool)] = [
        ("status eq 'New'", { $0["status"] == "New" }),
        ("status ne 'New'", { $0["status"] != "New" }),
        ("status eq 'Active' and type eq 'Shared'", { $0["status"] == "Active" && $0["type"] == "Shared" }),
        ("(status eq 'New' or status eq 'Closed')", { $0["status"] == "New" || $0["status"] == "Closed" }),
        ("customerProfile/address/country eq 'US'", { $0["customerProfile"]["address"]["country"] == "US" }),
        ("details/dealValue gt 500000", { ($0["details"]["dealValue"].double ?? 0) > 500000 }),
        ("team/any(t:t/email eq '\(kim)')", { $0["team"][0]["email"].string == kim }),
        (
          "updatedDateTime ge 2026-08-01T00:00:00Z",
          { ($0["updatedDateTime"].string ?? "") >= "2026-08-01T00:00:00" }
        ),
      ]
      for (filter, isWanted) in table {
        let answer = try await list(sandbox, token, "$filter", filter)
        let wanted = Set(all.filter(isWanted).map { $0["id"].string })
        #expect(!wanted.isEmpty && wanted.count < all.count, "\(filter) tells nothing apart")
        #expect(Set((answer.json["value"].array ?? []).map { $0["id"].string }) == wanted, "\(filter)")
      }
      for filter in ["status eq", "nonsense eq 'x'", "status like 'N'", "(status eq 'New'", "status eq 'New"] {
        let answer = try await list(sandbox, token, "$filter", filter)
        #expect(answer.status == 400, "\(filter)")
        #expect(answer.code == "invalidRequest")
      }
      #expect(try await list(sandbox, token, "$expand", "team").status == 400)
    }
  }

  @Test(arguments: ["createdDateTime desc", "updatedDateTime asc"])
  func orderIsKept(order: String) async throws {
    try await LiveSandbox.run(referrals: 40, opportunities: 10) { sandbox in
      let token = try await sandbox.partnerToken()
      let answer = try await list(sandbox, token, "$orderby", order)
      let parts = order.split(separator: " ").map(String.init)
      let stamps = (answer.json["value"].array ?? []).map {
        String(($0[parts[0]].string ?? "").dropLast())
      }
      #expect(stamps.count == 40)
      #expect(stamps == (parts[1] == "desc" ? stamps.sorted(by: >) : stamps.sorted()))
    }
  }

  /// R11: the records of other organizations come with their engagement and by id, never in the plain list.
  @Test func microsoftsRecordComesWithItsEngagement() async throws {
    try await LiveSandbox.run { sandbox in
      let token = try await sandbox.partnerToken()
      let shared = try #require(try await sandbox.allReferrals(token).first { $0["type"] == "Shared" })
      let engagement = sandbox.text(shared["engagementId"])
      for literal in ["'\(engagement)'", engagement, "'\(engagement.uppercased())'"] {
        let both = try await list(sandbox, token, "$filter", "engagementId eq \(literal)")
        let owners = Set((both.json["value"].array ?? []).map { $0["organizationId"].string })
        #expect(owners == [Identity.organization, "msft"], "\(literal)")
      }
      let both = try await list(sandbox, token, "$filter", "engagementId eq '\(engagement)'")
      let theirs = try #require(both.json["value"].array?.first { $0["organizationId"] == "msft" })
      let url = sandbox.referrals + "/" + sandbox.text(theirs["id"])
      #expect(try await sandbox.send("GET", url, token: token).status == 200)
      let patch: JSONValue = [["op": "replace", "path": "/name", "value": "x"]]
      #expect(try await sandbox.send("PATCH", url, patch, token: token).status == 403)
    }
  }

  /// S5, and the selection of members.
  @Test func topSkipAndSelect() async throws {
    try await LiveSandbox.run(referrals: 130, opportunities: 10) { sandbox in
      let token = try await sandbox.partnerToken()
      let url = sandbox.referrals + "?$top=120&$skip=5&$select=id,name&$count=true"
      let first = try await sandbox.send("GET", url, token: token)
      let page = try #require(first.json["value"].array)
      #expect(page.count == 100)
      #expect(page[0].object?.keys == ["id", "name"])
      #expect(first.json["@odata.count"].int == 130)
      let second = try await sandbox.send("GET", sandbox.text(first.json["@odata.nextLink"]), token: token)
      #expect(second.json["value"].array?.count == 20)
      #expect(second.json["@odata.nextLink"].isNull)
    }
  }

  /// S21: a Referrals user sees the deals whose team names that user, and no others.
  @Test func referralsUserSeesOwnDealsOnly() async throws {
    try await LiveSandbox.run(referrals: 60, opportunities: 10) { sandbox in
      let admin = try await sandbox.partnerToken()
      let refresh = sandbox.text(sandbox.partnerCenter["refresh_token"]) + "-referrals-user"
      let user = try await sandbox.partnerToken(refresh: refresh)
      let all = try await sandbox.allReferrals(admin)
      let seen = try await sandbox.allReferrals(user)
      let own = all.filter { $0["team"][0]["email"].string == Seller.all[0].email }
      #expect(!own.isEmpty && own.count < all.count)
      #expect(Set(seen.map { $0["id"].string }) == Set(own.map { $0["id"].string }))
      let hidden = try #require(all.first { $0["team"][0]["email"].string != Seller.all[0].email })
      let url = sandbox.referrals + "/" + sandbox.text(hidden["id"])
      #expect(try await sandbox.send("GET", url, token: user).status == 404)
    }
  }

  /// S2 and S16.
  @Test func idsAreEchoedAndOtherVerbsRefused() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.partnerToken()
      let one = try await sandbox.send(
        "GET", sandbox.referrals, token: token, headers: ["client-request-id": "abc"])
      let two = try await sandbox.send("GET", sandbox.referrals, token: token)
      #expect(one.headers["client-request-id"] == "abc")
      #expect(one.headers["request-id"] != two.headers["request-id"])
      #expect(try await sandbox.send("DELETE", sandbox.referrals + "/x", token: token).status == 405)
      #expect(try await sandbox.send("GET", sandbox.referrals + "/x", token: token).code == "itemNotFound")
    }
  }

  private func list(_ sandbox: LiveSandbox, _ token: String, _ option: String, _ value: String) async throws -> Answer {
    let encoded = try #require(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
    return try await sandbox.send("GET", "\(sandbox.referrals)?\(option)=\(encoded)", token: token)
  }
}
