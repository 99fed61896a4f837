import Foundation
import Ledger
import Model
import Planning
import Transform

extension OpenWorkspace {
  /// Refuses a plan that is too old, and decisions that go beyond the safety limits, but for those that are lifted.
  func checkSafety(
    of entry: RunEntry, deciding decisions: [Int: Decision], lifting lifted: [SafetyLimit] = [], in ledger: LedgerFile
  ) throws {
    let limits = safetyLimits
    if !lifted.contains(.age) { try limits.checkAge(of: entry.id, started: entry.started, now: Date()) }
    let stops = try PlanSafety(limits).stops(of: entry, deciding: decisions, in: ledger)
      .filter { !lifted.contains($0.limit) }
    guard stops.isEmpty else { throw Failures(list: stops.map { $0.failure(of: entry.id) }) }
  }
}
