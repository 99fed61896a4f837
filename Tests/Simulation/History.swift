import Foundation
import Glibc
import Ledger
import Load
import Model
import Sandbox

/// One seed's history: nights under faults, deaths and edits, then a calm in which everything has to come to rest.
struct History {
  /// What came of it.
  struct Result: Sendable {
    let seed: UInt64
    let violation: String?
    let coverage: Coverage
    let trace: [String]
    /// Every event that might not have happened.
    let happened: [Event]
  }

  let seed: UInt64
  var mutants: Set<Mutant> = []
  /// What does not happen in it.
  var without: Set<Event> = []
  var keepsTrace = false

  /// Runs in the calm after which nothing may be left to do.
  static let mostRuns = 4

  /// Plays it on a world of its own that begins as `template` stands.
  func play(on template: Template) throws -> Result {
    try template.sandbox.trial { try played(on: template) }
  }

  private func played(on template: Template) throws -> Result {
    let world = try World(
      seed: seed, mutants: mutants, without: without, template: template, keepsTrace: keepsTrace)
    defer { world.disk.remove() }
    var play = Play(world)
    try play.storm()
    if world.oracle.violations.isEmpty { try play.calm() }
    try Secrets(world).search()
    world.coverage.count("resurrection", world.oracle.resurrections)
    return Result(
      seed: seed, violation: world.oracle.violations.first?.description, coverage: world.coverage, trace: world.trace,
      happened: world.happened)
  }
}

/// A history while it is played.
private struct Play {
  private let world: World
  private let tool: Tool
  /// A run that was begun and not finished.
  private var unfinished: RunEntry?
  private var round = 0

  init(_ world: World) {
    self.world = world
    tool = Tool(world)
  }

  mutating func storm() throws {
    for step in 0..<2 { try World.Users(world).act(Event(.start, 0, step)) }
    for _ in 0..<(1 + world.dice.number(Event(.night, 0, 0), below: 4)) {
      round += 1
      for step in 0..<world.dice.number(Event(.act, round, 0), below: 4)
      where world.happens(Event(.act, round, step + 1), 1) {
        try World.Users(world).act(Event(.act, round, step + 1))
      }
      try pass(world.happens(Event(.age, round, 0), 0.5) ? 60 : 3600)
      guard world.happens(Event(.night, round, 1), 1) else { continue }
      try night()
      guard world.oracle.violations.isEmpty else { return }
    }
  }

  private mutating func night() throws {
    if let run = unfinished, world.happens(Event(.attempt, round, 0), 0.6) {
      world.coverage.count("resume")
      return try took(try tool.apply(run, nil), run)
    }
    world.coverage.count("plan")
    guard case .ended(let run) = try tool.plan(), !world.happens(Event(.skip, round, 0), 0.08) else { return }
    if world.happens(Event(.age, round, 1), 0.3) { try pass(60) }
    let decisions = try Reviewer(world).decisions(run, everything: false)
    world.coverage.count("apply")
    try took(try tool.apply(run, decisions), run)
  }

  private mutating func took(_ end: Tool.End<ApplyResult>, _ run: RunEntry) throws {
    switch end {
    case .ended:
      unfinished = nil
      if world.happens(Event(.attempt, round, 1), 0.3) { try again(run) }
    case .failed, .died: unfinished = try isBegun(run) ? run : nil
    }
  }

  /// A plan that was applied is applied once more: it must be refused, before anything is asked.
  private func again(_ run: RunEntry) throws {
    let (before, isCalm) = (try Picture(of: world.sandbox), world.late.isEmpty)
    let end = try tool.apply(run, [:])
    if case .ended = end { world.oracle.report(.idempotence, "\(run.id) was applied twice") }
    if isCalm, try Picture(of: world.sandbox) != before {
      world.oracle.report(.idempotence, "applying \(run.id) once more changed something")
    }
    world.coverage.count("applied again")
  }

  private func isBegun(_ run: RunEntry) throws -> Bool {
    try world.openLedger().read { try $0.run(run.id) }?.state == .applying
  }

  private func pass(_ seconds: Int) throws {
    world.clock.advance(to: world.clock.seconds + seconds)
    try world.meetClocks()
    try world.deliverLate()
  }

  // MARK: The calm

