import Foundation
import Testing

@testable import Sandbox

@Suite struct ReferralListTests {
  @Test("S4: pages are complete without duplicates, and every second link is broken as documented")
  func pages() async throws {
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

  @Test("S3: filters select what they say")
  func filters() async throws {
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
        (
          "updatedDateTime lt 2026-08-01T02:00:00.000+02:00",
          { ($0["updatedDateTime"].string ?? "") < "2026-08-01T00:00:00" }
        ),
        (
          "status eq 'New' or status eq 'Active' and type eq 'Shared'",
          { $0["status"] == "New" || $0["status"] == "Active" && $0["type"] == "Shared" }
        ),
        ("not (status eq 'Active')", { $0["status"] != "Active" }),
        ("details/dealValue le 100000", { ($0["details"]["dealValue"].double ?? 1e9) <= 100000 }),
        (
          "consent/consentToShareReferralWithMicrosoftSellers eq false",
          { $0["consent"]["consentToShareReferralWithMicrosoftSellers"] == false }
        ),
        ("expirationDateTime ne null", { $0["expirationDateTime"].string != nil }),
        ("closedDateTime eq null", { $0["closedDateTime"].isNull }),
        ("customerProfile/team/any()", { $0["customerProfile"]["team"].array?.isEmpty == false }),
        (
          "details/requirements/solutions/any(s:s/id eq 'SOL-10001-FWH' or s/id eq 'SOL-10002-FDM')",
          { record in
            (record["details"]["requirements"]["solutions"].array ?? []).contains {
              ["SOL-10001-FWH", "SOL-10002-FDM"].contains($0["id"].string)
            }
          }
        ),
        ("customerProfile/address/city eq 'O''Hare'", { _ in false }),
      ]
      for (filter, isWanted) in table {
        let answer = try await list(sandbox, token, "$filter", filter)
        let wanted = Set(all.filter(isWanted).map { $0["id"].string })
        let isTelling = !wanted.isEmpty && wanted.count < all.count
        #expect(isTelling || filter.contains("O''Hare") || filter.contains("any()"), "\(filter) tells nothing apart")
        #expect(Set((answer.json["value"].array ?? []).map { $0["id"].string }) == wanted, "\(filter)")
      }
      for filter in [
        "status eq", "nonsense eq 'x'", "status like 'N'", "(status eq 'New'", "status eq 'New",
        "team/all(t:t/email eq 'x')",
        "contains(name,'x')", "createdDateTime gt 2026-08-01", "createdDateTime gt 'soon'", "team/any(email eq 'x')",
        "status in ('New')", "",
      ] {
        let answer = try await list(sandbox, token, "$filter", filter)
        #expect(answer.status == 400, "\(filter)")
        #expect(answer.code == "invalidRequest")
      }
    }
  }

  @Test("S3: an option that is unknown, twice there or without sense is refused")
  func options() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.partnerToken()
      for query in [
        "$expand=team", "$search=x", "pageSize=5", "$apply=x", "$top=-1", "$top=many", "$skip=1.5", "$count=maybe",
        "$orderby=name", "$orderby=createdDateTime%20up", "$orderby=", "$select=id,colour", "$top=1&$top=2",
        "$skiptoken=forged",
      ] {
        let answer = try await sandbox.send("GET", "\(sandbox.referrals)?\(query)", token: token)
        #expect(answer.status == 400, "\(query)")
        #expect(answer.code == "invalidRequest", "\(query)")
      }
      let order = "$orderby=updatedDateTime%20desc,createdDateTime&$count=false&$top=2"
      let answer = try await sandbox.send("GET", "\(sandbox.referrals)?\(order)", token: token)
      #expect(answer.json["value"].array?.count == 2)
    }
  }

  @Test("S4: the next link takes every form that it is known to have")
  func nextLinks() async throws {
    try await LiveSandbox.run(referrals: 20, opportunities: 3) { sandbox in
      let token = try await sandbox.partnerToken()
      let base = sandbox.text(sandbox.partnerCenter["api_url"])
      let table: [(String, String, Int?)] = [
        ("right", base + "/v1.0/engagements/referrals?$skiptoken=", 200),
        ("documented", base + "/v1.0/referrals?$skiptoken=", 404),
        ("foreign-host", "http://referrals.example/partner-center/v1.0/engagements/referrals?$skiptoken=", nil),
      ]
      for (form, start, status) in table {
        try await sandbox.set("partner-center", ["page_size": 8, "next_link": .string(form)])
        let first = try await sandbox.send("GET", sandbox.referrals, token: token)
        #expect(first.json["value"].array?.count == 8)
        let next = try #require(first.json["@odata.nextLink"].string)
        #expect(next.hasPrefix(start), "\(form): \(next)")
        guard let status else { continue }
        let second = try await sandbox.send("GET", next, token: token)
        #expect(second.status == status, "\(form)")
        if status == 200 { #expect(second.json["value"][0] != first.json["value"][0]) }
      }
      try await sandbox.set("partner-center", ["next_link": "loop"])
      let first = try await sandbox.send("GET", sandbox.referrals, token: token)
      let again = try await sandbox.send("GET", sandbox.text(first.json["@odata.nextLink"]), token: token)
      #expect(again.json["value"] == first.json["value"])
    }
  }

  @Test("S19: a list may end early as if it were complete")
  func truncated() async throws {
    try await LiveSandbox.run(referrals: 20, opportunities: 3) { sandbox in
      let token = try await sandbox.partnerToken()
      try await sandbox.set("partner-center", ["page_size": 8, "last_page": 2, "next_link": "right"])
      #expect(try await sandbox.allReferrals(token).count == 16)
      try await sandbox.set("partner-center", ["last_page": 0, "count": "total"])
      #expect(try await sandbox.allReferrals(token).count == 20)
      let answer = try await sandbox.send("GET", sandbox.referrals, token: token)
      #expect(answer.json["@odata.count"] == 20)
    }
  }

  @Test("S3: the order is kept", arguments: ["createdDateTime desc", "updatedDateTime asc"])
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
  @Test("S6: Microsoft's record comes with its engagement, quoted or bare")
  func engagement() async throws {
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

  @Test("S5: $top caps the whole result; $skip, $select and $count")
  func topSkipAndSelect() async throws {
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

  @Test("S21: a Referrals user sees the deals whose team names that user, and no others")
  func restricted() async throws {
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
      let patch: JSONValue = [["op": "replace", "path": "/name", "value": "x"]]
      #expect(try await sandbox.send("PATCH", url, patch, token: user).status == 404)
    }
  }

  @Test("S2, S16: ids are echoed, and other verbs are refused with what is allowed")
  func ids() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.partnerToken()
      let one = try await sandbox.send(
        "GET", sandbox.referrals, token: token, headers: ["client-request-id": "abc"])
      let two = try await sandbox.send("GET", sandbox.referrals, token: token)
      #expect(one.headers["client-request-id"] == "abc")
      #expect(one.headers["request-id"] != two.headers["request-id"])
      #expect(one.headers["timestamp"]?.hasPrefix("Mon, 02 Nov 2026 08:00:00") == true)
      for (method, path, allowed) in [
        ("DELETE", "/x", "GET, PATCH, PUT"), ("POST", "/x", "GET, PATCH, PUT"), ("PUT", "", "GET, POST"),
        ("PATCH", "", "GET, POST"), ("DELETE", "", "GET, POST"),
      ] {
        let answer = try await sandbox.send(method, sandbox.referrals + path, token: token)
        #expect(answer.status == 405, "\(method) \(path)")
        #expect(answer.headers["allow"] == allowed, "\(method) \(path)")
      }
      #expect(try await sandbox.send("GET", sandbox.referrals + "/x/y", token: token).status == 404)
      #expect(try await sandbox.send("GET", sandbox.referrals + "/x", token: token).code == "itemNotFound")
    }
  }

  private func list(_ sandbox: LiveSandbox, _ token: String, _ option: String, _ value: String) async throws -> Answer {
    let encoded = try #require(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
    return try await sandbox.send("GET", "\(sandbox.referrals)?\(option)=\(encoded)", token: token)
  }
}
