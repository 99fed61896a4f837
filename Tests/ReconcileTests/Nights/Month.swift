import Foundation
import GRDB
import JSON
import TestSupport
import Testing

/// A workspace over some weeks: people work by day, cron calls `run` by night, and now and then somebody reviews.
///
/// It remembers what has to be the case, and records an issue where it is not.
final class Month {
  let bench: Workbench
  let people: People
  private(set) var counts: [String: Int] = [:]
  /// Bytes of the ledger after each night that went through.
  private(set) var sizes: [Int] = []
  private var dice: SeededGenerator
  private var day = 0
  /// What waited for a person after the last plan, each with the records that it is about.
  private var waiting: [Subject: Set<String>] = [:]
  /// The run that died, until it was finished.
  private var begun: String?
  /// The deal of which a clash was rejected: nobody is asked again.
  private(set) var rejected: DealPair?
  private let kept = 6

  /// What a row is about, apart from values that move with its own deal.
  private typealias Subject = [String]

  init(_ dice: SeededGenerator) throws {
    self.dice = dice
    bench = try Workbench(.init(seed: 11, referrals: 22, opportunities: 24))
    people = People(bench.sandbox)
    try bench.replace("retention:\n  runs: 30", with: "retention:\n  runs: \(kept)", in: "reconcile.yaml")
    let told = "notify:\n  command: cat >> notices.txt\nmetrics:\n  file: metrics.prom\n"
    try bench.write(bench.text("reconcile.yaml") + told, to: "reconcile.yaml")
    try bench.settle()
  }

  // MARK: A day and a night

  func live() throws {
    day += 1
    let plot = Plot.calendar[day] ?? .ordinary
    try bench.sandbox.pass(days: 1)
    try people.work(&dice, atLeast: plot.needsWork ? 3 : 0)
    if day % 7 == 5 { try people.close(&dice, won: day % 2 == 1) }
    guard plot != .missed else { return count("missed") }
    if begun == nil { try bench.sandbox.emptyLog() }
    let result = try call(plot)
    count("exit \(result.status)")
    count(plot.rawValue)
    judge(result, plot)
    if plot != .killed { try judgeMetrics(result) }
    if [0, 3, 4].contains(result.status) { try judgeNight(result) } else { try judgeStop(result, plot) }
    if day % 3 == 2 { try review() }
  }

  private func call(_ plot: Plot) throws -> Command.Result {
    let secret = "secrets/partner-center-refresh-token"
    let token = try bench.text(secret)
    for fault in plot.faults { try bench.sandbox.faults(fault) }
    switch plot {
    case .shrunken:
      let first = bench.sandbox.ready.at("partner_center.refresh_token")?.stringValue ?? ""
      try bench.write(first + "-referrals-user", to: secret)
    case .expired: try bench.write("expired", to: secret)
    default: break
    }
    let night = try bench.startNight(with: plot == .limited ? ["RECONCILE_SAFETY_MAX_UPDATE": "1"] : [:])
    switch plot {
    case .overlapped:
      try waitForRequest(night) { $0["side"] == "partner-center" }
      let second = try bench.night()
      #expect(second.status == 6 && second.out.isEmpty && second.err.contains("E501"), "day \(day): \(second)")
      count("exit \(second.status)")
    case .interrupted:
      try waitForRequest(night) { $0["side"] == "partner-center" }
      night.signal(SIGTERM)
    case .killed:
      try bench.wait(for: "the second write") {
        try bench.sandbox.writes().count { $0["side"] == "partner-center" } >= 2 || !night.isRunning
      }
      night.signal(SIGKILL)
    default: break
    }
    let result = try night.wait(seconds: 120)
    if plot != .overlapped, plot != .killed, !plot.faults.isEmpty {
      let struck = try bench.sandbox.struckByFaults()
      #expect(struck > 0, "day \(day): no request met \(plot)")
      counts["faults", default: 0] += struck
    }
    try bench.sandbox.clearFaults()
    if plot == .shrunken || plot == .expired { try bench.write(token, to: secret) }
    return result
  }

  private func waitForRequest(_ night: Command, _ isIt: (JSONValue) -> Bool) throws {
    try bench.wait(for: "a request") { try bench.sandbox.log().contains(where: isIt) || !night.isRunning }
  }

  // MARK: What has to be the case

