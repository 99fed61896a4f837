import Ledger
import Model
import Testing
import Transform

@testable import Planning

/// Many pairs, judged while the next ones are read.
@Suite struct JudgingBenchTests {
  private struct Trouble: Error, Equatable {}

  private static func judged(_ pair: JudgingBench.Pair) throws -> JudgingBench.Judged {
    let verdict = Verdict(pair.facts.key, .inSync, Verdict.Face(), code: .inSync, reason: "", isSettled: true)
    return JudgingBench.Judged(pair: pair, verdict: verdict, rows: [])
  }

  private static func pair(_ number: Int) -> JudgingBench.Pair {
    JudgingBench.Pair(identity: .alone, facts: PairFacts(told: String(number)), linked: nil)
  }

  @Test(
    "every pair comes back, in the order in which it came", arguments: [0, 1, 256, 257, 288, 289, 416, 417, 1_000],
    [1, 100, 10_000])
  func order(_ count: Int, finishingEvery step: Int) throws {
    let bench = JudgingBench(Self.judged)
    defer { bench.close() }
    var told: [String?] = []
    for number in 0..<count {
      told += try bench.take(Self.pair(number)).map(\.pair.facts.told)
      if number % step == 0 { told += try bench.finish().map(\.pair.facts.told) }
    }
    told += try bench.finish().map(\.pair.facts.told)
    #expect(told == (0..<count).map { String($0) })
    #expect(try bench.finish().isEmpty)
  }

  @Test("what goes wrong with a pair is thrown, and the thread ends", arguments: [0, 255, 300, 999])
  func failure(_ wrong: Int) {
    let bench = JudgingBench { pair in
      if pair.facts.told == String(wrong) { throw Trouble() }
      return try Self.judged(pair)
    }
    #expect(throws: Trouble.self) {
      for number in 0..<1_000 { _ = try bench.take(Self.pair(number)) }
      _ = try bench.finish()
    }
    bench.close()
    bench.close()
  }

  /// So many pairs from a number on, as they stand in one of two nights: values moved, and opportunities gave way to others.
  private static func world(_ numbers: Range<Int>, night: Int) -> World {
    var world = World(pairs: 0)
    for number in numbers {
      world.addPair(number)
      guard night > 1 else { continue }
      if number % 2 == 0 { world.setOpportunity(number, "Amount", String(number)) }
      if number % 3 == 0 { world.setReferral(number, "details.dealValue", String(7 * number)) }
      guard number % 11 == 0 else { continue }
      // Another opportunity takes the place of the one that the referral was linked with.
      let other = number + 500_000
      world.addOpportunity(other)
      world.setOpportunity(other, "Referral_Identifier__c", World.referralID(number))
      world.setReferral(number, "externalReferenceId", World.opportunityID(other))
      world.opportunities[World.opportunityID(number)] = nil
    }
    return world
  }

  private func plan(_ numbers: Range<Int>, in folder: TemporaryFolder) throws -> (rows: [PlanRow], lines: [VerdictLine])
  {
    let ledger = try folder.ledger("from-\(numbers.lowerBound)-to-\(numbers.upperBound)")
    let planner = try Planner()
    try planner.plan(Self.world(numbers, night: 1), night: 1, in: ledger)
    let second = try planner.plan(Self.world(numbers, night: 2), night: 2, in: ledger)
    return (try ledger.rows(of: second.run.number), try ledger.lines())
  }

  @Test("many pairs are planned as few are, those whose links move among them")
  func sameAsFew() throws {
    let folder = try TemporaryFolder()
    let many = try plan(1..<701, in: folder)
    let few = try (0..<7).map { try plan($0 * 100 + 1..<$0 * 100 + 101, in: folder) }
    let rows = few.flatMap(\.rows)
    #expect(rows.count > 400)
    #expect(many.lines == few.flatMap(\.lines))
    #expect(many.rows.map(\.key) == rows.map(\.key))
    #expect(many.rows.map(\.change) == rows.map(\.change))
    #expect(many.rows.map(\.decision) == rows.map(\.decision))
  }
}
