import ArgumentParser
import Foundation
import Ledger
import Model
import Planning
import Workspace

/// A plan of just the deals that events named: what `plan --touched` and `run --touched` make.
struct TouchedRun {
  private let workspace: OpenWorkspace
  private let queue: TouchedQueue
  private let waiting: [TouchedQueue.Entry]
  private let isAll: Bool

  /// So many referrals are looked at in one run; the rest waits for the next.
  private static let mostAtOnce = 200

  /// The run about what waits; nil, after saying so, when nothing does.
  ///
  /// Neither lock nor ledger is needed to find out.
  init?(_ workspace: OpenWorkspace, console: Console) throws {
    let queue = try TouchedQueue.existing(at: workspace.folder.touchedQueue)
    let waiting = try queue?.entries(limit: Self.mostAtOnce + 1) ?? []
    guard let queue, !waiting.isEmpty else {
      console.say("No event waits.")
      return nil
    }
    self.workspace = workspace
    self.queue = queue
    self.waiting = Array(waiting.prefix(Self.mostAtOnce))
    isAll = waiting.count <= Self.mostAtOnce
  }

  /// Makes the plan and its reports, and gives what a person is told of it.
  ///
  /// Events leave the queue once the plan is stored, unless newer ones named the same referrals meanwhile.
  func make(
    into ledger: LedgerFile, _ surroundings: Surroundings, heeding interrupt: Interrupt? = nil, console: Console
  ) throws -> PlanSummary {
    var missing: [String] = []
    let run = PlannedRun(
      workspace: workspace, surroundings: surroundings, origin: try .services, allowed: [], interrupt: interrupt,
      events: WaitingEvents(waiting, of: queue))
    let summary = try run.make(into: ledger, console: console) { plan, id, started, sides, progress in
      let result = try plan.run(
        id, at: started, touched: waiting.map(\.referral), from: sides.chosen(workspace.organizationID), into: ledger,
        progress: progress)
      missing = result.missing
      return result.plan
    }
    tell(missing, console)
    return summary
  }

  private func tell(_ missing: [String], _ console: Console) {
    let events = waiting.reduce(0) { $0 + $1.count }
    console.say(
      "Looked at \(waiting.count) \(waiting.count == 1 ? "referral" : "referrals") that \(events) "
        + "\(events == 1 ? "event" : "events") named" + (isAll ? "." : "; more wait for the next run."))
    for id in missing {
      console.say("The referral \(id) is not there, or not for this user to see. Nothing was concluded from that.")
    }
  }
}