  /// The status is one that is documented for what happened, and a night that needs nobody says nothing.
  private func judge(_ result: Command.Result, _ plot: Plot) {
    // Somebody may have worked on a deal of the run that died: its row is stale now, and that is told.
    let allowed = begun == nil ? plot.statuses : plot.statuses.union([3])
    #expect(allowed.contains(result.status), "day \(day), \(plot): \(result)")
    if result.status == 0 {
      #expect(result.isSilent, "day \(day): \(result)")
      count("silent")
    }
    if let code = plot.code {
      #expect(result.out.isEmpty && result.err.contains("\(code): "), "day \(day), \(plot): \(result)")
    } else {
      #expect(result.err.isEmpty, "day \(day), \(plot): \(result)")
    }
  }

  /// The file for the monitoring is whole, and tells how the night ended.
  private func judgeMetrics(_ result: Command.Result) throws {
    let metrics = try PrometheusText(bench.text("metrics.prom"))
    func value(_ name: String) -> Double? { metrics.samples("reconcile_" + name).first?.value }
    #expect(value("last_run_exit_status") == Double(result.status), "day \(day)")
    guard [0, 3, 4].contains(result.status) else { return }
    let conflicts = try bench.changes().rows.count { $0["action"] == "conflict" }
    #expect(value("conflicts") == Double(conflicts), "day \(day)")
    #expect((value("oldest_conflict_timestamp_seconds") ?? 0 > 0) == (conflicts > 0), "day \(day)")
    count("metrics")
  }

