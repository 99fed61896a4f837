import Ledger
import Model

extension LedgerTransaction {
  /// Links the pair of an acknowledged row, and moves its base to what was written.
  ///
  /// Only here does `apply` touch the base; a row that was merely found done proves no values.
  func agree(on row: PlanRow, of work: PairWork, _ receipt: Receipt, run: Int) throws {
    if let undone = row.change.undoes { return try takeBack(undone, by: row, of: work, run: run) }
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

  /// Sets the base back to what was agreed before the undone row, and remembers that row as rejected.
  ///
  /// It holds also where the acknowledgment proves no values: with the later base, the value that was put back would count
  /// as somebody's edit and be carried to the other side.
  private func takeBack(_ undone: Undone, by row: PlanRow, of work: PairWork, run: Int) throws {
    guard row.change.action != .mark else { return }
    try reject(undone, of: row.key, run: run)
    guard try opportunity(linkedWith: work.referralID) == work.opportunityID else { return }
    try putBack(undone.field, undone.base, referral: work.referralID)
  }

  /// Links two records of which neither is linked.
  func linkIfFree(_ referral: String, _ opportunity: String, run: Int) throws {
    guard !referral.isEmpty, !opportunity.isEmpty, try self.opportunity(linkedWith: referral) == nil,
      try self.referral(linkedWith: opportunity) == nil
    else { return }
    try link(referral, opportunity, run: run)
  }
}
