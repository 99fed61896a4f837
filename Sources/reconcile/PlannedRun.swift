import Extract
import Foundation
import Ledger
import Load
import Model
import Planning
import Transform
import Workspace

/// A run that looks at both sides, stores rows and writes the reports: what `plan` and `undo` have in common.
struct PlannedRun {
  let workspace: OpenWorkspace
  let surroundings: Surroundings
  let origin: SourceOptions
  /// The limits that do not stop it.
  let allowed: [SafetyLimit]
  /// What ends it in good order while it waits or reads; without it, a signal ends the process.
  var interrupt: Interrupt?
  /// The events that it covers; nil for all that wait when it begins.
  var events: WaitingEvents?

  /// Stores the rows of a run that a plan can make.
  typealias Storing = (
    _ plan: PlanRun, _ id: RunID, _ started: String, _ sides: Sides,
    _ progress: @escaping Extraction.Progress
  ) throws -> PlanRun.Result

  /// Makes the run and its reports, and gives what a person is told of it.
  func make(into ledger: LedgerFile, console: Console, _ store: Storing) throws -> PlanSummary {
    let clock = ContinuousClock()
    let start = clock.now
    try Quiet(workspace).wait(for: ledger, console, heeding: interrupt)
    let progress = surroundings.progress
    let sides = try Sides(workspace, from: origin, surroundings: surroundings, heeding: interrupt)
    sides.notes.forEach(console.say)
    var run = PlanRun(
      mapping: workspace.mapping, files: workspace.files, org: sides.org,
      organizationID: workspace.organizationID, limits: workspace.snapshotLimits(allowing: allowed))
    run.parties = try workspace.parties(
      partnerCenter: origin.partnerCenterFrom == nil, salesforce: origin.salesforceFrom == nil)
    let events = events ?? WaitingEvents(all: origin, in: workspace, console)
    let id = RunID.new()
    console.log.begin(id)
    let plan = try store(run, id, Timestamp.iso(Date()), sides, progress.show)
    events.settle(console)
    progress.end()
    console.log.took(plan.snapshots)
    var measures = SummaryReport.Measures()
    measures.snapshots = plan.snapshots
    measures.cost = sides.cost
    measures.milliseconds = [plan.run.kind: (clock.now - start).milliseconds]
    for (stage, duration) in plan.durations { measures.milliseconds[stage.rawValue] = duration.milliseconds }
    console.log.took(measures.milliseconds)
    try ledger.keepFewPages()
    let reports = try Reports(plan.run, ledger: ledger, workspace: workspace, measures: measures)
    var safety = PlanSafety(workspace.safetyLimits).count(for: plan.run)
    let summary = try reports.write(
      showing: { safety.take($0, decided: $0.decision) },
      warnings: { try safety.stops().map(\.warning) + [plan.mappingChange?.warning].compactMap(\.self) })
    return PlanSummary(
      run: plan.run, report: summary, mappingChange: plan.mappingChange, stops: try safety.stops(),
      folder: reports.path)
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
