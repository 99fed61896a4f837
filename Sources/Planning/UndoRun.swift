package import Extract
package import Ledger
package import Model
import Transform

/// One run of `undo`: fresh snapshots of both sides, and the rows that take back what an earlier run wrote.
///
/// Everything is stored in one transaction or not at all, as by `PlanRun`, and nothing is written to either service. The
/// verdicts are those of the fresh snapshots; what the night itself would bring is left to the next plan. Every row of the
/// earlier run that wrote something has exactly one row here.
package struct UndoRun {
  private let plan: PlanRun
  private let undone: RunID

  /// An undo of one run, which looks at both sides as `plan` does.
  package init(of undone: RunID, as plan: PlanRun) {
    self.undone = undone
    self.plan = plan
  }

  /// Takes the snapshots and stores the rows.
  ///
  /// - Throws: `Failure`: `runUnknown`; `undoUnavailable` when the run was not begun or wrote nothing; and all that a plan
  ///   throws. The ledger is then as it was before.
  package func run(
    _ id: RunID, at started: String, from sources: [any SnapshotSource], into ledger: LedgerFile,
    progress: Extraction.Progress
  ) throws -> PlanRun.Result {
    // Before both sides are read, which takes long.
    let entry = try ledger.read { try undoable(in: $0) }
    return try ledger.write { transaction in
      let look = try plan.look(RunEntry.undo, id, at: started, from: sources, in: transaction, progress: progress)
      try eachPair(of: entry, in: transaction) { rows in try propose(rows, of: entry, in: transaction) }
      try transaction.countProposals()
      try transaction.numberProposals(of: look.number)
      return try plan.seal(look, id, nil, in: transaction)
    }
  }

  /// The run that is undone.
  private func undoable(in ledger: LedgerTransaction) throws -> RunEntry {
    guard let entry = try ledger.run(undone) else {
      throw Failure(.runUnknown, "there is no run \(undone)", fix: "`reconcile runs` lists them")
    }
    guard entry.state != .planned else {
      throw Failure(
        .undoUnavailable, "the run \(undone) was not applied: there is nothing to undo",
        fix: "name a run that `reconcile runs` shows as applied or applying")
    }
    var count = 0
    try ledger.eachRow(writtenBy: entry) { _ in count += 1 }
    guard count > 0 else {
      throw Failure(.undoUnavailable, "the run \(undone) wrote nothing: there is nothing to undo")
    }
    return entry
  }

  /// What the run wrote, pair by pair: in a plan, the rows of one stand together.
  private func eachPair(
    of entry: RunEntry, in ledger: LedgerTransaction, _ body: ([WrittenRow]) throws -> Void
  ) throws {
    var rows: [WrittenRow] = []
    try ledger.eachRow(writtenBy: entry) { row in
      if let first = rows.first, first.row.key != row.row.key {
        try body(rows)
        rows = []
      }
      rows.append(row)
    }
    if !rows.isEmpty { try body(rows) }
  }

  private func propose(_ rows: [WrittenRow], of entry: RunEntry, in ledger: LedgerTransaction) throws {
    guard let first = rows.first?.row else { return }
    let key = try key(of: first.key, in: ledger)
    let then = PairFacts(
      referral: try ledger.record(.referral, first.key.referralID, asOf: entry.number),
      opportunity: try ledger.record(.opportunity, first.key.opportunityID, asOf: entry.number))
    let now = PairFacts(
      referral: try ledger.record(.referral, key.referralID),
      opportunity: try ledger.record(.opportunity, key.opportunityID), base: try base(of: key, in: ledger))
    let changes = UndoTable(mapping: plan.adaptedMapping, then: then, now: now).changes(for: rows)
    // The deal's name is all that a proposal takes from a verdict.
    let pair = Verdict(
      key, .changes, Verdict.Face(name: first.name), code: .takenBack, reason: "", changes: changes, isSettled: false)
    for change in changes {
      try ledger.propose(change, phase: Proposal.phase(of: changes), of: pair, versions: now.versions)
    }
  }

  /// The pair that a row's records belong to now: a record that the run made came to it by the ledger's link.
  private func key(of former: PairKey, in ledger: LedgerTransaction) throws -> PairKey {
    if former.opportunityID.isEmpty, let id = try ledger.opportunity(linkedWith: former.referralID) {
      return PairKey(referralID: former.referralID, opportunityID: id)
    }
    if former.referralID.isEmpty, let id = try ledger.referral(linkedWith: former.opportunityID) {
      return PairKey(referralID: id, opportunityID: former.opportunityID)
    }
    return former
  }

  /// What the two agreed on; nothing where they are no pair any more.
  private func base(of key: PairKey, in ledger: LedgerTransaction) throws -> Base {
    guard try ledger.opportunity(linkedWith: key.referralID) == key.opportunityID else { return [:] }
    return try ledger.base(of: key.referralID)
  }
}