  mutating func calm() throws {
    world.isStormy = false
    world.say("calm")
    try pass(86_400)
    try world.deliverLate(all: true)
    round = 1000
    if let run = unfinished, world.happens(Event(.attempt, round, 2), 0.5) {
      world.coverage.count("resume in calm")
      if case .failed(let text, _) = try tool.apply(run, nil) {
        world.oracle.report(.convergence, "resume fails in calm weather: \(text)")
      }
    }
    var runs = 0
    while world.oracle.violations.isEmpty {
      runs += 1
      round += 1
      guard case .ended(let run) = try tool.plan() else {
        return world.oracle.report(.convergence, "plan fails in calm weather: \(world.said.last ?? "")")
      }
      judgeEffort("plan", requests: 11 + (try world.picture().referrals.count) / 3)
      let decisions = try Reviewer(world).decisions(run, everything: true)
      if !decisions.values.contains(where: \.writes) { break }
      guard runs <= History.mostRuns else {
        return world.oracle.report(.convergence, "not quiet after \(History.mostRuns) runs: \(try rest(of: run))")
      }
      let before = try world.picture()
      let rehearsed = runs == 1 ? try Rehearsal(world).picture(of: run, decisions) : nil
      guard case .ended = try tool.apply(run, decisions) else {
        return world.oracle.report(.convergence, "apply fails in calm weather: \(world.said.last ?? "")")
      }
      judgeEffort("apply", requests: 3 + 4 * decisions.values.count(where: \.writes))
      if let rehearsed, try rehearsed.named(since: before) != world.picture().named(since: before) {
        world.oracle.report(.order, "\(run.id) ends otherwise when its pairs are applied in another order")
      }
      try pass(3600)
    }
    world.coverage.count("quiet after \(runs - 1) runs")
    try compareSides()
  }

  /// In calm weather a process asks for no more than it needs: to plan, it signs in to each service, looks at the org, and
  /// reads each list once; to apply, it signs in and has four requests for each change.
  private func judgeEffort(_ command: String, requests limit: Int) {
    let effort = world.effort
    if effort.requests > limit {
      world.oracle.report(.effort, "\(command) took \(effort.requests) requests, not \(limit)")
    }
    if effort.seconds > limit { world.oracle.report(.effort, "\(command) took \(effort.seconds) s, not \(limit)") }
  }

  private func rest(of run: RunEntry) throws -> String {
    var texts: [String] = []
    try world.openLedger().read { transaction in
      try transaction.eachRow(of: run.number) { row in
        texts.append("\(row.change.action.rawValue) \(row.change.field) \(row.key.referralID) \(row.key.opportunityID)")
      }
    }
    return texts.joined(separator: "; ")
  }

  /// Every pair that is open on both sides shows the same.
  private func compareSides() throws {
    let now = try Picture(of: world.sandbox)
    for (id, deal) in now.opportunities {
      guard let other = now.referrals[deal.partner], other.partner == id, other.state.hasPrefix("Active"),
        !deal.state.hasPrefix("Closed")
      else { continue }
      world.coverage.count("pair compared")
      for field in TrackedField.allCases
      where deal.tokens[field] != other.tokens[field]
        && !world.oracle.rejected.contains(.init(record: id, field: field))
      {
        world.oracle.report(
          .convergence,
          "\(field.rawValue) is \(other.tokens[field].map(String.init(describing:)) ?? "") in \(deal.partner) and "
            + "\(deal.tokens[field].map(String.init(describing:)) ?? "") in \(id)")
      }
    }
  }
}

/// Looks for the secrets of a world in everything that its tool left behind.
private struct Secrets {
  private let world: World

  init(_ world: World) {
    self.world = world
  }

  func search() throws {
    let secrets = ["partner_center.client_secret", "partner_center.refresh_token", "salesforce.client_secret"]
      .compactMap { world.sandbox.credentials[$0] }
    let tokens = try world.sandbox.rows("SELECT value FROM token").compactMap(\.first)
    let text = Data(world.said.joined(separator: "\n").utf8)
    let files = try world.disk.bytes()
    let plain = (secrets + tokens).filter { $0.count > 9 }
    let secret = Needles(Set(plain).union(plain.map(SimulatedTransport.encoded)))
    if secret.isIn(text) { world.oracle.report(.secrecy, "a secret was told") }
    if files.contains(where: secret.isIn) { world.oracle.report(.secrecy, "a secret lies beside the ledger") }
  }

  /// Texts that are looked for all at once: by two bytes of their beginning, and then whole.
  private struct Needles {
    /// Only so many places apart is looked: of as many pairs of neighbours in each text, one lies there.
    private let step: Int
    private var pairs: [UInt16: [(bytes: [UInt8], place: Int)]] = [:]
    private var isPair = [Bool](repeating: false, count: 1 << 16)

    init(_ texts: Set<String>) {
      step = max(1, (texts.map(\.utf8.count).min() ?? 2) - 1)
      for text in texts {
        let bytes = Array(text.utf8)
        for place in 0..<step {
          let pair = UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1])
          pairs[pair, default: []].append((bytes, place))
          isPair[Int(pair)] = true
        }
      }
    }

    func isIn(_ bytes: Data) -> Bool {
      bytes.withUnsafeBytes { bytes in
        isPair.withUnsafeBufferPointer { isPair in
          for place in stride(from: 0, to: bytes.count - 1, by: step) {
            let pair = UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1])
            guard isPair[Int(pair)] else { continue }
            let isFound = pairs[pair]?.contains { needle in
              place >= needle.place
                && UnsafeRawBufferPointer(rebasing: bytes[(place - needle.place)...]).starts(with: needle.bytes)
            }
            if isFound == true { return true }
          }
          return false
        }
      }
    }
  }
}
