package import Ledger
import Model

/// Whether a plan may still be applied: it is a prediction, and must still hold.
///
/// A plan carries what it rests on, and each of it is held against what is there now: its own rows, the ledger, how far
/// that ledger has moved, the mapping, and both snapshots.
package struct PlanCheck {
  private let run: RunEntry
  private let mapping: String
  private let expected: String?
  private let isResumed: Bool

  /// A check of one run against today's mapping and the digest that the caller expects, if any.
  ///
  /// One that is resumed was checked when it began: since then its own writes have moved the ledger on.
  package init(_ run: RunEntry, mapping: String, expected: String?, isResumed: Bool) {
    self.run = run
    self.mapping = mapping
    self.expected = expected
    self.isResumed = isResumed
  }

  /// Refuses a plan that does not hold any more.
  ///
  /// - Throws: `Failure`: `planUnexpected`, `planAltered`, `planOfOtherLedger`, `planUsed`, `planStale`,
  ///   `mappingChanged`, `snapshotAltered`.
  package func check(in ledger: LedgerFile) throws {
    if let expected, expected.lowercased() != run.digest {
      throw Failure(
        .planUnexpected, "the plan \(run.id) has the digest \(run.digest), not \(expected)",
        fix: "review the plan that is there, or name the run that was reviewed")
    }
    try ledger.read { transaction in
      guard try transaction.digest(of: run.number) == run.digest else {
        throw Failure(
          .planAltered, "the plan \(run.id) was altered in the ledger", fix: "make a new one with `reconcile plan`")
      }
      guard try transaction.lineage() == run.lineage else {
        throw Failure(
          .planOfOtherLedger, "the plan \(run.id) was made in another ledger than \(ledger.path)",
          fix: "put back the ledger that belongs to this workspace, or make a new plan")
      }
      try run.require(isResumed ? .applying : .planned)
      guard !isResumed else { return }
      guard try transaction.serial() == run.serial else {
        throw Failure(
          .planStale, "the plan \(run.id) was overtaken: a later run moved the ledger on",
          fix: "review and apply the newest plan, or make a new one")
      }
      guard mapping == run.mapping else {
        throw Failure(
          .mappingChanged, "the mapping was edited after the plan \(run.id) was made",
          fix: "make a new plan with today's mapping")
      }
      let digests = try transaction.snapshotDigests(asOf: run.number)
      for (kind, count) in run.snapshots.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where count.total > 0 {
        guard digests[kind] == count.digest else {
          throw Failure(
            .snapshotAltered,
            "the \(kind.rawValue) snapshot of \(run.id) in the ledger is not the one it was planned from",
            fix: "make a new plan with `reconcile plan`")
        }
      }
    }
  }
}

extension RunEntry {
  /// Refuses a run that has not come just so far.
  func require(_ wanted: State) throws(Failure) {
    guard state != wanted else { return }
    throw switch state {
    case .planned:
      Failure(.planUsed, "the plan \(id) was not begun: there is nothing to resume", fix: "apply it first")
    case .applying:
      Failure(.planUsed, "the plan \(id) was begun and not finished", fix: "go on with `reconcile apply --resume`")
    case .applied:
      Failure(.planUsed, "the plan \(id) was applied before", fix: "make a new one with `reconcile plan`")
    }
  }
}
