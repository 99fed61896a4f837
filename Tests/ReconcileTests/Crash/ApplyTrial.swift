import Foundation
import GRDB
import JSON

/// `apply` of a decided plan is struck; whatever it left, one `apply --resume` brings both sides to the approved state.
struct ApplyTrial {
  private let world: CrashWorld
  private let strike: Strike
  private let second: Strike?

  init(_ world: CrashWorld, _ strike: Strike, _ second: Strike?) {
    (self.world, self.strike, self.second) = (world, strike, second)
  }

  /// Whether every request is held against the journal and the rows, which takes as long as the rest of a trial: where the
  /// disk fails always, of the deaths at every fourth step.
  private var looksAtRequests: Bool {
    switch strike {
    case .none, .fail: true
    case .kill(_, let step): step % 4 == 0
    }
  }

  func run() throws -> CrashTrial.Outcome {
    var outcome = CrashTrial.Outcome()
    let bench = try world.bench(at: .decided)
    let rows = try bench.changes().rows
    try bench.sandbox.emptyLog()
    let first = try bench.struck(["apply"], strike, strike.kinds)
    outcome.isStruck = first.count.struck > 0
    outcome.steps = first.count.steps
    outcome.violations += Ending(strike, first).violations
    outcome.violations += try ReportCheck(bench).violations()
    outcome.violations += try lostDecisions(bench, rows)
    outcome.looks = try openIntents(bench)
    var moments = [try Moment(bench, journal(bench), looks: looksAtRequests)]
    if let second {
      let again = try bench.struck(["apply", "--resume"], second, second.kinds)
      outcome.isStruckAgain = again.count.struck > 0
      outcome.steps = again.count.steps
      outcome.looks += try openIntents(bench)
      moments.append(try Moment(bench, journal(bench), looks: looksAtRequests))
    }
    outcome.violations += try finish(bench)
    let applied = try bench.changes().rows
    let log = looksAtRequests ? try bench.sandbox.log() : []
    outcome.rounds = try CrashWorld.comeToRest(bench)
    let state = try bench.sandbox.state()
    for moment in moments where looksAtRequests { outcome.violations += writesWithoutIntent(moment, rows, state) }
    if looksAtRequests {
      let account = WriteAccount(log: log, state: state, rows: applied)
      outcome.violations += account.rowsWithoutWrite.map { "applied, and no write: \($0)" }
    }
    outcome.violations += try ReportCheck(bench).leftovers()
    let expected = try world.expectation
    outcome.violations += try expected.end.difference(to: world.endState(state))
    // Both services are as they are without a strike, and `verify` knows nothing else: asked now and then.
    if outcome.steps % 10 == 0 || !outcome.violations.isEmpty {
      let verify = try CrashWorld.lastLine(bench.reconcile("verify"))
      if verify != expected.verify { outcome.violations.append("verify: \(verify), not \(expected.verify)") }
    }
    return outcome
  }

  /// The requests so far, and the rows whose intents were stored before them.
  private struct Moment {
    let log: [JSONValue]
    let intended: Set<Int>

    init(_ bench: Workbench, _ journal: [Entry], looks: Bool) throws {
      log = looks ? try bench.sandbox.log() : []
      intended = Set(journal.flatMap(\.rows))
    }
  }

  /// What the reviewer decided stands in changes.csv until the ledger has it, and afterwards too.
  private func lostDecisions(_ bench: Workbench, _ rows: [Report.Row]) throws -> [String] {
    let now = try bench.changes().rows
    return zip(rows, now).filter { $0["decision"] != $1["decision"] }.map { before, after in
      "row \(before["seq"] ?? "") was decided \(before["decision"] ?? ""), and is \(after["decision"] ?? "")"
    }
  }

  /// Goes on where the process ended: `--resume`, or `apply` where nothing was begun.
  private func finish(_ bench: Workbench) throws -> [String] {
    var resumed = try bench.reconcile("apply", "--resume")
    if resumed.status == 5, resumed.err.contains("was not begun") { resumed = try bench.reconcile("apply") }
    let isOver = resumed.status == 5 && resumed.err.contains("was applied before")
    guard isOver || [0, 3, 4].contains(resumed.status) else { return ["the resumed run ended so: \(resumed)"] }
    return try settled(bench)
  }

  /// Each row came to what it came to without a strike, or is left to the next plan since nobody can tell any more.
  private func settled(_ bench: Workbench) throws -> [String] {
    let expected = try world.expectation.outcomes
    let now = try bench.outcomes()
    let codes = try bench.changes().rows.reduce(into: [String: String]()) {
      $0[$1["seq"] ?? ""] = "\($1["action"] ?? "") \($1["error_code"] ?? "") \($1["http_status"] ?? "")"
    }
    return expected.sorted { $0.key < $1.key }.compactMap { seq, outcome in
      let other = now[seq] ?? "missing"
      return [outcome, "stale", "unknown"].contains(other)
        ? nil : "row \(seq) is \(other), not \(outcome): \(codes[seq] ?? "")"
    }
  }

  /// A request that changes something leaves only after its intent was stored.
  private func writesWithoutIntent(_ moment: Moment, _ rows: [Report.Row], _ state: JSONValue) -> [String] {
    let allowed = rows.map { row in
      var row = row
      row["outcome"] = Int(row["seq"] ?? "").map(moment.intended.contains) == true ? "applied" : "planned"
      return row
    }
    let account = WriteAccount(log: moment.log, state: state, rows: allowed)
    return account.writesWithoutRow.map { "written without an intent: \($0)" }
  }

  private func openIntents(_ bench: Workbench) throws -> Int { try journal(bench).count { !$0.isSettled } }

  private struct Entry {
    let rows: [Int]
    let isSettled: Bool
  }

  /// The journal, read from a copy: whoever opens the ledger itself tidies up after the death.
  private func journal(_ bench: Workbench) throws -> [Entry] {
    let copy = bench.path("journal-copy")
    try? FileManager.default.removeItem(at: copy)
    try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
    for name in ["ledger.sqlite", "ledger.sqlite-wal"] {
      let file = bench.path("state/" + name)
      guard FileManager.default.fileExists(atPath: file.path) else { continue }
      try FileManager.default.copyItem(at: file, to: copy.appendingPathComponent(name))
    }
    return try DatabaseQueue(path: copy.appendingPathComponent("ledger.sqlite").path).read { database in
      try Row.fetchAll(database, sql: "SELECT rows, outcome FROM journal").map { row in
        let list: String = row["rows"]
        return Entry(rows: list.split(separator: ",").compactMap { Int($0) }, isSettled: row["outcome"] != nil)
      }
    }
  }
}
