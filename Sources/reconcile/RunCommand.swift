import ArgumentParser
import Foundation
import Ledger
import Load
import Model
import Notify
import Planning
import Workspace

/// `reconcile run`: the night, for cron.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Plan, then apply what needs no person: the job for every night.",
    discussion: """
      Finishes what an interrupted run left, takes snapshots of both sides, applies the rows of the approved risk that the \
      plan proposes to apply, and removes old runs. Conflicts and what cannot be taken back wait for a person. It never asks \
      anything, and without a terminal it prints nothing unless a person is needed.

      Examples:
        reconcile run --workspace /srv/cosell
        reconcile run --touched
        reconcile run --approve none --log-level info --log-format json
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var recording: RecordingOptions

  @Option(help: "The risk of the rows that are applied without a person: normal, or none to plan only.")
  var approve = StandingApproval.normal

  @Flag(
    help:
      "Look only at the deals that events named since the last run, and leave metrics and notices to the next night.")
  var touched = false

  func run() throws {
    let console = common.console
    try reporting(console) {
      let folder = try WorkspaceFolder.resolve(common.workspace)
      var night = Night(started: Date(), ended: Date(), exit: .error)
      let outcome = Result { try spend(&night, console) }
      night.end(outcome)
      if !touched { NightEnd(in: folder, console: console).tell(night) }
      guard try outcome.get() else { return .done }
      NightSummary(night, in: folder).print(to: console)
      return night.exit
    }
  }

  /// Opens what the night needs, and goes through it; false when it has nothing to look at.
  private func spend(_ night: inout Night, _ console: Console) throws -> Bool {
    let workspace = try OpenWorkspace(common, console: console)
    let progress = ProgressLine(console.unattended)
    let surroundings = try Surroundings(workspace, recordingTo: recording.record, progress: progress)
    defer {
      surroundings.end(console)
      night.answers = surroundings.answers.withLock(\.self)
    }
    let interrupt = Interrupt()
    guard let plan = try planning(workspace, surroundings, interrupt, console.unattended) else { return false }
    try NightRun(
      workspace: workspace, surroundings: surroundings, interrupt: interrupt, console: console.unattended,
      approval: approve, plan: plan
    ).work(&night)
    return true
  }

  /// What makes the plan: about everything that both services hold, or about what events named; nil when none did.
  private func planning(
    _ workspace: OpenWorkspace, _ surroundings: Surroundings, _ interrupt: Interrupt, _ console: Console
  ) throws -> NightRun.Planning? {
    guard touched else {
      let planned = PlannedRun(
        workspace: workspace, surroundings: surroundings, origin: try .services, allowed: [], interrupt: interrupt)
      return { ledger in
        try planned.make(into: ledger, console: console) { plan, id, started, sides, progress in
          try plan.run(id, at: started, from: sides.sources, into: ledger, progress: progress)
        }
      }
    }
    return try TouchedRun(workspace, console: console).map { touched in
      { ledger in try touched.make(into: ledger, surroundings, heeding: interrupt, console: console) }
    }
  }
}

extension StandingApproval: ExpressibleByArgument {}
