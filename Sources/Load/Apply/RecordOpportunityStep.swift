import JSON
import Model

/// The new opportunity's id goes into the referral (R12, R15).
struct RecordOpportunityStep: ApplyStep {
  let journal: ApplyJournal

  func carryOut(_ work: PairWork) throws {
    let rows = work.open { $0 == .recordOpportunity }
    guard !work.opportunityID.isEmpty else { return }
    let operation = Operation(
      "record-opportunity", .partnerCenter, rows: rows, "PATCH referral \(work.referralID) externalReferenceId")
    let id = PatchOperation(path: "/externalReferenceId", value: JSONValue.string(work.opportunityID).text)
    try ReferralWriter(journal: journal).write(operation, [id], to: work)
  }
}
