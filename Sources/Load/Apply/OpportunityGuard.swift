import JSON
import Model
import Wire

/// Looks at an opportunity before something is attached to it.
///
/// A line or a contact moves the opportunity's stamp, after which a change by somebody else could not be told from our
/// own. So the stamp is compared before the first of them, and what is to be overwritten is remembered: `StampStep` takes up
/// the moved stamp only if it still stands.
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
    let found = try journal.look(for: rows, of: work) {
      try journal.opportunity(of: work, ["AccountId", "LastModifiedDate"] + work.overwrittenFields)
    }
    guard let found else { return false }
    if let opportunity = found.first {
      work.overwritten = work.values(in: opportunity)
      work.accountID = opportunity["AccountId"]?.stringValue ?? work.accountID
      work.isConfirmed = StampStep.isUnchanged(opportunity["LastModifiedDate"]?.stringValue ?? "", work)
    }
    if !work.isConfirmed { try journal.settle(rows, of: work, .stale) }
    return work.isConfirmed
  }
}