  /// How often people were told on an occasion.
  func notices(_ occasion: String) throws -> Int {
    try bench.text("notices.txt").matches(of: /"occasions"\s*:\s*\[([^\]]*)\]/).count {
      $0.1.contains("\"\(occasion)\"")
    }
  }

  private func judgeStop(_ result: Command.Result, _ plot: Plot) throws {
    guard plot != .killed else {
      begun = try bench.newestRun()
      #expect(try bench.runStates().last == "applying")
      return
    }
    #expect(try bench.sandbox.writes().isEmpty, "day \(day), \(plot) wrote something")
  }

  private func judgeNight(_ result: Command.Result) throws {
    let rows = try bench.changes().rows
    let outcomes = Set(rows.compactMap { $0["outcome"] })
    let trouble: Set<String> = ["failed", "stale", "unknown", "not-attempted"]
    switch result.status {
    case 0: #expect(outcomes.isSubset(of: ["applied"]), "day \(day): \(outcomes)")
    case 4:
      #expect(outcomes.contains("held") && outcomes.isDisjoint(with: trouble), "day \(day): \(outcomes)")
      let held = rows.count { $0["outcome"] == "held" }
      #expect(
        result.out.contains("\(held) row\(held == 1 ? " waits" : "s wait") for a person"), "day \(day): \(result)")
      #expect(result.out.contains("Report: \(bench.path("reports").path)/\(try bench.newestRun())/report.html"))
    default:
      #expect(!outcomes.isDisjoint(with: trouble) || begun != nil, "day \(day): \(outcomes)")
      #expect(result.out.contains("failed, turned stale or have no known outcome"), "day \(day): \(result)")
    }
    #expect(
      rows.allSatisfy { !$0.isDecidedToBeWritten || $0["risk"] == "normal" }, "day \(day): more than normal rows")
    try judgePlan(rows)
    try judgeWrites(rows)
    try judgeRetention()
    waiting = Self.waiting(in: rows)
    begun = nil
  }

  /// Whatever waited is in the plan again, unless somebody has worked on its deal.
  private func judgePlan(_ rows: [Report.Row]) throws {
    let subjects = Set(rows.map(Self.subject))
    let expired = try bench.sandbox.ownReferrals().filter { $0["substatus"] == "Expired" }
      .compactMap { $0["id"]?.stringValue }
    let moved = people.touched.union(expired)
    for (subject, records) in waiting where moved.isDisjoint(with: records) {
      #expect(subjects.contains(subject), "day \(day): forgotten: \(subject)")
    }
    let conflicts = Set(rows.filter { $0["action"] == "conflict" }.compactMap { $0["referral_id"] })
    for clash in people.clashes {
      #expect(conflicts.contains(clash.referral), "day \(day): the clash of \(clash) is not in the plan")
      count("clash in a plan")
    }
    if let rejected {
      #expect(!conflicts.contains(rejected.referral), "day \(day): what was rejected is asked again")
    }
    people.lookedAt()
  }

  /// Every write is that of a row which was decided to be written, tonight or in the run that was gone on with.
  private func judgeWrites(_ rows: [Report.Row]) throws {
    let earlier = try begun.map { try Report(bench.path("reports/\($0)/changes.csv")).rows } ?? []
    if begun != nil {
      #expect(earlier.allSatisfy { $0["outcome"] != "planned" }, "day \(day): the run that died was not finished")
      count("finished what died")
    }
    let decided = (earlier + rows).map { row in
      var row = row
      row["outcome"] = row.isDecidedToBeWritten ? "applied" : "held"
      return row
    }
    let account = WriteAccount(log: try bench.sandbox.log(), state: try bench.sandbox.state(), rows: decided)
    #expect(account.writesWithoutRow.isEmpty, "day \(day): \(account.writesWithoutRow)")
    counts["writes", default: 0] += account.matched
  }

  /// The ledger and the reports hold the runs that are kept, and no more than a few that something rests on.
  private func judgeRetention() throws {
    let ledger = try DatabaseQueue(path: bench.path("state/ledger.sqlite").path, configuration: Self.reading)
    let (runs, resting, orphans) = try ledger.read { database in
      (
        try String.fetchAll(database, sql: "SELECT id FROM run"),
        try Int.fetchOne(
          database,
          sql: """
            SELECT count(*) FROM run WHERE state = 'applying' OR number IN (SELECT run FROM change WHERE outcome = 'unknown')
            """) ?? 0,
        try Int.fetchOne(
          database,
          sql: """
            SELECT count(*) FROM record WHERE NOT EXISTS (
              SELECT 1 FROM run WHERE number >= first_run AND (end_run IS NULL OR number < end_run))
            """) ?? 0
      )
    }
    #expect(runs.count <= kept + resting && orphans == 0, "day \(day): \(runs.count) runs, \(orphans) orphans")
    #expect(try Set(bench.reportFolders()).isSubset(of: runs), "day \(day): reports of runs that are gone")
    let size = try FileManager.default.attributesOfItem(atPath: bench.path("state/ledger.sqlite").path)[.size]
    sizes.append((size as? NSNumber)?.intValue ?? 0)
  }

  private static var reading: GRDB.Configuration {
    var configuration = GRDB.Configuration()
    configuration.readonly = true
    return configuration
  }

  // MARK: The reviewer

  /// Somebody plans, decides and applies: most clashes, most of what cannot be taken back; the rest may wait.
  private func review() throws {
    try bench.sandbox.emptyLog()
    let plan = try bench.reconcile("plan")
    #expect(plan.status == 0, "day \(day): \(plan)")
    try judgePlan(bench.changes().rows)
    var rejects: DealPair?
    try bench.decide { row in
      guard row["decision"] == "hold", row["action"] != "mark", !dice.once(in: 5) else { return nil }
      guard row["action"] == "conflict" else { return "apply" }
      if rejected == nil, rejects == nil {
        rejects = people.clashes.first { $0.referral == row["referral_id"] }
        if rejects != nil { return "reject" }
      }
      return dice.once(in: 2) ? "salesforce" : "partner-center"
    }
    let applied = try bench.reconcile("apply")
    #expect([0, 3, 4].contains(applied.status), "day \(day): \(applied)")
    let rows = try bench.changes().rows
    for row in rows where row["action"] == "conflict" && ["applied", "rejected"].contains(row["outcome"] ?? "") {
      people.decided(row["referral_id"] ?? "")
      count("clash \(row["outcome"] ?? "")")
    }
    if let rejects {
      rejected = rejects
      people.kept = [rejects.referral]
    }
    counts["decided for good", default: 0] += rows.count { $0.isForGood && $0["outcome"] == "applied" }
    try judgeWrites(rows)
    waiting = Self.waiting(in: rows)
    count("reviews")
  }

  /// The weather is calm, and everything is decided, until a night needs nobody.
  func comeToRest() throws {
    try bench.sandbox.emptyLog()
    if let rejected { try people.settle(referral: rejected.referral, opportunity: rejected.opportunity) }
    try bench.settle()
    let night = try bench.night()
    #expect(night.status == 0 && night.isSilent, "\(night)")
    #expect(try bench.sandbox.writes().isEmpty)
    let verify = try bench.reconcile("verify")
    #expect(verify.status == 0, "\(verify)")
  }

  // MARK: Notes

  private static func subject(_ row: Report.Row) -> Subject {
    let deal = row["referral_id"].flatMap { $0.isEmpty ? nil : $0 } ?? row["opportunity_id"] ?? ""
    return [deal] + ["action", "field", "partner_center_value", "salesforce_value", "new_value"].map { row[$0] ?? "" }
  }

  private static func waiting(in rows: [Report.Row]) -> [Subject: Set<String>] {
    let held = rows.filter { $0["outcome"] == "held" && $0["action"] != "mark" }
    return Dictionary(held.map { (subject($0), [$0["referral_id"] ?? "", $0["opportunity_id"] ?? ""]) }) { first, _ in
      first
    }
  }

  private func count(_ what: String) { counts[what, default: 0] += 1 }
}
