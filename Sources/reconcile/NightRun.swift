import Foundation
import Ledger
import Load
import Model
import Notify
import Planning
import Transform
import Workspace

/// One night: what an earlier run left is finished, a plan is made, what needs nobody is applied, and old runs go.
///
/// One lock is held all the time, so that nobody's run comes between plan and apply.
struct NightRun {
  let workspace: OpenWorkspace
  let surroundings: Surroundings
  let interrupt: Interrupt
  let console: Console
  let approval: StandingApproval
  /// Makes the plan of the night.
  let plan: Planning

  /// What makes a plan in the open ledger.
  typealias Planning = (LedgerFile) throws -> PlanSummary

  /// Goes through the night and writes down what is known of it, also where it fails.
  func work(_ night: inout Night) throws {
    let lock = try RunLock(beside: workspace.folder.ledger, purpose: "run")
    let ledger = try LedgerFile(at: workspace.folder.ledger)
    defer { ledger.seal(holding: lock) }
    try night.noteConflicts(in: ledger)
    try finishEarlierRun(in: ledger, &night)
    let plan = try plan(ledger)
    night.note(plan)
    try night.noteConflicts(in: ledger)
    try night.noteWaiting(of: plan.run, in: ledger)
    try applyApproved(plan.run, in: ledger, &night)
    removeOldRuns(from: ledger)
  }

  /// Goes on with the newest run when it was begun and not finished, as `apply --resume` does.
  ///
  /// An earlier one than the newest is left: whoever made a plan after it chose that plan instead.
  private func finishEarlierRun(in ledger: LedgerFile, _ night: inout Night) throws {
    guard let entry = try ledger.read({ try $0.latestRun() }), entry.state == .applying else { return }
    console.say("Going on with \(entry.id), which was begun and not finished.")
    try PlanCheck(entry, mapping: workspace.mapping.digest, expected: nil, isResumed: true).check(in: ledger)
    try Quiet(workspace).wait(for: ledger, console, heeding: interrupt)
    night.note(finished: try carryOut(.rest, of: entry, in: ledger))
  }

  /// Applies what is approved once and for all, within the safety limits.
  private func applyApproved(_ entry: RunEntry, in ledger: LedgerFile, _ night: inout Night) throws {
    guard approval != .nothing else { return }
    let decisions = try approval.decisions(on: entry, in: ledger)
    try PlanCheck(entry, mapping: workspace.mapping.digest, expected: nil, isResumed: false).check(in: ledger)
    try workspace.checkSafety(of: entry, deciding: decisions, in: ledger)
    night.note(applied: try carryOut(.decided(decisions, confirmsMapping: false), of: entry, in: ledger))
    try night.noteWaiting(of: entry, in: ledger)
  }

  private func carryOut(_ work: AppliedRun.Work, of entry: RunEntry, in ledger: LedgerFile) throws -> ApplyResult {
    let result = try AppliedRun(workspace: workspace, surroundings: surroundings, interrupt: interrupt)
      .make(entry, work, in: ledger, console)
    guard !result.isInterrupted else {
      throw Failure(
        .interrupted, "interrupted in good order while \(entry.id) was applied",
        fix: "the next run goes on with it; so does: reconcile apply \(entry.id) --resume")
    }
    return result
  }

  /// What cannot be tidied up tonight is tidied up by the next run: the night has gone well all the same.
  private func removeOldRuns(from ledger: LedgerFile) {
    do {
      _ = try OldRuns(workspace).remove(from: ledger)
    } catch {
      console.warn("old runs could not be removed: \(error)")
    }
  }
}
