import Ledger
import Model

/// Enters a reviewer's decisions into a plan, all or none.
struct DecisionBook {
  private let ledger: LedgerFile
  private let run: Int

  init(_ ledger: LedgerFile, run: Int) {
    self.ledger = ledger
    self.run = run
  }

  /// Stores the decisions, settles the rows that nothing is sent for, and marks the run as begun.
  func enter(_ decisions: [Int: Decision]) throws {
    try ledger.write { transaction in
      var changed: [Int] = []
      try transaction.eachState(of: run) { row in
        let decision = decisions[row.seq] ?? row.decision
        if decision != row.decision || !decision.writes { changed.append(row.seq) }
      }
      for seq in changed {
        guard var row = try transaction.row(seq, of: run) else { continue }
        row.decision = decisions[seq] ?? row.decision
        guard row.allowedDecisions.contains(row.decision) else {
          throw Failure(.decisionUnknown, "row \(seq): \"\(row.decision.rawValue)\" is no decision for this row")
        }
        row.outcome = row.decision.settled
        try transaction.settle(row, of: run)
        // No plan proposes what an undo does: only the change that it takes back can be proposed again.
        if row.decision == .reject, row.change.undoes == nil { try transaction.reject(row, run: run) }
      }
      try transaction.setRun(run, state: .applying)
    }
  }
}

extension Decision {
  /// What becomes of a row by the decision alone.
  fileprivate var settled: Outcome {
    switch self {
    case .apply, .partnerCenter, .salesforce: .planned
    case .hold: .held
    case .reject: .rejected
    }
  }
}
