import Foundation
import Testing

@testable import Sandbox

@Suite struct GzipTests {
  @Test(
    "A header takes gzip or does not",
    arguments: [
      ("gzip", true), ("deflate, gzip", true), ("GZIP;q=0.5", true), ("*", true), ("gzip;q=0", false),
      ("deflate", false), ("", false), (nil, false), ("gzip; q=0.0, br", false), ("x-gzip-like", false),
    ] as [(String?, Bool)])
  func accepted(header: String?, isAccepted: Bool) { #expect(Gzip.isAccepted(header) == isAccepted) }

  @Test("Both services compress on request, the control API does not", arguments: [true, false])
  func answers(isWanted: Bool) async throws {
    try await LiveSandbox.run(referrals: 20, opportunities: 20) { sandbox in
      let wish = isWanted ? ["Accept-Encoding: gzip"] : []
      let describe = sandbox.data + "/sobjects/Opportunity/describe"
      let table = [
        (sandbox.referrals, try await sandbox.partnerToken(), isWanted),
        (describe, try await sandbox.session(), isWanted),
        (sandbox.data + "/sobjects/Missing", try await sandbox.session(), false),
        (sandbox.control + "/state", "", false),
      ]
      let wire = try RawConnection(port: sandbox.port)
      defer { wire.close() }
      for (url, token, isCompressed) in table {
        try wire.send(sandbox.raw(url, token: token, headers: wish))
        let found = await wire.answer()
        #expect((found.header("Content-Encoding") == "gzip") == isCompressed, "\(url)")
        #expect(found.body.starts(with: [0x1F, 0x8B]) == isCompressed, "\(url)")
        #expect(found.promised == found.body.count)
      }
    }
  }

  /// The client of this test unpacks by itself; what it finds is what the service wrote.
  @Test("What is unpacked is what was packed")
  func unpacked() async throws {
    try await LiveSandbox.run(referrals: 30, opportunities: 3) { sandbox in
      let token = try await sandbox.partnerToken()
      let packed = try await sandbox.send("GET", sandbox.referrals, token: token)
      #expect(packed.headers["content-encoding"] == "gzip")
      let off = try await sandbox.send("POST", sandbox.control + "/http", ["set": ["gzip": false]])
      #expect(off.json == ["gzip": false, "gzip_from_bytes": 1000])
      let plain = try await sandbox.send("GET", sandbox.referrals, token: token)
      #expect(plain.headers["content-encoding"] == nil)
      #expect(plain.text == packed.text)
      let small: JSONValue = ["set": ["gzip": true, "gzip_from_bytes": 1]]
      _ = try await sandbox.send("POST", sandbox.control + "/http", small)
      let error = try await sandbox.send("GET", sandbox.referrals + "/x", token: token)
      #expect(error.headers["content-encoding"] == "gzip")
      #expect(error.code == "itemNotFound")
    }
  }

  @Test("A cut counts the bytes on the wire, and every later answer is whole")
  func cut() async throws {
    try await LiveSandbox.run(referrals: 30, opportunities: 3) { sandbox in
      let token = try await sandbox.partnerToken()
      let text = sandbox.raw(sandbox.referrals, token: token, headers: ["Accept-Encoding: gzip"])
      let wire = try RawConnection(port: sandbox.port)
      defer { wire.close() }
      try wire.send(text)
      let whole = await wire.answer()
      let rule: JSONValue = ["rules": [["then": ["cut_after_bytes": 500]]]]
      _ = try await sandbox.send("POST", sandbox.control + "/faults", rule)
      try wire.send(text)
      let part = await wire.rest()
      #expect(part.header("Content-Encoding") == "gzip")
      #expect(part.promised == whole.promised)
      #expect(part.body == Array(whole.body.prefix(500)))
    }
  }

  @Test(
    "A switch of the wire that is unknown or has no such value is refused",
    arguments: [["gzip": "no"], ["zip": true], ["gzip_from_bytes": -1]] as [JSONValue])
  func refused(set: JSONValue) async throws {
    try await LiveSandbox.run(referrals: 1, opportunities: 1) { sandbox in
      let answer = try await sandbox.send("POST", sandbox.control + "/http", ["set": set])
      #expect(answer.status == 400)
      #expect(answer.code == "BAD_SWITCH")
    }
  }
}
