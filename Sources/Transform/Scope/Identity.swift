package import Model

/// Which opportunity a referral belongs to.
package enum Identity: Hashable, Sendable {
  /// They belong together.
  case pair(opportunityID: String)
  /// No opportunity belongs to it yet.
  case alone
  /// Its opportunity was there and is not any more: deleted, merged, or out of sight (R22, R23).
  case orphan(opportunityID: String)
  /// It names a CRM record that the snapshot does not hold (R14).
  case unknownRecord(named: String)
  /// Several records claim one identity; all of them stop (R18).
  case duplicate(opportunities: [String], referrals: [String])
  /// The three ways of matching disagree (R19).
  case disagreement(opportunities: [String])

  /// Decides by the claims, in the order of R19: the ledger's link, then *Referral Identifier*, then the CRM id.
  ///
  /// | linked  | claimed by | named   | rivals | decision |
  /// |---------|------------|---------|--------|----------|
  /// | any     | several    | any     | any    | duplicate |
  /// | any     | any        | present | some   | duplicate |
  /// | all that are there name one opportunity  || none | pair |
  /// | they name several, or one that another referral is tied to || none | disagreement |
  /// | missing | none       | none    | none   | orphan |
  /// | none    | none       | missing | any    | unknown record |
  /// | none    | none       | none    | none   | alone |
  package init(deciding claims: IdentityClaims) {
    let present = claims.present
    if claims.claimants.count > 1 {
      self = .duplicate(opportunities: claims.claimants, referrals: [])
    } else if !claims.rivals.isEmpty && claims.isNamedPresent {
      self = .duplicate(opportunities: present, referrals: claims.rivals)
    } else if present.count > 1 || !claims.contenders.isEmpty {
      self = .disagreement(opportunities: present)
    } else if let only = present.first {
      self = .pair(opportunityID: only)
    } else if let linked = claims.linked {
      self = .orphan(opportunityID: linked)
    } else if !claims.named.isEmpty {
      self = .unknownRecord(named: claims.named)
    } else {
      self = .alone
    }
  }
}
