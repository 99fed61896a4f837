import Testing
import Wire

@testable import Listen

@Suite("What the body of a call tells")
struct EventNoticeTests {
  private static let id = "11111111-2222-4333-8444-555555555501"

  private static func body(
    name: String = "referral-updated",
    uri: String = "https://api.partnercenter.microsoft.com/engagements/v1/referrals/\(id)",
    moment: String = "2026-02-17T00:05:39.5485487+00:00"
  ) -> String {
    #"{"EventName":"\#(name)","ResourceUri":"\#(uri)","ResourceName":"referral","AuditUri":null,"#
      + #""ResourceChangeUtcDate":"\#(moment)"}"#
  }

  @Test(
    "Every event names its referral",
    arguments: ["referral-created", "referral-updated", "related-referral-created", "related-referral-updated"])
  func known(name: String) throws {
    let notice = try EventNotice(Array(Self.body(name: name).utf8), resourceHosts: ["api.partnercenter.microsoft.com"])
    #expect(notice.event.rawValue == name && notice.referral == Self.id)
  }

  @Test("A test event names none")
  func test() throws {
    let body = Self.body(name: "test-created", uri: "https://anywhere.example/test")
    #expect(try EventNotice(Array(body.utf8), resourceHosts: []).referral == nil)
  }

  @Test(
    "What is no event is refused by its kind",
    arguments: [
      ("", .body), ("[]", .body), ("null", .body), ("{", .body), ("{}", .body), (#"{"EventName":5}"#, .body),
      (body(moment: "yesterday"), .body), (body() + "{}", .body),
      (body().replacing("{", with: #"{"EventName":"x","#), .body), (body(name: "subscription-updated"), .event),
      (body(name: ""), .event), (body(uri: "https://example.com/engagements/v1/referrals/\(id)"), .resource),
      (body(uri: "https://api.partnercenter.microsoft.com/engagements/v1/referrals/1"), .resource),
      (body(uri: ""), .resource),
    ] as [(String, CallRefusal)])
  func refused(body: String, refusal: CallRefusal) {
    #expect(throws: refusal) {
      try EventNotice(Array(body.utf8), resourceHosts: ["api.partnercenter.microsoft.com"])
    }
  }
}
