import Foundation
import Model
import Testing

@testable import Transform

@Suite("What time decides")
struct DeadlinesTests {
  private static let now = Timestamp.parse("2026-11-26T08:00:00Z")

  private static func deadlines(_ texts: [String: String], now: Date? = now) -> Deadlines {
    Deadlines(referral: Deal.record(.referral, texts.merging(["id": "r"]) { $1 }), now: now)
  }

  @Test(
    "R64: a new referral tells the days that are left",
    arguments: [
      ("", ""), ("2026-12-06T08:00:00Z", "expires 2026-12-06T08:00:00Z, in 10 days"),
      ("2026-11-27T09:00:00Z", "expires 2026-11-27T09:00:00Z, in 1 day"),
      ("2026-11-26T20:00:00Z", "expires 2026-11-26T20:00:00Z, today"),
      ("2026-11-26T07:00:00Z", "expired 2026-11-26T07:00:00Z"), ("soon", "expires soon"),
    ])
  func answer(_ end: String, _ text: String) {
    #expect(Self.deadlines(["expirationDateTime": end]).answer == text)
  }

  @Test("R64: without a clock the moment alone is told")
  func withoutClock() {
    let deadlines = Self.deadlines(["expirationDateTime": "2026-12-06T08:00:00Z"], now: nil)
    #expect(deadlines.answer == "expires 2026-12-06T08:00:00Z")
  }

  @Test(
    "R70: within 72 hours a deal that may be registered is better not won",
    arguments: [
      (Category.coSell, "2026-11-25T08:00:00Z", "30000", "USD", true),
      (.partnerLed, "2026-11-25T08:00:00Z", "30000", "USD", true),
      (.coSell, "2026-11-23T08:00:01Z", "30000", "USD", true), (.coSell, "2026-11-23T08:00:00Z", "30000", "USD", false),
      (.coSell, "2026-11-25T08:00:00Z", "24999.99", "USD", false),
      (.coSell, "2026-11-25T08:00:00Z", "25000", "USD", true), (.coSell, "2026-11-25T08:00:00Z", "900", "JPY", true),
      (.privateDeal, "2026-11-25T08:00:00Z", "30000", "USD", false), (.coSell, "", "30000", "USD", false),
    ])
  func registration(_ kind: Category, _ created: String, _ value: String, _ currency: String, _ waits: Bool) {
    let deadlines = Self.deadlines([
      "createdDateTime": created, "details.dealValue": value, "details.currency": currency,
    ])
    #expect((deadlines.registration(of: kind) != nil) == waits)
  }

  @Test("R70: the row of an early win says so, and is held like every close")
  func row() throws {
    var deal = Deal()
    deal.referral["createdDateTime"] = "2026-11-25T08:00:00Z"
    (deal.opportunity["StageName"], deal.opportunity["IsClosed"], deal.opportunity["IsWon"]) = (
      "Closed Won", "true", "true"
    )
    let row = try #require(deal.judged(now: Self.now).changes.first)
    #expect(row.rule == "R67 R70")
    #expect(row.reason.hasSuffix("won before 2026-11-28T08:00:00Z it cannot be registered for incentives"))
    #expect(row.risk.proposal == .hold)
    #expect(try #require(deal.judged().changes.first).rule == "R67")
  }
}
