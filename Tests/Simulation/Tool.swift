import Extract
import Foundation
import GRDB
import Ledger
import Load
import Model
import Planning
import Sandbox
import Transform
import Wire

/// The program, wired to a world as its commands wire it to the services: each call is a process of its own.
struct Tool {
  /// How a process ended.
  enum End<Value> {
    case ended(Value)
    /// It said why it could not go on.
    case failed(String, Code?)
    case died
  }

  let world: World
  /// Whether it heeds the run lock.
  var heedsLock = true

  init(_ world: World) {
    self.world = world
  }

  // MARK: Commands

  /// `reconcile plan`.
  func plan() throws -> End<RunEntry> {
    try live("plan") { life, ledger in
      try keepQuiet(ledger)
      let wire = Wires(world, life, run: nil)
      let org = world.org
      let mapping = world.rules.plan.adaptedMapping
      let shapes = SnapshotShapes(mapping: mapping, readsAll: true)
      let tally = RequestTally()
      var partnerCenter = ReferralService(
        shape: shapes.referral, readsMicrosoft: mapping.settings.showsMicrosoft, tally: tally
      ) { try wire.partnerCenter() }
      var salesforce = try OpportunityService(shapes: shapes, org: org, tally: tally) { try wire.salesforce() }
      (partnerCenter.order, salesforce.order) = (.inTurn, .inTurn)
      var letters = Letters(world.dice, life.number)
      let id = RunID(date: world.clock.date, using: &letters)
      let result = try world.rules.plan.run(
        id, at: Timestamp.iso(world.clock.date), from: [partnerCenter, salesforce], into: ledger,
        progress: { _, _, _ in })
      if life.sawShortList { world.oracle.report(.wrongDelete, "a list that was cut short passed for a whole one") }
      if world.mutants.contains(.baseEarly) { try Self.agreeEarly(result.run, ledger) }
      return result.run
    }
  }

  /// `reconcile apply`, or `apply --resume` without decisions.
  func apply(_ entry: RunEntry, _ decisions: [Int: Decision]?) throws -> End<ApplyResult> {
    try live(decisions == nil ? "resume" : "apply", isApply: true) { life, ledger in
      if world.mutants.contains(.noJournal) { try forgetJournal() }
      let now = try ledger.read { try $0.run(entry.id) } ?? entry
      try PlanCheck(now, mapping: world.rules.mapping.digest, expected: nil, isResumed: decisions == nil).check(
        in: ledger)
      try keepQuiet(ledger)
      let wire = Wires(world, life, run: entry.id)
      var context = try context(wire, ledger)
      if world.mutants.contains(.readThenWrite) { context.writeGuard = .reread }
      let applier = Applier(context, run: entry.id)
      let outcome = Result { try decisions.map { try applier.apply($0) } ?? applier.resume() }
      if world.mutants.contains(.baseAlways) { try Self.agreeAlways(entry, ledger) }
      if !life.isDead { try compare(entry, ledger) }
      return try outcome.get()
    }
  }

  /// Applies a plan that was altered, unseen by the judge: what comes of it is looked at by who asked.
  func rehearse(_ entry: RunEntry, _ decisions: [Int: Decision], in ledger: LedgerFile) throws {
    let wire = Wires(world, Life(number: 1_000_000 + entry.number), run: nil)
    _ = try Applier(context(wire, ledger), run: entry.id).apply(decisions)
  }

  private func context(_ wire: Wires, _ ledger: LedgerFile) throws -> ApplyContext {
    var context = ApplyContext(
      ledger: ledger, partnerCenter: try wire.partnerCenter(), salesforce: try wire.salesforce())
    context.now = { world.clock.date }
    context.lanes = Lanes(.inTurn)
    return context
  }

  // MARK: The process

