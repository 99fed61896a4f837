import Testing

@testable import Listen

@Suite("How much a listener takes")
struct RateTests {
  @Test("A bucket gives what is in it, and fills again")
  func bucket() {
    var limit = RateLimit(perSecond: 2, burst: 3)
    let start = ContinuousClock.now
    let moments = [0, 0, 0, 0, 400, 500, 100_000, 100_000, 100_000, 100_000]
    var taken: [Bool] = []
    for moment in moments { taken.append(limit.take(at: start + .milliseconds(moment))) }
    #expect(taken == [true, true, true, false, false, true, true, true, true, false])
  }

  @Test("Of refusals of one kind one is told in ten seconds, with the number of the others")
  func refusals() {
    var tally = RefusalTally()
    let start = ContinuousClock.now
    var lines: [String?] = []
    for second in [0, 1, 2, 11] { lines.append(tally.report(.signature, at: start + .seconds(second))?.line) }
    lines.append(tally.report(.path, at: start)?.line)
    #expect(
      lines == [
        "refused (401): wrong signature", nil, nil,
        "refused (401): wrong signature, and 2 more since the last message", "refused (404): unknown path",
      ])
  }

  @Test("Every refusal has a status that says whether to try again")
  func statuses() {
    let again = CallRefusal.allCases.filter { $0.status == 503 }
    #expect(again == [.certificateUnavailable, .busy, .queue])
    #expect(CallRefusal.allCases.allSatisfy { (400...417).contains($0.status) || $0.status == 503 })
    #expect(Set(CallRefusal.allCases.map(\.rawValue)).count == CallRefusal.allCases.count)
  }
}
