import Ledger
package import Model

// CRASH SAFETY
//
// Invariant. At every moment each record holds its old values or the ones that were reviewed, and the ledger holds the
// truth or less than it: a row is `applied`, and the base moved, only if the service acknowledged the write. A row that
// was written while nobody could store the acknowledgment stays `planned` with an open intent.
//
// Write protocol, for each request that changes something:
//
//   1. commit the intent: key, rows, what is sent                                  (ledger, one transaction)
//   2. send the request, guarded by the version that the plan was made from        (network, no transaction)
//   3. commit what became of it: journal, outcomes, link and base                  (ledger, one transaction)
//
// The key is a hash of ledger, run, pair and step: every attempt at the same request has the same key. A request that was
// acknowledged under its key is never sent again; its result is read from the journal instead.
//
// Many pairs are under way at a time, each with one request after the other. Only one of them runs at a time, and passes the
// turn on while it waits for its answer (`Lanes`). So a death leaves as many open intents as requests were under way, each
// of which is settled by itself. Pairs that write to one record, or may make the same one, wait for each other.
//
// The rows of an undo follow the same protocol; in 3 the base goes back to the value from before the row that was taken
// back, and that row's change is remembered as rejected.
//
// Recovery. `resume` goes through the same steps over the same rows. Where it comes upon an open intent, the process died
// between 1 and 3, and the request may or may not have arrived. The step looks at the record and decides:
//
//   the record shows what was to be written          → applied, as if the answer had been seen
//   the record still has the version of the plan     → nothing arrived: send again, under the same key
//   neither                                          → stale: somebody else was there, nothing is written
//
// A create has no version. It is looked up by the id that it carries (the referral's in the opportunity, the
// opportunity's in the referral) before it is sent. Microsoft's connected referral carries none and cannot be taken back:
// its row stays `unknown`, and the next plan finds out.
//
// A second death inside recovery changes nothing: recovery writes by the same protocol.

/// Applies a reviewed plan: exactly the rows that were decided, each at most once, whatever dies in between.
package struct Applier {
  private let context: ApplyContext
  private let run: RunID

  /// An applier of one run's plan.
  package init(_ context: ApplyContext, run: RunID) {
    self.context = context
    self.run = run
  }

  /// Stores the decisions and carries them out.
  ///
  /// Rows that `decisions` does not name keep the decision that they have.
  ///
  /// - Throws: `Failure` with `planUsed` when the plan was applied or begun before; or with the error that concerns the
  ///   whole run, once every outcome is stored.
  package func apply(_ decisions: [Int: Decision]) throws -> ApplyResult {
    let entry = try entry(.planned)
    try DecisionBook(context.ledger, run: entry.number).enter(decisions)
    return try carryOut(entry)
  }

  /// Goes on where an earlier `apply` was interrupted, died or was stopped by an error.
  package func resume() throws -> ApplyResult {
    try carryOut(try entry(.applying))
  }

  private func carryOut(_ entry: RunEntry) throws -> ApplyResult {
    let journal = try ApplyJournal(context: context, run: entry)
    let batch = PairBatch(journal)
    var pairs = try PairQueue(of: entry.number, in: context.ledger)
    do {
      while let next = try pairs.next(PairBatch.size(context.writeGuard)) {
        try batch.carryOut(next)
      }
    } catch Interruption.asked {
      return ApplyResult(counts: try counts(entry), isInterrupted: true)
    } catch Interruption.failed(let failure) {
      try leaveRest(of: entry, because: failure)
      throw failure
    }
    return try finish(entry)
  }

  /// The run, if it has come just so far.
  private func entry(_ state: RunEntry.State) throws -> RunEntry {
    guard let entry = try context.ledger.read({ try $0.run(run) }) else {
      throw Failure(.runUnknown, "the ledger knows no run \(run)", fix: "`reconcile runs` lists them")
    }
    try entry.require(state)
    return entry
  }

  /// Settles what was not come to; a row that was sent, and of which nobody knows, stays planned: `resume` looks.
  private func leaveRest(of entry: RunEntry, because failure: Failure) throws {
    try context.ledger.write { transaction in
      let inDoubt = Set(try transaction.openIntents(of: entry.number).flatMap(\.rows))
      var rest: [Int] = []
      try transaction.eachState(of: entry.number) { row in
        if row.outcome == .planned { rest.append(row.seq) }
      }
      for seq in rest {
        guard var row = try transaction.row(seq, of: entry.number), row.isOpen else { continue }
        if inDoubt.contains(seq) {
          row.answer = PlanRow.Answer(
            code: .outcomeUnknown,
            message: "it was sent, and nobody could look what became of it: \(failure.message)")
        } else {
          row.outcome = .notAttempted
          row.answer = PlanRow.Answer(code: .notAttempted, message: "the run was stopped: \(failure.message)")
        }
        try transaction.settle(row, of: entry.number)
      }
    }
  }

  /// Counts a move of the agreement when a row was applied, and closes the run.
  private func finish(_ entry: RunEntry) throws -> ApplyResult {
    let counts = try counts(entry)
    try context.beforeClosing()
    try context.ledger.write { transaction in
      if counts[.applied, default: 0] > 0 { try transaction.advanceSerial() }
      try transaction.setRun(entry.number, state: .applied, finished: context.time)
    }
    return ApplyResult(counts: counts)
  }

  private func counts(_ entry: RunEntry) throws -> [Outcome: Int] {
    try context.ledger.read { transaction in try transaction.outcomes(of: entry.number) }
  }
}
