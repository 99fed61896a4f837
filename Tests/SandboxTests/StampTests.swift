import Testing

@testable import Sandbox

@Suite struct StampTests {
  @Test func formsOfTheFirstMoment() {
    #expect(Stamp.start.zulu == "2026-11-02T08:00:00Z")
    #expect(Stamp.start.salesforce == "2026-11-02T08:00:00.000+0000")
    #expect(Stamp.start.http == "Mon, 02 Nov 2026 08:00:00 GMT")
  }

  @Test(arguments: [
    ("2026-11-02T08:00:00Z", 0), ("2026-11-02T08:00:00.1234567Z", 0), ("2026-11-02T09:00:00+01:00", 0),
    ("2026-11-02T03:00:00-0500", 0), ("2026-11-02", -8 * 3600), ("2028-02-29T08:00:00.000+0000", 41_817_600),
  ])
  func textIsRead(text: String, offset: Int) { #expect(Stamp(iso: text) == Stamp.start.adding(offset)) }

  @Test(arguments: ["", "tomorrow", "2026-13-01", "2026-1-1", "2026-11-02T08:00Z", "2026-11-02T08:00:00+1"])
  func nonsenseIsRefused(text: String) { #expect(Stamp(iso: text) == nil) }

  @Test func headersAreRead() {
    for day in [0, 1, 59, 365, 852] {
      let stamp = Stamp.start.adding(days: day)
      #expect(Stamp(http: stamp.http) == stamp)
    }
    #expect(Stamp(http: "Monday") == nil)
  }

  /// Ids from the vendor's documentation.
  @Test(arguments: [("001D000000IqhSL", "001D000000IqhSLIAZ"), ("01gRO0000016PIA", "01gRO0000016PIAYA2")])
  func idsCarryTheirSuffix(short: String, long: String) {
    #expect(SalesforceID.normalized(short) == long)
    #expect(SalesforceID.normalized(long) == long)
    #expect(SalesforceID.normalized(short + "AAA") == nil)
  }
}
