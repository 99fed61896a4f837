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
    var count = count(for: run)
    try ledger.read { transaction in
      try transaction.eachRow(of: run.number) { row in count.take(row, decided: decisions[row.seq] ?? row.decision) }
    }
    return try count.stops()
  }

  /// A count of a run's rows, for who goes over them anyway.
  package func count(for run: RunEntry) -> Count { Count(run: run, limits: limits) }

  /// The rows of a plan as they come, held against the limits.
  package struct Count {
    private let run: RunEntry
    private let limits: SafetyLimits
    private var tally: SafetyTally
    private var writes = 0

    fileprivate init(run: RunEntry, limits: SafetyLimits) {
      self.run = run
      self.limits = limits
      tally = SafetyTally(standings: run.standings)
    }

    /// Counts the next row as it was decided.
    package mutating func take(_ row: PlanRow, decided decision: Decision) {
      writes += decision.writes ? 1 : 0
      tally.count(row, decided: decision)
    }

    /// Every limit that the rows go beyond; none when all are kept.
    ///
    /// - Throws: `Failure` with `safetyLimit` when the plan does not tell how many deals there are.
    package func stops() throws -> [SafetyStop] {
      guard writes == 0 || !run.standings.isEmpty else {
        throw Failure(
          .safetyLimit,
          "the plan \(run.id) does not tell how many deals there were, so no limit can be held against it",
          fix: "an earlier release made it; make a new one with `reconcile plan`")
      }
      return limits.stops(tally)
    }
  }
}
