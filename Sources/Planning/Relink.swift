package import Ledger
import Model
package import Transform

/// A person's repair of a pair: which opportunity a referral belongs to (R23).
package struct Relink {
  /// The referral's id, in lower case.
  package let referral: String
  /// The opportunity's id, in 18 characters.
  package let opportunity: String
  private let identifierColumn: String

  /// A link of two records, whose opportunities hold a referral's id in `identifierColumn`.
  ///
  /// - Throws: `Failure` with `recordUnknown` for a text that is no Salesforce id.
  package init(referral: String, opportunity: String, identifierColumn: String) throws {
    guard let id = SalesforceID.normalized(opportunity) else {
      throw Failure(.recordUnknown, "\"\(opportunity)\" is no Salesforce id", fix: "copy the 15 or 18 characters whole")
    }
    self.referral = referral.lowercased()
    self.opportunity = id
    self.identifierColumn = identifierColumn
  }

  /// Stores the link and forgets what was agreed on; gives the opportunity that the referral was linked with before.
  ///
  /// - Throws: `Failure` with `recordUnknown` when the newest snapshot lacks one of them, or `relinkClaimed` when another
  ///   record claims one of them: the next plan would only stop both.
  package func run(in ledger: LedgerFile) throws -> String? {
    try ledger.write { transaction in
      if let run = try transaction.latestRun(), run.state == .applying {
        throw claimed(
          "the run \(run.id) is being applied, and its rows are about the former pair",
          "go on with `reconcile apply --resume` first")
      }
      guard try transaction.isStanding(.referral, referral) else { throw missing("referral", referral) }
      guard let record = try transaction.record(.opportunity, opportunity) else {
        throw missing("opportunity", opportunity)
      }
      try checkClaims(record, in: transaction)
      let former = try transaction.opportunity(linkedWith: referral)
      try transaction.unlink(referral)
      try transaction.link(referral, opportunity, run: try transaction.latestRun()?.number ?? 0)
      try transaction.unsettle(referral, opportunity)
      // A plan that was made before this does not know of it.
      try transaction.advanceSerial()
      return former == opportunity ? nil : former
    }
  }

  private func checkClaims(_ record: Record, in transaction: LedgerTransaction) throws {
    let named = record[identifierColumn].lowercased()
    if !named.isEmpty, named != referral {
      throw claimed(
        "\(opportunity) names the referral \(named) in \(identifierColumn)", "clear that field in Salesforce")
    }
    if let other = try transaction.referral(linkedWith: opportunity), other != referral {
      throw claimed("\(opportunity) is linked with the referral \(other)", "relink \(other) first")
    }
    let owner = try transaction.record(.referral, referral)?["organizationId"].lowercased()
    for rival in try transaction.referrals(naming: opportunity) where rival != referral {
      // Another party's record of the engagement takes no part (R11).
      guard try transaction.record(.referral, rival)?["organizationId"].lowercased() == owner else { continue }
      throw claimed(
        "the referral \(rival) names \(opportunity) as well", "correct its CRM identifier in Partner Center")
    }
    let claims = try transaction.claims(on: referral)
    if let other = claims.claimants.first(where: { $0 != opportunity }) {
      throw claimed(
        "the opportunity \(other) names the referral as well", "clear its \(identifierColumn) in Salesforce")
    }
    if claims.isNamedPresent, claims.named != opportunity {
      throw claimed(
        "the referral names the CRM record \(claims.named), which is there",
        "correct its CRM identifier in Partner Center")
    }
  }

  private func missing(_ kind: String, _ id: String) -> Failure {
    Failure(
      .recordUnknown, "the newest snapshot holds no \(kind) \(id)",
      fix: "run `reconcile plan`, then name records that it shows")
  }

  private func claimed(_ what: String, _ fix: String) -> Failure { Failure(.relinkClaimed, what, fix: fix) }
}

extension Mapping {
  /// The column of an opportunity that holds the referral's id (R12).
  package var identifierColumn: String {
    field(.referralIdentifier).salesforceField?.column ?? "Referral_Identifier__c"
  }
}
