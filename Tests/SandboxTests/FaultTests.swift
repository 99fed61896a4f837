import Foundation
import FoundationNetworking
import Testing

@testable import Sandbox

@Suite struct FaultTests {
  private func rules(_ rule: JSONValue) -> JSONValue { ["rules": [rule]] }

  @Test func nthAndTimesCountMatchingRequests() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.partnerToken()
      let session = try await sandbox.session()
      let faults = sandbox.control + "/faults"
      let rule: JSONValue = [
        "side": "partner-center", "method": "GET", "path": "engagements/referrals$", "nth": 2, "times": 2,
        "then": ["status": 429, "retry_after": 7, "code": "tooMany", "message": "slow down"],
      ]
      #expect(try await sandbox.send("POST", faults, rules(rule)).status == 200)
      var statuses: [Int] = []
      for _ in 0..<5 {
        let answer = try await sandbox.send("GET", sandbox.referrals, token: token)
        statuses.append(answer.status)
        if answer.status == 429 {
          #expect(answer.headers["retry-after"] == "7")
          #expect(answer.code == "tooMany")
          #expect(answer.json["error"]["message"] == "slow down")
        }
        #expect(try await sandbox.send("GET", sandbox.data + "/limits", token: session).status == 200)
      }
      #expect(statuses == [200, 429, 429, 200, 200])
      _ = try await sandbox.send("POST", faults, rules(["then": ["status": 503], "times": 100]))
      #expect(try await sandbox.send("GET", sandbox.referrals, token: token).status == 503)
      _ = try await sandbox.send("DELETE", faults)
      #expect(try await sandbox.send("GET", sandbox.referrals, token: token).status == 200)
      #expect(try await sandbox.send("POST", faults, ["rules": [["nth": 1]]]).status == 400)
      #expect(try await sandbox.send("POST", faults, rules(["path": "(", "then": [:]])).status == 400)
    }
  }

  @Test func probabilityIsDrawnFromTheSeed() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.partnerToken()
      let rule: JSONValue = ["probability": .number("0.5"), "then": ["status": 500]]
      _ = try await sandbox.send("POST", sandbox.control + "/faults", rules(rule))
      var failures = 0
      for _ in 0..<60 where try await sandbox.send("GET", sandbox.referrals, token: token).status == 500 {
        failures += 1
      }
      #expect((15...45).contains(failures))
    }
  }

  /// The write took effect, the answer never came.
  @Test func lostAnswerLeavesItsEffect() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let rule: JSONValue = ["method": "POST", "path": "sobjects/Account", "then": ["lose_answer": true]]
      _ = try await sandbox.send("POST", sandbox.control + "/faults", rules(rule))
      await #expect(throws: (any Error).self) {
        try await sandbox.send("POST", sandbox.data + "/sobjects/Account", ["Name": "Lost"], token: token)
      }
      let found = try await sandbox.query("SELECT COUNT() FROM Account WHERE Name = 'Lost'", token)
      #expect(found.json["totalSize"] == 1)
      let log = try await sandbox.send("GET", sandbox.control + "/log").json.array ?? []
      #expect(log.contains { $0["method"] == "POST" && $0["changed"] == true && $0["status"] == 201 })
    }
  }

  @Test func duplicateWritesTwice() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let rule: JSONValue = ["method": "POST", "path": "sobjects/Account", "then": ["duplicate": true]]
      _ = try await sandbox.send("POST", sandbox.control + "/faults", rules(rule))
      _ = try await sandbox.send("POST", sandbox.data + "/sobjects/Account", ["Name": "Twin"], token: token)
      let found = try await sandbox.query("SELECT COUNT() FROM Account WHERE Name = 'Twin'", token)
      #expect(found.json["totalSize"] == 2)
    }
  }

  @Test func bodiesAreCutDelayedAndDisguised() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.partnerToken()
      let faults = sandbox.control + "/faults"
      _ = try await sandbox.send("POST", faults, rules(["then": ["cut_after_bytes": 40]]))
      await #expect(throws: (any Error).self) {
        try await sandbox.send("GET", sandbox.referrals, token: token)
      }
      let disguise: JSONValue = ["then": ["html": true, "status": 502, "delay_ms": 300, "content_type": "text/plain"]]
      _ = try await sandbox.send("POST", faults, rules(disguise))
      let start = ContinuousClock.now
      let page = try await sandbox.send("GET", sandbox.referrals, token: token)
      #expect(ContinuousClock.now - start >= .milliseconds(300))
      #expect(page.status == 502)
      #expect(page.headers["content-type"] == "text/plain")
      #expect(page.text.hasPrefix("<html>"))
    }
  }

  @Test func expiredSessionsAreRefused() async throws {
    try await LiveSandbox.run(referrals: 3, opportunities: 3) { sandbox in
      let token = try await sandbox.session()
      let partner = try await sandbox.partnerToken()
      let rule: JSONValue = ["side": "salesforce", "then": ["expire_session": true]]
      _ = try await sandbox.send("POST", sandbox.control + "/faults", rules(rule))
      #expect(try await sandbox.send("GET", sandbox.data + "/limits", token: token).status == 401)
      #expect(try await sandbox.send("GET", sandbox.data + "/limits", token: token).status == 401)
      #expect(try await sandbox.send("GET", sandbox.data + "/limits", token: try await sandbox.session()).status == 200)
      #expect(try await sandbox.send("GET", sandbox.referrals, token: partner).status == 200)
    }
  }

  @Test func faultsMayBeInForceFromTheStart() async throws {
    let faults = Data("{\"rules\":[{\"side\":\"login\",\"then\":{\"status\":503}}]}".utf8)
    try await LiveSandbox.run(referrals: 3, opportunities: 3, faults: faults) { sandbox in
      let form = JSONValue.string(sandbox.partnerForm())
      let first = try await sandbox.send("POST", sandbox.partnerTokenURL, form)
      let second = try await sandbox.send("POST", sandbox.partnerTokenURL, form)
      #expect(first.status == 503)
      #expect(second.status == 200)
    }
    #expect(throws: (any Error).self) { try SandboxServer(options: SandboxOptions(faults: Data("[]".utf8))) }
  }
}
