import Testing

/// The program is killed at its steps, for a sample of them; `make crash` takes every one.
@Suite("Killed at a step")
struct CrashStepTests {
  @Test("plan and apply, killed at steps from the first to the last, and --resume killed as well")
  func sample() throws {
    var trials: [CrashTrial] = []
    for world in CrashWorld.all {
      let expected = try world.expectation
      #expect(expected.end.count > 100)
      let moment = Strike.Moment.allCases[world.number % 3]
      let steps = try #require(expected.steps[.decided])
      trials += Steps.spread(7, over: steps).map {
        CrashTrial(world: world.number, command: .apply, strike: .kill(moment, $0))
      }
      trials += Steps.spread(4, over: steps).map {
        CrashTrial(
          world: world.number, command: .apply, strike: .kill(.before, $0 + 2), second: .kill(.after, 25 + $0 / 8))
      }
      for (command, moment) in [(CrashTrial.Command.plan, CrashWorld.Moment.firstNight), (.firstPlan, .empty)] {
        let steps = try #require(expected.steps[moment])
        trials += Steps.spread(4, over: steps).map {
          CrashTrial(world: world.number, command: command, strike: .kill(.before, $0))
        }
      }
    }
    let tally = CrashBatch.run(trials)
    #expect(tally.violations == [])
    #expect(tally.struck == trials.count && tally.struckAgain > 4 && tally.looks > 0, "\(tally)")
  }

  @Test("the plan that is applied does everything that a plan can do")
  func coverage() throws {
    let actions = try CrashWorld.all.reduce(into: Set<String>()) { try $0.formUnion($1.expectation.actions) }
    let wanted: Set = [
      "create-opportunity", "create-referral", "add-contact", "add-solution", "add-team-member", "link", "mark",
      "update",
      "conflict", "accept", "close-won", "close-lost",
    ]
    #expect(actions.isSuperset(of: wanted), "\(actions.sorted())")
  }
}

/// Which steps of a range are taken.
enum Steps {
  /// So many numbers from 1 to a last one, evenly spread.
  static func spread(_ number: Int, over last: Int) -> [Int] {
    (0..<number).map { 1 + ($0 * 2 + 1) * max(last - 1, 1) / (2 * number) }
  }
}
