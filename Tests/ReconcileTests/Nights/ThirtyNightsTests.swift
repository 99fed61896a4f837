import TestSupport
import Testing

/// Thirty nights by cron, with people on both sides, faults, deaths, stops and a reviewer.
@Suite("Thirty nights")
struct ThirtyNightsTests {
  @Test(
    "every exit status as documented, silence when nobody is needed, nothing forgotten, nothing unapproved, a bounded ledger"
  )
  func month() throws {
    let month = try Month(SeededGenerator(named: "thirty nights"))
    for _ in 1...30 { try month.live() }
    try month.comeToRest()
    let counts = month.counts.merging(month.people.counts) { $0 + $1 }
    for (what, count) in counts.sorted(by: { $0.key < $1.key }) { print("  \(what): \(count)") }
    for (what, floor) in Self.floors {
      #expect(counts[what, default: 0] >= floor, "\(what): \(counts[what, default: 0])")
    }
    for occasion in ["failure", "safety-stop", "waiting", "recovery"] {
      #expect(try month.notices(occasion) > 0, "nobody was told of \(occasion)")
    }
    let sizes = month.sizes
    print("  ledger: \(sizes)")
    #expect(sizes.suffix(8).max() ?? 0 <= (sizes.dropFirst(5).prefix(8).max() ?? 0) * 3 / 2)
    #expect(month.rejected != nil)
  }

  /// How often what has to happen, so that the test has seen it.
  private static let floors = [
    ("exit 0", 4), ("exit 3", 1), ("exit 4", 6), ("exit 5", 2), ("exit 6", 1), ("exit 7", 1), ("exit 8", 1),
    ("exit -9", 1), ("exit 130", 1), ("silent", 4), ("missed", 2), ("faults", 12), ("finished what died", 1),
    ("reviews", 5), ("clashes", 4), ("clash in a plan", 10), ("clash applied", 2), ("clash rejected", 1), ("rests", 3),
    ("edits a referral", 4), ("edits an opportunity", 12), ("edits both alike", 2), ("enters a referral", 1),
    ("enters an opportunity", 1), ("wins an opportunity", 1), ("loses a referral", 1),
    ("decided for good", 1), ("writes", 60), ("metrics", 18),
  ]
}
