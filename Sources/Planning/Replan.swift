package import Ledger
package import Model
package import Transform

/// The newest plan made again from its own snapshots with today's mapping: the safe way to edit.
///
/// Neither service is asked, and the ledger stays as it is.
package struct Replan {
  private let mapping: Mapping
  private let organizationID: String

  /// A plan by one mapping, for one organization.
  package init(mapping: Mapping, organizationID: String) {
    self.mapping = mapping
    self.organizationID = organizationID
  }

  /// One row that differs between the plan that is there and the one that today's mapping would give.
  package struct Difference: Sendable, Hashable {
    /// How it differs.
    package enum Kind: String, Sendable, CaseIterable {
      case appears
      case disappears
      case changes
    }

    /// How the row differs.
    package let kind: Kind
    /// The deal that it is about.
    package let key: PairKey
    /// The deal's name.
    package let name: String
    /// The row as it is in the plan; nil when it appears.
    package let before: Change?
    /// The row as today's mapping gives it; nil when it disappears.
    package let after: Change?

    /// The row that is there to be shown: today's, or the one that disappears.
    package var shown: Change? { after ?? before }
  }

  /// What today's mapping makes of the run's snapshots.
  package struct Outcome: Sendable {
    /// How many rows the run's plan has, and how many it would have.
    package let before: Int
    package let after: Int
    /// The rows that differ, by deal.
    package let differences: [Difference]
  }

  /// Judges every record of the newest run anew and compares the rows.
  ///
  /// - Throws: `Failure` with `replanUnavailable` when the run is not the newest, or `replanColumnMissing` when today's mapping
  ///   reads what the snapshot does not hold.
  package func run(_ entry: RunEntry, in ledger: LedgerFile) throws -> Outcome {
    guard try ledger.read({ try $0.latestRun() })?.number == entry.number else {
      throw Failure(
        .replanUnavailable, "\(entry.id) is not the newest run, and its snapshots were overtaken",
        fix: "name the newest run, or leave the name out")
    }
    guard entry.kind == RunEntry.plan else {
      let what = entry.kind == RunEntry.touched ? "no full plan" : "no plan: its rows do not come from a mapping"
      throw Failure(
        .replanUnavailable, "\(entry.id) is \(what)",
        fix: "run `reconcile plan`, which takes new snapshots")
    }
    do {
      try ledger.write { transaction in
        let mapping = mapping.adapted(to: try transaction.orgAtPlan())
        try check(mapping, in: transaction)
        try transaction.beginTouching()
        try takeBack(entry, in: transaction)
        try transaction.spreadTouch(all: true)
        let judge = Judge(mapping: mapping, organizationID: organizationID, now: Timestamp.parse(entry.started))
        try JudgingPass(judge: judge, run: entry.number, in: transaction).run(in: transaction)
        throw Judged(outcome: try compare(entry, in: transaction))
      }
    } catch let judged as Judged {
      return judged.outcome
    }
    throw Failure(.ledgerUnreadable, "the ledger gave no plan to compare")
  }

  /// Carries the outcome out of a transaction that must not be kept.
  private struct Judged: Error {
    let outcome: Outcome
  }

  /// Sets links and base back to what they were when the plan was made.
  private func takeBack(_ entry: RunEntry, in transaction: LedgerTransaction) throws {
    var applied: [PlanRow] = []
    try transaction.eachRow(of: entry.number) { row in if row.outcome == .applied { applied.append(row) } }
    for row in applied {
      switch row.change.action {
      case .createOpportunity: try transaction.unlink(row.key.referralID)
      case .createReferral:
        if let referral = try transaction.referral(linkedWith: row.key.opportunityID) {
          try transaction.unlink(referral)
        }
      case .createLead, .update, .accept, .decline, .closeWon, .closeLost, .raiseVisibility, .requestHelp, .addSolution,
        .removeSolution, .addContact, .addTeamMember, .addNote, .link, .mark, .conflict:
        guard !row.key.referralID.isEmpty, !row.key.opportunityID.isEmpty else { continue }
        let labels = row.settlement?.settles.keys.map { ($0, $0 == row.change.field ? row.change.base : "") } ?? []
        try transaction.agree(Dictionary(labels) { first, _ in first }, referral: row.key.referralID)
      }
    }
    try transaction.forgetRejections(of: entry.number)
  }

  /// Refuses a mapping that reads what the snapshots do not hold.
  private func check(_ mapping: Mapping, in transaction: LedgerTransaction) throws {
    let shapes = try [RecordKind.referral, .opportunity].compactMap { try transaction.standingShape($0) }
    for rule in mapping.fields {
      for shape in shapes {
        let wanted =
          shape.kind == .referral ? rule.referralPath.alternatives : [rule.salesforceField?.column].compactMap(\.self)
        let isFilled =
          rule.reserved == .audit || rule.salesforceField?.object == .note || ServicesPath.isOne(of: wanted)
        for column in wanted where shape.position(of: column) == nil && !isFilled {
          throw Failure(
            .replanColumnMissing,
            "mappings/fields.csv:\(rule.line): \(rule.label): the snapshots of the last plan do not hold \(column)",
            fix: "run `reconcile plan`, which reads it")
        }
      }
    }
  }

  private func compare(_ entry: RunEntry, in transaction: LedgerTransaction) throws -> Outcome {
    var differences: [Difference] = []
    try transaction.eachPairApart(from: entry.number) { planned, proposed in
      differences += Self.differences(planned, proposed)
    }
    return Outcome(
      before: try transaction.rowCount(of: entry.number), after: try transaction.proposalCount(),
      differences: differences)
  }

  private static func differences(_ before: [PlanRow], _ after: [PlanRow]) -> [Difference] {
    func isSamePlace(_ left: PlanRow, _ right: PlanRow) -> Bool {
      left.change.action == right.change.action && left.change.direction == right.change.direction
        && left.change.field == right.change.field
    }
    let gone = before.filter { old in !after.contains { isSamePlace($0, old) } }.map {
      Difference(kind: .disappears, key: $0.key, name: $0.name, before: $0.change, after: nil)
    }
    let rest = after.compactMap { new -> Difference? in
      guard let old = before.first(where: { isSamePlace($0, new) }) else {
        return Difference(kind: .appears, key: new.key, name: new.name, before: nil, after: new.change)
      }
      guard !old.change.doesTheSame(as: new.change) else { return nil }
      return Difference(kind: .changes, key: new.key, name: new.name, before: old.change, after: new.change)
    }
    return gone + rest
  }
}
