import ArgumentParser
import Extract
import Foundation
import Ledger
import Load
import Model
import Planning
import Transform
import Workspace

/// `reconcile plan`: snapshots of both sides, and a report of every change that would be made.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Take snapshots of both sides and write down every change that would be made.",
    discussion: """
      Writes to neither service. The plan lies in reports/<run>/changes.csv, where a person decides row by row; \
      reconciliation.csv has one row for every record of both sides.
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var recording: RecordingOptions
  @OptionGroup var origin: SourceOptions

  @Option(
    help: ArgumentHelp(
      "Plan that run's snapshots again with today's mapping, and show what would differ. Writes nothing.",
      valueName: "run"))
  var replan: String?

  @Option(help: "Lift a safety limit for this run: shrink, empty or canary; may be repeated.")
  var allow: [SafetyLimit] = []

  @Flag(name: .customLong("detailed-exitcode"), help: "End with 2 when the plan has changes.")
  var detailedExitcode = false

  func validate() throws {
    guard replan == nil || origin.partnerCenterFrom == nil && origin.salesforceFrom == nil && recording.record == nil
    else {
      throw ValidationError("--replan reads the ledger alone; it goes with no source and no recording")
    }
    if let other = allow.first(where: { !$0.stopsPlan }) {
      throw ValidationError("\(other.flag) belongs to apply: plan does not stop at that limit")
    }
  }

  func run() throws {
    let console = common.console
    try reporting(console) {
      let clock = ContinuousClock()
      let start = clock.now
      let workspace = try OpenWorkspace(common, console: console)
      if let replan {
        // A plan in another process would find the ledger taken.
        let lock = try RunLock(beside: workspace.folder.ledger, purpose: "plan --replan")
        let report = try ReplanReport(of: replan, workspace, ledger: OpenFolder(workspace))
        _ = consume lock
        return report.print(to: console, tellsChanges: detailedExitcode)
      }
      let lock = try RunLock(beside: workspace.folder.ledger, purpose: "plan")
      let ledger = try LedgerFile(at: workspace.folder.ledger)
      try Quiet(workspace).wait(for: ledger, console)
      let progress = ProgressLine(console)
      defer { progress.end() }
      let surroundings = try Surroundings(workspace, recordingTo: recording.record, progress: progress)
      defer { surroundings.end(console) }
      let sides = try Sides(workspace, from: origin, surroundings: surroundings)
      sides.notes.forEach(console.say)
      var run = PlanRun(
        mapping: workspace.mapping, files: workspace.files, org: sides.org,
        organizationID: workspace.organizationID, limits: workspace.snapshotLimits(allowing: allow))
      run.parties = try workspace.parties(
        partnerCenter: origin.partnerCenterFrom == nil, salesforce: origin.salesforceFrom == nil)
      let plan = try run.run(
        .new(), at: Timestamp.iso(Date()), from: sides.sources, into: ledger, progress: progress.show)
      progress.end()
      let planned = clock.now
      var measures = SummaryReport.Measures()
      measures.snapshots = plan.snapshots
      measures.cost = sides.cost
      measures.milliseconds = ["plan": (planned - start).milliseconds]
      for (stage, duration) in plan.durations { measures.milliseconds[stage.rawValue] = duration.milliseconds }
      let reports = try Reports(plan.run, ledger: ledger, workspace: workspace, measures: measures)
      let stops = try PlanSafety(workspace.safetyLimits).stops(of: plan.run, in: ledger)
      let summary = try reports.write(warning: stops.map(\.warning) + [plan.mappingChange?.warning].compactMap(\.self))
      PlanSummary(
        run: plan.run, report: summary, mappingChange: plan.mappingChange, stops: stops, folder: reports.path
      ).print(to: console)
      _ = consume lock
      return detailedExitcode && summary.changes.total > 0 ? .changes : .done
    }
  }
}

extension RunID {
  /// A name for a run that starts now.
  static func new() -> RunID {
    var random = SystemRandomNumberGenerator()
    return RunID(date: Date(), using: &random)
  }
}

extension Duration {
  /// Whole milliseconds.
  var milliseconds: Int {
    Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
  }
}
