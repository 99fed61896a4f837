import Testing

@testable import Sandbox

@Suite struct SwitchTests {
  @Test("All switches of Partner Center are shown with their values")
  func shown() async throws {
    try await LiveSandbox.run(referrals: 1, opportunities: 1) { sandbox in
      let all = try await sandbox.send("GET", sandbox.control + "/partner-center").json
      let expected: JSONValue = [
        "closed_status": 400, "count": "page", "created_status": 201, "device_codes": "wait", "device_interval": 5,
        "last_page": 0, "locked_fields": "refuse", "next_link": "mixed", "page_size": 100, "refresh_tokens": "rotate",
        "webhook_certificate": "dispatch", "webhook_copies": 1, "webhook_delivery": "automatic",
        "webhook_order": "raised", "webhook_resource_uri": "documented", "webhook_signature": "right",
      ]
      #expect(all == expected)
      try await sandbox.set("partner-center", ["page_size": 5, "closed_status": 409])
      let changed = try await sandbox.send("GET", sandbox.control + "/partner-center").json
      #expect(changed["page_size"] == 5)
      #expect(changed["closed_status"] == 409)
      #expect(changed["next_link"] == "mixed")
    }
  }

  @Test("A switch that is unknown or has no such value is refused, and none is set")
  func refused() async throws {
    try await LiveSandbox.run(referrals: 1, opportunities: 1) { sandbox in
      let table: [(JSONValue, String)] = [
        (["set": ["page_size": 5, "pagesize": 5]], "pagesize"), (["set": ["page_size": "5"]], "page_size"),
        (["set": ["page_size": 0]], "1 to 1000"), (["set": ["next_link": "left"]], "next_link"),
        (["set": ["created_status": 204]], "200, 201 or 202"), (["set": ["closed_status": 500]], "400 or 409"),
        (["set": ["last_page": -1]], "negative"), (["set": ["webhook_copies": 0]], "1 to 10"),
        (["page_size": 5], "set"),
      ]
      for (body, word) in table {
        let answer = try await sandbox.send("POST", sandbox.control + "/partner-center", body)
        #expect(answer.status == 400, "\(body.text)")
        #expect(answer.code == "BAD_SWITCH", "\(body.text)")
        #expect(answer.text.contains(word), "\(body.text)")
      }
      #expect(try await sandbox.send("GET", sandbox.control + "/partner-center").json["page_size"] == 100)
    }
  }
}
