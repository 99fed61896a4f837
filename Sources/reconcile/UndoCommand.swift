import ArgumentParser
import Extract
import Foundation
import Ledger
import Load
import Model
import Planning
import Transform
import Workspace

/// `reconcile undo RUN`: the plan that takes back what a run's `apply` wrote.
struct UndoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Make the plan that takes back what an apply wrote.",
    discussion: """
      Takes snapshots of both sides and writes to neither service. The plan is reviewed and applied as any other: a field \
      gets the value that stood there before the run, unless somebody edited it since. What cannot be taken back stands in \
      the plan as a row that tells what a person can do; nothing is deleted.

      Example:
        reconcile undo 20261102T021500Z-qpez
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var recording: RecordingOptions
  @OptionGroup var origin: SourceOptions

  @Argument(help: ArgumentHelp("The run whose writes are taken back.", valueName: "run")) var runID: String

  @Option(help: "Lift a safety limit for this run: shrink, empty or canary; may be repeated.")
  var allow: [SafetyLimit] = []

  func validate() throws {
    if let other = allow.first(where: { !$0.stopsPlan }) {
      throw ValidationError("\(other.flag) belongs to apply: undo does not stop at that limit")
    }
  }

  func run() throws {
    let console = common.console
    try reporting(console) {
      let workspace = try OpenWorkspace(common, console: console)
      let lock = try RunLock(beside: workspace.folder.ledger, purpose: "undo")
      let folder = OpenFolder(workspace)
      let ledger = try folder.ledger()
      defer { ledger.seal(holding: lock) }
      let undone = try folder.run(runID, in: ledger)
      let surroundings = try Surroundings(
        workspace, recordingTo: recording.record, progress: ProgressLine(console))
      defer { surroundings.end(console) }
      let summary = try PlannedRun(workspace: workspace, surroundings: surroundings, origin: origin, allowed: allow)
        .make(into: ledger, console: console) { plan, id, started, sides, progress in
          try UndoRun(of: undone.id, as: plan).run(
            id, at: started, from: sides.sources, into: ledger, progress: progress)
        }
      summary.print(to: console)
      return .done
    }
  }
}