  private func live<Value>(
    _ purpose: String, isApply: Bool = false, _ body: (Life, LedgerFile) throws -> Value
  ) throws -> End<Value> {
    world.process += 1
    let life = Life(number: world.process)
    world.say("\(life.number) \(purpose)")
    let outer = world.isApplying
    world.isApplying = isApply
    defer { world.isApplying = outer }
    let start = world.clock.seconds
    let end = run(purpose, life, body)
    world.clock.stop(false)
    world.effort = World.Effort(requests: life.step, seconds: world.clock.seconds - start)
    guard let moment = life.moment else {
      if case .ended = end { world.oracle.ended(try world.picture(), readAll: !isApply) }
      if case .failed = end, isApply { world.oracle.ended(try world.picture(), readAll: false) }
      if case .failed(let text, let code) = end {
        world.said.append(text)
        world.coverage.count("stopped \(code?.rawValue ?? "otherwise")")
        // Who holds the lock is told with the process and the real time, which no history repeats.
        world.say("\(life.number) stops: \(code == .ledgerLocked ? "the lock is held" : text)")
      }
      return end
    }
    world.oracle.died()
    world.ledger = nil
    try world.disk.restore(moment)
    return .died
  }

  private func run<Value>(_ purpose: String, _ life: Life, _ body: (Life, LedgerFile) throws -> Value) -> End<Value> {
    do {
      guard heedsLock else { return .ended(try inside(life, body)) }
      let lock = try RunLock(beside: world.disk.path, purpose: purpose)
      let value = try inside(life, body)
      _ = consume lock
      return .ended(value)
    } catch let failure as Failure {
      return .failed(failure.description, failure.code)
    } catch {
      return .failed("\(error)", nil)
    }
  }

  /// Waits until no request of an earlier process can arrive any more.
  private func keepQuiet(_ ledger: LedgerFile) throws {
    guard !world.mutants.contains(.noQuietPeriod) else { return }
    let wait = try QuietPeriod(seconds: World.longestLife).remaining(in: ledger, now: world.clock.date)
    if wait > 0 { world.coverage.count("quiet period") }
    world.clock.advance(to: world.clock.seconds + Int(wait.rounded(.up)))
    try world.deliverLate()
  }

  private func inside<Value>(_ life: Life, _ body: (Life, LedgerFile) throws -> Value) throws -> Value {
    let ledger = try heedsLock ? world.openLedger() : LedgerFile(at: world.disk.path)
    life.mark = world.disk.mark
    defer { _ = life.diesAtTheEnd(in: world) }
    return try body(life, ledger)
  }

  private func compare(_ entry: RunEntry, _ ledger: LedgerFile) throws {
    let (rows, state) = try ledger.read { transaction in
      var rows: [PlanRow] = []
      try transaction.eachRow(of: entry.number) { rows.append($0) }
      return (rows, try transaction.run(entry.id)?.state)
    }
    for row in rows {
      world.coverage.count("outcome \(row.outcome.rawValue)")
      world.said.append(row.answer.message)
      world.say(
        "  row \(row.seq) \(row.change.action.rawValue) \(row.change.field) \(row.outcome.rawValue) \(row.answer.message)"
      )
    }
    world.oracle.compare(rows, of: entry.id, isOver: state == .applied)
  }
}

// MARK: Mutants

extension Tool {
  private static func agreeEarly(_ run: RunEntry, _ ledger: LedgerFile) throws {
    try agree(run, ledger) { _ in true }
  }

  private static func agreeAlways(_ run: RunEntry, _ ledger: LedgerFile) throws {
    try agree(run, ledger) { [.unknown, .stale, .failed].contains($0.outcome) }
  }

  private static func agree(_ run: RunEntry, _ ledger: LedgerFile, where isMeant: (PlanRow) -> Bool) throws {
    try ledger.write { transaction in
      var rows: [PlanRow] = []
      try transaction.eachRow(of: run.number) { rows.append($0) }
      for row in rows where isMeant(row) {
        try transaction.agree(row.settlement?.settles ?? [:], referral: row.key.referralID)
      }
    }
  }

  private func forgetJournal() throws {
    try DatabaseQueue(path: world.disk.path).write { try $0.execute(sql: "DELETE FROM journal") }
  }
}

/// Letters for the names of runs.
struct Letters: RandomNumberGenerator {
  private let dice: Dice
  private let run: Int
  private var step = 0

  init(_ dice: Dice, _ run: Int) {
    self.dice = dice
    self.run = run
  }

  mutating func next() -> UInt64 {
    step += 1
    return UInt64(dice.number(Event(.random, run, 1_000_000 + step), below: Int.max))
  }
}
