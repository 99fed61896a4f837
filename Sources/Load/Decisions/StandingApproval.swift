package import Ledger
package import Model

/// What a night may apply without a person.
package enum StandingApproval: String, Sendable, CaseIterable {
  /// Nothing: the whole plan waits.
  case nothing = "none"
  /// The rows of the risk `normal` that the plan proposes to apply.
  case normal

  /// What is decided about the rows of a run's plan where that is not what the plan proposes.
  ///
  /// Nothing is approved that the plan holds; what it proposes to apply is held beyond this approval.
  package func decisions(on run: RunEntry, in ledger: LedgerFile) throws -> [Int: Decision] {
    var decisions: [Int: Decision] = [:]
    try ledger.read { transaction in
      try transaction.eachRow(of: run.number) { row in
        if row.decision.writes, !admits(row) { decisions[row.seq] = .hold }
      }
    }
    return decisions
  }

  private func admits(_ row: PlanRow) -> Bool {
    switch self {
    case .nothing: false
    case .normal: row.change.risk == .normal
    }
  }
}
