import Foundation
import Ledger
import Load
import Model
import Notify

// What is written down of a night while it goes on.
extension Night {
  /// Notes since when somebody is waited for; it holds also when the night comes to nothing.
  mutating func noteConflicts(in ledger: LedgerFile) throws {
    oldestConflict = try ledger.read { try $0.oldestConflict() }.flatMap(Timestamp.parse)
  }

  /// Notes how an earlier run ended; what it held is in the plan of this night again.
  mutating func note(finished result: ApplyResult) {
    add(result, but: [.held, .rejected])
    exit = result.exit == .someFailed ? .someFailed : .done
  }

  /// Notes the plan: until something of it is applied, all of it waits.
  mutating func note(_ plan: PlanSummary) {
    run = plan.run.id
    standings = plan.report.status
    waiting = plan.report.changes.total
    conflicts = plan.report.changes.risk[Risk.conflict.rawValue] ?? 0
    reports = plan.folder
    if waiting > 0 { outcomes[Outcome.planned.rawValue, default: 0] += waiting }
    if exit != .someFailed { exit = waiting > 0 ? .waiting : .done }
  }

  /// Notes which rows of the plan wait, so that people are told of new ones.
  mutating func noteWaiting(of entry: RunEntry, in ledger: LedgerFile) throws {
    take(try ledger.read { try $0.waitingRows(of: entry) })
  }

  /// Notes what became of the plan.
  mutating func note(applied result: ApplyResult) {
    outcomes[Outcome.planned.rawValue] = nil
    add(result, but: [])
    waiting = result.counts[.held] ?? 0
    if exit != .someFailed { exit = result.exit }
  }

  /// Notes how the call ended.
  mutating func end<Value>(_ outcome: Result<Value, any Error>) {
    ended = Date()
    guard case .failure(let error) = outcome else { return }
    let known = Failures(error)
    failures = known?.list ?? []
    exit = known?.exit ?? .error
  }

  private mutating func add(_ result: ApplyResult, but left: Set<Outcome>) {
    for (outcome, count) in result.counts where !left.contains(outcome) {
      outcomes[outcome.rawValue, default: 0] += count
    }
  }
}
