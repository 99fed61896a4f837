package import Ledger
package import Model
package import Transform

/// One record of the newest snapshot through the map: what `mappings try` shows.
package struct MappingTrial: Sendable {
  /// What is found out about the record or its pair, with the rows that would be proposed.
  package let verdict: Verdict
  /// Every row of `fields.csv` over it.
  package let fields: [FieldTrial]

  /// Tries a referral's or an opportunity's id with a mapping, adapted to the org as the newest plan found it.
  ///
  /// Nothing is stored.
  ///
  /// - Throws: `Failure` with `recordUnknown` when the newest snapshot holds no such record.
  package init(
    of id: String, mapping: Mapping, organizationID: String, at moment: String, in ledger: LedgerTransaction
  ) throws {
    let judge = Judge(
      mapping: mapping.adapted(to: try ledger.orgAtPlan()), organizationID: organizationID,
      now: Timestamp.parse(moment))
    let pass = try JudgingPass(judge: judge, run: 0, in: ledger)
    let (identity, facts) = try pass.look(at: id.lowercased(), or: SalesforceID.normalized(id), in: ledger)
    verdict = judge.judge(identity, facts: facts)
    fields = judge.trial(of: facts)
  }
}

extension JudgingPass {
  /// The facts of the pair that a record belongs to.
  fileprivate func look(
    at referral: String, or opportunity: String?, in ledger: LedgerTransaction
  ) throws -> (Identity, PairFacts) {
    let labels = judge.mapping.agreedLabels
    if let known = try ledger.standingReferral(referral, sharing: labels) { return try facts(of: known, ledger) }
    guard let opportunity, let record = try ledger.record(.opportunity, opportunity) else {
      throw Failure(
        .recordUnknown, "the newest snapshot holds no record \(opportunity ?? referral)",
        fix: "name a referral's or an opportunity's id; `reconcile plan` takes a new snapshot")
    }
    let column = judge.mapping.field(.referralIdentifier).salesforceField?.column ?? ""
    let named = try [ledger.referral(linkedWith: opportunity), record[column].lowercased()].compactMap(\.self)
    for id in named where !id.isEmpty {
      if let referral = try ledger.standingReferral(id, sharing: labels) {
        let pair = try facts(of: referral, ledger)
        if pair.1.opportunity?.id == opportunity { return pair }
      }
    }
    return (.alone, PairFacts(opportunity: record, told: try ledger.told(opportunity)))
  }
}
