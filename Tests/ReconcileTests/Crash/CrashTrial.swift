/// One trial: a command of a world that is struck at a step, and perhaps its recovery that is struck as well.
struct CrashTrial: Sendable, CustomStringConvertible {
  /// Which command is struck.
  enum Command: String, Sendable {
    /// `plan` of the first night, which makes the ledger.
    case firstPlan = "first-plan"
    /// `plan` of the second night.
    case plan
    case apply
  }

  /// What a trial brought.
  struct Outcome: Sendable {
    /// What it broke; empty when everything holds.
    var violations: [String] = []
    /// Whether the step was there to be struck.
    var isStruck = false
    /// Whether the recovery was struck as well.
    var isStruckAgain = false
    /// Operations over which the process died between intent and outcome: so often recovery had to look.
    var looks = 0
    /// How many steps the struck process, or its recovery where that is struck, took.
    var steps = 0
    /// How many further plans it took until nothing was left to do.
    var rounds = 0
  }

  let world: Int
  let command: Command
  let strike: Strike
  /// What happens to `apply --resume`; nil to let it alone.
  var second: Strike?

  var description: String {
    "\(world) \(command.rawValue) \(strike.text)" + (second.map { " \($0.text)" } ?? "")
  }

  init(world: Int, command: Command, strike: Strike, second: Strike? = nil) {
    (self.world, self.command, self.strike, self.second) = (world, command, strike, second)
  }

  /// Reads back what `description` says: `1 apply before 117 after 30`.
  init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count >= 4, let world = Int(words[0]), CrashWorld.all.indices.contains(world - 1),
      let command = Command(rawValue: String(words[1])), let strike = Strike(words[2...])
    else { return nil }
    self.init(world: world, command: command, strike: strike, second: words.count > 5 ? Strike(words[4...]) : nil)
  }

  /// Carries it out.
  func run() throws -> Outcome {
    switch command {
    case .firstPlan: try PlanTrial(CrashWorld.all[world - 1], at: .empty, strike).run()
    case .plan: try PlanTrial(CrashWorld.all[world - 1], at: .firstNight, strike).run()
    case .apply: try ApplyTrial(CrashWorld.all[world - 1], strike, second).run()
    }
  }
}
