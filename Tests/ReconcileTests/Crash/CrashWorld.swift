import Foundation
import JSON

/// A small world of deals, and the workspace that watches it, kept at three moments: before the first night, after it, and
/// with the plan of the second night decided.
///
/// Every trial gets the world afresh: a sandbox of the same seed with the same edits, and a copy of the workspace.
final class CrashWorld: Sendable {
  /// A moment at which the workspace is kept.
  enum Moment: String, Sendable, CaseIterable {
    /// No run was made.
    case empty
    /// The first night's plan is there, and people have worked since.
    case firstNight
    /// The second night's plan is decided and waits to be applied.
    case decided
  }

  /// What the unkilled runs came to.
  struct Expectation: Sendable {
    /// The digests of the plans of the first night, over the edited deals, and of the second.
    var digests: [Moment: String] = [:]
    /// The actions of the plan that is applied.
    var actions: Set<String> = []
    var end: EndState
    /// What became of each row of the plan that is applied, by its number.
    var outcomes: [String: String] = [:]
    /// What `verify` says in the end.
    var verify: String
    /// How many steps the command takes that goes on at a moment: the first plan, the second, `apply`.
    var steps: [Moment: Int] = [:]
  }

  /// The worlds of `make crash`: the second night's guards are conditional requests in one, a second look in the other.
  static let all = [
    CrashWorld(number: 1, size: .init(seed: 7, referrals: 12, opportunities: 14), guarding: "conditional"),
    CrashWorld(number: 2, size: .init(seed: 11, referrals: 14, opportunities: 16), guarding: "reread"),
  ]

  let number: Int
  private let size: SandboxProcess.Size
  private let guarding: String
  private let folder: URL
  private let made: Once<Made>

  private struct Made: Sendable {
    let expectation: Expectation
    let initial: JSONValue
  }

