import Ledger
import Model

extension LedgerTransaction {
  /// Links the pair of an acknowledged row, and moves its base to what was written.
  ///
  /// Only here does `apply` touch the base; a row that was merely found done proves no values.
  func agree(on row: PlanRow, of work: PairWork, _ receipt: Receipt, run: Int) throws {
    try linkIfFree(work.referralID, work.opportunityID, run: run)
    guard receipt.provesValues, let settles = row.settlement?.settles else { return }
    if !work.opportunityID.isEmpty {
      if let text = settles[MarkDraft.told] {
        try tell(work.opportunityID, text)
      } else if row.change.action == .createReferral {
        try tell(work.opportunityID, nil)
      }
    }
    guard try opportunity(linkedWith: work.referralID) == work.opportunityID else { return }
    try agree(settles, referral: work.referralID)
  }

  /// Links two records of which neither is linked.
  func linkIfFree(_ referral: String, _ opportunity: String, run: Int) throws {
    guard !referral.isEmpty, !opportunity.isEmpty, try self.opportunity(linkedWith: referral) == nil,
      try self.referral(linkedWith: opportunity) == nil
    else { return }
    try link(referral, opportunity, run: run)
  }
}
