import Foundation
import Testing

/// `make crash`: every step of `plan`, of `apply` and of its recovery, by death and by a full disk.
///
/// It prints how many steps there were and what became of the trials, and fails with the line that repeats one.
@Suite("Every step", .serialized, .enabled(if: CrashWish.isThere))
struct EveryStepTests {
  @Test("one trial again", .enabled(if: CrashWish.single != nil))
  func again() throws {
    let trial = try #require(CrashTrial(CrashWish.single ?? ""), "no such trial: \(CrashWish.single ?? "")")
    let outcome = try trial.run()
    print("\(trial): \(outcome)")
    #expect(outcome.violations == [])
  }

  /// Before the call in one world and after it in the other: what lies between two steps is the same for the files.
  ///
  /// Every fifth call is also cut off in the middle of its bytes.
  @Test("killed in apply", .enabled(if: CrashWish.isWhole), arguments: CrashWorld.all)
  func apply(_ world: CrashWorld) throws {
    let last = try steps(world, .apply)
    let moment: Strike.Moment = world.number == 1 ? .before : .after
    let kills =
      (1...last).map { Strike.kill(moment, $0) } + stride(from: 2, through: last, by: 5).map { .kill(.within, $0) }
    try check(
      "world \(world.number), apply, K = \(last)",
      kills.map { CrashTrial(world: world.number, command: .apply, strike: $0) })
  }

  @Test("killed in plan", .enabled(if: CrashWish.isWhole), arguments: CrashWorld.all)
  func plan(_ world: CrashWorld) throws {
    let command: CrashTrial.Command = world.number == 1 ? .plan : .firstPlan
    let last = try steps(world, command)
    let kills =
      (1...last).map { Strike.kill(world.number == 1 ? .after : .before, $0) }
      + stride(from: 2, through: last, by: 5).map { .kill(.within, $0) }
    try check(
      "world \(world.number), \(command.rawValue), K = \(last)",
      kills.map { CrashTrial(world: world.number, command: command, strike: $0) })
  }

  @Test("killed in apply, and again in its recovery", .enabled(if: CrashWish.isWhole), arguments: CrashWorld.all)
  func recovery(_ world: CrashWorld) throws {
    let last = try steps(world, .apply)
    var trials: [CrashTrial] = []
    var counted: [Int] = []
    for first in Steps.spread(10, over: last) {
      let strike = Strike.kill(.before, first)
      let whole = try CrashTrial(world: world.number, command: .apply, strike: strike, second: Strike.none).run()
      counted.append(whole.steps)
      trials += Steps.spread(11, over: whole.steps).enumerated().map { index, step in
        CrashTrial(
          world: world.number, command: .apply, strike: strike,
          second: .kill(Strike.Moment.allCases[index % 3], step))
      }
    }
    try check("world \(world.number), recovery, K = \(counted)", trials)
  }

  @Test("a full disk", .enabled(if: CrashWish.isWhole), arguments: [CrashTrial.Command.plan, .firstPlan, .apply])
  func full(_ command: CrashTrial.Command) throws {
    let world = CrashWorld.all[command == .firstPlan ? 1 : 0]
    let last = try steps(world, command, .disk)
    let trials = (1...last).flatMap { step in
      Strike.Extent.allCases.map {
        CrashTrial(world: world.number, command: command, strike: .fail($0, step, .full))
      }
    }
    try check("world \(world.number), \(command.rawValue) on a full disk, K = \(last)", trials)
  }

  @Test(
    "an fsync that fails", .enabled(if: CrashWish.isWhole), arguments: [CrashTrial.Command.plan, .firstPlan, .apply])
  func broken(_ command: CrashTrial.Command) throws {
    let world = CrashWorld.all[command == .firstPlan ? 0 : 1]
    let last = try steps(world, command, .sync)
    let trials = (1...last).flatMap { step in
      Strike.Extent.allCases.map {
        CrashTrial(world: world.number, command: command, strike: .fail($0, step, .broken))
      }
    }
    try check("world \(world.number), \(command.rawValue) with a failing fsync, K = \(last)", trials)
  }

  private func check(_ what: String, _ trials: [CrashTrial]) throws {
    let start = Date()
    let trials = trials.enumerated().filter { $0.offset % CrashWish.stride == 0 }.map(\.element)
    let tally = CrashBatch.run(trials)
    print("crash: \(what): \(tally); \(tally.violations.count) violations; \(Int(Date().timeIntervalSince(start))) s")
    for violation in tally.violations { print("crash: repeat with  make crash T=\"…\"  \(violation)") }
    #expect(tally.violations.isEmpty)
    #expect(tally.struck > trials.count / 2)
  }

  /// How many steps a command takes when nothing strikes it.
  private func steps(_ world: CrashWorld, _ command: CrashTrial.Command, _ kinds: FaultSteps.Kinds = .all) throws -> Int
  {
    let moment: CrashWorld.Moment =
      switch command {
      case .firstPlan: .empty
      case .plan: .firstNight
      case .apply: .decided
      }
    let arguments = command == .apply ? ["apply"] : ["plan"]
    let steps = try world.bench(at: moment).struck(arguments, .none, kinds).count.steps
    try #require(steps > 0, "the steps of \(Binary.reconcile.path) were not counted")
    return steps
  }
}
