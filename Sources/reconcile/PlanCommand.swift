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

      Examples:
        reconcile plan
        reconcile plan --quiet --detailed-exitcode
        reconcile plan --partner-center-from referrals.json --salesforce-from export/
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

  @Flag(help: "Look at the referrals that events named since, and at what belongs with them, and leave the rest.")
  var touched = false

  @Flag(name: .customLong("detailed-exitcode"), help: "End with 2 when the plan has changes.")
  var detailedExitcode = false

  func validate() throws {
    guard replan == nil || origin.partnerCenterFrom == nil && origin.salesforceFrom == nil && recording.record == nil
    else {
      throw ValidationError("--replan reads the ledger alone; it goes with no source and no recording")
    }
    guard !touched || replan == nil && origin.partnerCenterFrom == nil && origin.salesforceFrom == nil && allow.isEmpty
    else {
      throw ValidationError("--touched reads single records from the services; it goes with no file, replan or limit")
    }
    if let other = allow.first(where: { !$0.stopsPlan }) {
      throw ValidationError("\(other.flag) belongs to apply: plan does not stop at that limit")
    }
  }

  func run() throws {
    let console = common.console
    try reporting(console) {
      let workspace = try OpenWorkspace(common, console: console)
      if let replan {
        // A plan in another process would find the ledger taken.
        let lock = try RunLock(beside: workspace.folder.ledger, purpose: "plan --replan")
        let ledger = try OpenFolder(workspace).ledger()
        defer { ledger.seal(holding: lock) }
        return try ReplanReport(of: replan, workspace, ledger: ledger)
          .print(to: console, tellsChanges: detailedExitcode)
      }
      if touched { return try planTouched(workspace, console) }
      let lock = try RunLock(beside: workspace.folder.ledger, purpose: "plan")
      let ledger = try LedgerFile(at: workspace.folder.ledger)
      defer { ledger.seal(holding: lock) }
      let surroundings = try Surroundings(
        workspace, recordingTo: recording.record, progress: ProgressLine(console))
      defer { surroundings.end(console) }
      let summary = try PlannedRun(workspace: workspace, surroundings: surroundings, origin: origin, allowed: allow)
        .make(into: ledger, console: console) { plan, id, started, sides, progress in
          try plan.run(id, at: started, from: sides.sources, into: ledger, progress: progress)
        }
      summary.print(to: console)
      return detailedExitcode && summary.report.changes.total > 0 ? .changes : .done
    }
  }

  private func planTouched(_ workspace: OpenWorkspace, _ console: Console) throws -> ExitStatus {
    guard let run = try TouchedRun(workspace, console: console) else { return .done }
    let lock = try RunLock(beside: workspace.folder.ledger, purpose: "plan --touched")
    let ledger = try OpenFolder(workspace).ledger()
    defer { ledger.seal(holding: lock) }
    let surroundings = try Surroundings(workspace, recordingTo: recording.record, progress: ProgressLine(console))
    defer { surroundings.end(console) }
    let summary = try run.make(into: ledger, surroundings, console: console)
    summary.print(to: console)
    return detailedExitcode && summary.report.changes.total > 0 ? .changes : .done
  }
}
