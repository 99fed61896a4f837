package import Ledger
package import Model

/// What a reviewer approves: the decisions of a file, for some records or all, with the numbers that were confirmed.
package struct Approval: Sendable {
  /// Only the rows of these referral or opportunity ids are applied; empty for all.
  package var only: [String] = []
  /// How many rows that cannot be taken back are meant; nil when nobody gave a number.
  package var irreversible: Int?
  /// How many rows that the changed mapping brings are confirmed; nil when nobody confirmed it.
  package var fromMapping: Int?

  /// An approval of everything that the file says.
  package init() {}

  /// The decision of each row of a run's plan, read from the reviewer's file.
  ///
  /// - Throws: `Failure`: of the file; `recordUnknown` when the plan has no row of a record that `only` names;
  ///   `irreversibleUnconfirmed` and `mappingMiscounted` when a number is not the one that is there, the first also when
  ///   there are such rows and no number was given.
  package func decisions(in file: String, run: RunEntry, ledger: LedgerFile) throws -> [Int: Decision] {
    var rows = Rows(decisions: try DecisionsFile.read(file, run: run, ledger: ledger), approval: self)
    try ledger.read { transaction in
      try transaction.eachRow(of: run.number) { row in rows.take(row) }
    }
    try rows.check()
    return rows.decisions
  }

  /// Whether a row belongs to one of the records that are named.
  private func isWanted(_ key: PairKey) -> Bool {
    only.isEmpty || only.contains { key.isOf($0) }
  }

  /// Goes through the plan in its order.
  private struct Rows {
    var decisions: [Int: Decision]
    let approval: Approval
    private var irreversible = 0
    private var fromMapping = 0
    private var confirmed: Set<PairKey> = []
    private var found: Set<String> = []

    init(decisions: [Int: Decision], approval: Approval) {
      self.decisions = decisions
      self.approval = approval
    }

    mutating func take(_ row: PlanRow) {
      if row.change.code == .fromChangedMapping { takeFromMapping(row) }
      // The mark that was held with its pair's rows goes with them.
      if row.change.action == .mark, confirmed.contains(row.key) { decisions[row.seq] = .apply }
      for id in approval.only where row.key.isOf(id) { found.insert(id) }
      if !approval.isWanted(row.key) { decisions[row.seq] = .hold }
      if (decisions[row.seq] ?? row.decision).writes && row.change.risk.isForGood { irreversible += 1 }
    }

    private mutating func takeFromMapping(_ row: PlanRow) {
      fromMapping += 1
      let isOpen = (decisions[row.seq] ?? row.decision) == .hold && row.change.risk.proposal == .apply
      guard approval.fromMapping != nil, isOpen else { return }
      decisions[row.seq] = .apply
      confirmed.insert(row.key)
    }

    func check() throws {
      let missing = approval.only.filter { !found.contains($0) }
      guard missing.isEmpty else {
        throw Failure(
          .recordUnknown, "the plan has no row of \(missing.joined(separator: ", "))",
          fix: "--only takes the id of a referral or opportunity of the plan; `reconcile show` lists them with --json")
      }
      if let number = approval.fromMapping, number != fromMapping {
        throw Failure(
          .mappingMiscounted, "\(fromMapping) rows come from the changed mapping, and \(number) were confirmed",
          fix: "look at the rows with the code N141 in changes.csv, then confirm their number")
      }
      guard irreversible == approval.irreversible ?? 0 else {
        throw Failure(
          .irreversibleUnconfirmed,
          "\(irreversible) rows that cannot be taken back are decided to be applied, and "
            + (approval.irreversible.map { "\($0) were confirmed" } ?? "their number was not confirmed"),
          fix: "look at them in changes.csv, then: --confirm-irreversible \(irreversible)")
      }
    }
  }
}