  private init(number: Int, size: SandboxProcess.Size, guarding: String) {
    self.number = number
    self.size = size
    self.guarding = guarding
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("reconcile-crash-\(getpid())-\(number)")
    self.folder = folder
    made = Once { try Self.make(size, guarding, in: folder) }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// What the unkilled runs came to.
  var expectation: Expectation { get throws { try made.get().expectation } }

  /// A fresh sandbox, and the workspace as it was at a moment.
  func bench(at moment: Moment) throws -> Workbench {
    _ = try made.get()
    let bench = try Self.fresh(size, guarding, edited: true)
    try place(moment, in: bench)
    return bench
  }

  /// A state of both services, to be compared with the one that is expected.
  func endState(_ state: JSONValue) throws -> EndState { EndState(state, since: try made.get().initial) }

  private func place(_ moment: Moment, in bench: Workbench) throws {
    for name in ["state", "reports"] {
      let kept = folder.appendingPathComponent("\(moment.rawValue)/\(name)")
      try? FileManager.default.removeItem(at: bench.path(name))
      guard FileManager.default.fileExists(atPath: kept.path) else { continue }
      try FileManager.default.copyItem(at: kept, to: bench.path(name))
    }
  }

  // MARK: Making it

  private static func make(
    _ size: SandboxProcess.Size, _ guarding: String, in folder: URL
  ) throws -> Made {
    func keep(_ bench: Workbench, _ moment: Moment) throws {
      let target = folder.appendingPathComponent(moment.rawValue)
      try? FileManager.default.removeItem(at: target)
      try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
      for name in ["state", "reports"] where FileManager.default.fileExists(atPath: bench.path(name).path) {
        try FileManager.default.copyItem(at: bench.path(name), to: target.appendingPathComponent(name))
      }
    }
    let bench = try fresh(size, guarding, edited: false)
    try keep(bench, .empty)
    _ = try bench.reconcile("plan")
    try work(in: bench.sandbox)
    let initial = try bench.sandbox.state()
    try keep(bench, .firstNight)
    var expectation = Expectation(end: EndState(initial, since: initial), verify: "")
    func run(_ command: String, _ moment: Moment, in bench: Workbench) throws {
      let ended = try bench.struck([command], .none)
      guard [0, 3, 4].contains(ended.result.status) else {
        throw SandboxProcess.Refused(message: ended.result.description)
      }
      expectation.steps[moment] = ended.count.steps
      expectation.digests[moment] = digest(of: ended.result)
    }
    try run("plan", .firstNight, in: bench)
    try decide(bench)
    try keep(bench, .decided)
    expectation.actions = Set(try bench.changes().rows.compactMap { $0["action"] })
    try run("plan", .empty, in: fresh(size, guarding, edited: true))
    try run("apply", .decided, in: bench)
    expectation.outcomes = try bench.outcomes()
    try comeToRest(bench)
    expectation.end = EndState(try bench.sandbox.state(), since: initial)
    expectation.verify = try Self.lastLine(bench.reconcile("verify"))
    return Made(expectation: expectation, initial: initial)
  }

  private static func fresh(_ size: SandboxProcess.Size, _ guarding: String, edited: Bool) throws -> Workbench {
    let bench = try Workbench(size)
    try guardWrites(of: bench, guarding)
    try prepare(bench.sandbox)
    if edited { try work(in: bench.sandbox) }
    return bench
  }

  private static func guardWrites(of bench: Workbench, _ guarding: String) throws {
    try bench.replace("  scope: all\n", with: "  scope: all\n  write_guard: \(guarding)\n", in: "reconcile.yaml")
  }

  /// One of the linked deals waits on both sides for the seller's answer.
  private static func prepare(_ sandbox: SandboxProcess) throws {
    guard let pair = try sandbox.linkedPairs().last else { return }
    try sandbox.edit(referral: pair.referral, "status", "New")
    try sandbox.edit(referral: pair.referral, "substatus", "Pending")
    try sandbox.edit(opportunity: pair.opportunity, "StageName", "Co-sell On Hold")
  }

  /// What people do between the two nights: edits on both sides, two of them contradictory, a note; deals are won, lost and
  /// taken off hold.
  private static func work(in sandbox: SandboxProcess) throws {
    let pairs = try sandbox.linkedPairs()
    guard pairs.count >= 6 else { throw SandboxProcess.Refused(message: "only \(pairs.count) linked pairs") }
    try sandbox.edit(referral: pairs[0].referral, "details.dealValue", 125_000)
    try sandbox.edit(opportunity: pairs[1].opportunity, "CloseDate", "2027-03-31")
    try sandbox.edit(referral: pairs[2].referral, "details.dealValue", 80_000)
    try sandbox.edit(opportunity: pairs[2].opportunity, "Amount", 95_000)
    try sandbox.edit(referral: pairs[3].referral, "details.notes", "Signed by legal.")
    try sandbox.edit(opportunity: pairs[4].opportunity, "StageName", "Closed Won")
    try sandbox.edit(referral: pairs[5].referral, "status", "Closed")
    try sandbox.edit(referral: pairs[5].referral, "substatus", "Lost")
    let waiting = try sandbox.opportunities().filter {
      $0["StageName"]?.stringValue == "Co-sell On Hold" && $0["Referral_Identifier__c"]?.stringValue != nil
    }.compactMap { $0["Id"]?.stringValue }.sorted()
    for id in waiting { try sandbox.edit(opportunity: id, "StageName", "Qualification") }
  }

  /// What the reviewer decides: everything is applied but the first change of a deal value, which is rejected for good.
  private static func decide(_ bench: Workbench) throws {
    try bench.decideAll()
    var isRejected = false
    try bench.decide { row in
      guard !isRejected, row["action"] == "update", row["field"] == "Deal value" else { return nil }
      isRejected = true
      return "reject"
    }
  }

  /// Plans and applies until a plan has no rows.
  ///
  /// - Returns: how many plans had some.
  @discardableResult
  static func comeToRest(_ bench: Workbench) throws -> Int {
    for round in 0..<4 {
      let plan = try bench.reconcile("plan", "--detailed-exitcode")
      if plan.status == 0 { return round }
      guard plan.status == 2 else { throw SandboxProcess.Refused(message: "plan: \(plan)") }
      try decide(bench)
      let applied = try bench.reconcile("apply")
      guard [0, 3, 4].contains(applied.status) else { throw SandboxProcess.Refused(message: "apply: \(applied)") }
    }
    throw SandboxProcess.Refused(message: "no plan came to rest: \(try bench.changes().rows)")
  }

  /// The digest that `plan` prints; empty when it printed none.
  static func digest(of plan: Command.Result) -> String {
    plan.lines.first { $0.hasPrefix("Plan digest: ") } ?? ""
  }

  /// The last line that a command prints, after its status.
  static func lastLine(_ result: Command.Result) -> String { "\(result.status) \(result.lines.last ?? "")" }
}

extension Workbench {
  /// What became of each row of the newest plan, by its number.
  func outcomes() throws -> [String: String] {
    Dictionary(uniqueKeysWithValues: try changes().rows.map { ($0["seq"] ?? "", $0["outcome"] ?? "") })
  }
}
