package import Ledger
package import Model
package import Transform

/// Holds the rows of a plan against the safety limits.
package struct PlanSafety {
  private let limits: SafetyLimits

  /// A guard with these limits.
  package init(_ limits: SafetyLimits) {
    self.limits = limits
  }

  /// Every limit that a run's plan goes beyond.
  ///
  /// - Parameters:
  ///   - run: the plan.
  ///   - decisions: what a reviewer decided, by row; other rows count as they are proposed.
  ///   - ledger: where the plan lies.
  /// - Returns: none when all limits are kept.
  /// - Throws: `Failure` with `safetyLimit` when the plan does not tell how many deals there are.
  package func stops(
    of run: RunEntry, deciding decisions: [Int: Decision] = [:], in ledger: LedgerFile
  ) throws -> [SafetyStop] {
    var tally = SafetyTally(standings: run.standings)
    var writes = 0
    try ledger.read { transaction in
      try transaction.eachRow(of: run.number) { row in
        let decision = decisions[row.seq] ?? row.decision
        writes += decision.writes ? 1 : 0
        tally.count(row, decided: decision)
      }
    }
    guard writes == 0 || !run.standings.isEmpty else {
      throw Failure(
        .safetyLimit, "the plan \(run.id) does not tell how many deals there were, so no limit can be held against it",
        fix: "an earlier release made it; make a new one with `reconcile plan`")
    }
    return limits.stops(tally)
  }
}
