package import Extract
package import Ledger
package import Model
package import Transform

/// `verify`: both sides read afresh, and every pair that the records themselves name compared.
///
/// Nothing of what earlier runs stored takes part: pairs are those whose records name each other, or of which one names the
/// other. A ledger of its own holds the two snapshots and goes when the comparison is done.
package struct Verification {
  private let comparison: PairComparison
  private let referralField: String

  /// A comparison by a mapping, adapted to what the org says of its fields.
  package init(mapping: Mapping, org: OrgFields?, organizationID: String) {
    let mapping = mapping.adapted(to: org)
    comparison = PairComparison(mapping: mapping, organizationID: organizationID)
    referralField = mapping.field(.referralIdentifier).salesforceField?.column ?? ""
  }

  /// What was found.
  package struct Result: Sendable {
    /// How many pairs were compared.
    package fileprivate(set) var pairs = 0
    /// The pairs that differ, by opportunity.
    package fileprivate(set) var lines: [Line] = []

    /// The differences of one pair.
    package struct Line: Sendable {
      /// The ids of the two.
      package let key: PairKey
      /// The deal's name in Salesforce, without mark.
      package let name: String
      /// What differs, at least one.
      package let drifts: [Drift]
    }

    /// How many pairs have a difference that nothing explains.
    package var unexplained: Int { lines.count { line in line.drifts.contains { $0.excuse == nil } } }
  }

  /// Takes both snapshots into an empty ledger and compares.
  ///
  /// - Throws: `Failure`, as a snapshot of `plan` does.
  package func run(
    _ id: RunID, at started: String, from sources: [any SnapshotSource], into scratch: LedgerFile,
    progress: Extraction.Progress
  ) throws -> Result {
    try scratch.write { transaction in
      try transaction.beginTouching()
      let run = try transaction.openRun(id, kind: "verify", started: started, mapping: "")
      _ = try Extraction(sources).run(run, into: transaction, progress: progress)
      var result = Result()
      try transaction.eachRecord(.opportunity, asOf: run) { opportunity in
        for referral in try referrals(of: opportunity, transaction) {
          result.pairs += 1
          let drifts = comparison.differences(referral, opportunity)
          guard !drifts.isEmpty else { continue }
          result.lines.append(
            Result.Line(
              key: PairKey(referralID: referral.id, opportunityID: opportunity.id),
              name: NameMark.strip(opportunity["Name"]), drifts: drifts))
        }
      }
      return result
    }
  }

  /// The referrals that an opportunity names, or that name it.
  private func referrals(of opportunity: Record, _ ledger: LedgerTransaction) throws -> [Record] {
    let named = opportunity[referralField].lowercased()
    let ids = try Set([named] + ledger.referrals(naming: opportunity.id)).subtracting([""]).sorted()
    return try ids.compactMap { try ledger.record(.referral, $0) }
  }
}
