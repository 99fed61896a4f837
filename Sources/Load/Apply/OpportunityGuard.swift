import JSON
import Model
import Wire

/// Looks at an opportunity before something is attached to it.
///
/// A line or a contact moves the opportunity's stamp, after which a change by somebody else could not be told from our
/// own. So the stamp is compared before the first of them.
struct OpportunityGuard {
  let journal: ApplyJournal

  /// Whether records may be attached; false, with the rows settled, when not.
  func admits(_ rows: [Int], _ work: PairWork) throws -> Bool {
    guard !rows.isEmpty, !work.opportunityID.isEmpty else { return false }
    if work.isStale(.salesforce) {
      try journal.settle(rows, of: work, .stale)
      return false
    }
    guard !work.isConfirmed else { return true }
    do {
      let id = SOQL.literal(work.opportunityID)
      let found = try journal.records("SELECT Id, AccountId, LastModifiedDate FROM Opportunity WHERE Id = \(id)").first
      work.accountID = found?["AccountId"]?.stringValue ?? work.accountID
      let stamp = found?["LastModifiedDate"]?.stringValue ?? ""
      work.isConfirmed = found != nil && StampStep.isUnchanged(stamp, work)
    } catch let ending as Ending {
      try journal.settle(rows, of: work, ending)
      if ending.isForAll { throw Interruption.failed(ending.failure) }
      return false
    }
    if !work.isConfirmed { try journal.settle(rows, of: work, .stale) }
    return work.isConfirmed
  }
}
