import Ledger
import Model

/// Whether a plan may still be applied: it is a prediction, and must still hold.
struct PlanCheck {
  private let run: RunEntry
  private let mapping: String
  private let expected: String?
  private let isResumed: Bool

  /// A check of one run against today's mapping and the digest that the caller expects.
  init(_ run: RunEntry, mapping: String, expected: String?, isResumed: Bool) {
    self.run = run
    self.mapping = mapping
    self.expected = expected
    self.isResumed = isResumed
  }

  /// Refuses a plan that is not the expected one, was altered, or was overtaken.
  func check(in ledger: LedgerFile) throws {
    if let expected, expected != run.digest {
      throw Failure(
        .planAltered, "the plan \(run.id) has the digest \(run.digest), not \(expected)",
        fix: "review the plan that is there, or name the run that was reviewed")
    }
    let (digest, serial) = try ledger.read { try ($0.digest(of: run.number), $0.serial()) }
    guard digest == run.digest else {
      throw Failure(
        .planAltered, "the plan \(run.id) was altered in the ledger", fix: "make a new one with `reconcile plan`")
    }
    guard run.state != .applied else {
      throw Failure(
        .planUsed, "the plan \(run.id) was applied before", fix: "make a new one with `reconcile plan`")
    }
    guard !isResumed else { return }
    guard serial == run.serial else {
      throw Failure(
        .planStale, "the plan \(run.id) was overtaken: a later run moved the ledger on",
        fix: "review and apply the newest plan, or make a new one")
    }
    guard mapping == run.mapping else {
      throw Failure(
        .planStale, "the mapping was edited after the plan \(run.id) was made",
        fix: "make a new plan with today's mapping")
    }
  }
}
