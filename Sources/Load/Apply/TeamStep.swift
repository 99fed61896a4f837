import JSON
import Model
import Wire

/// The members of the team of a pair's opportunity.
///
/// Salesforce answers a second member of the same user with the first one, so that a repeat does no harm; the step looks
/// all the same, to tell what was there.
struct TeamStep: ApplyStep {
  let journal: ApplyJournal

  func carryOut(_ work: PairWork) throws {
    let rows = work.open { if case .addTeamMember = $0 { true } else { false } }
    guard try OpportunityGuard(journal: journal).admits(rows, work) else { return }
    for (row, effect) in work.open {
      guard case .addTeamMember(let user) = effect else { continue }
      let operation = Operation.creating(
        "add-member-\(row.seq)", .salesforce, rows: [row.seq], "POST team member of opportunity \(work.opportunityID)",
        isFinal: true)
      try journal.perform(operation, of: work) {
        let known = try journal.records(
          "SELECT Id FROM OpportunityTeamMember WHERE OpportunityId = \(SOQL.literal(work.opportunityID))"
            + " AND UserId = \(SOQL.literal(user)) LIMIT 1")
        if let id = known.first?.recordID { return Receipt(result: id) }
        work.willAttach()
        return try RecordCreation(journal: journal).create(
          "OpportunityTeamMember",
          [
            FieldWrite("OpportunityId", JSONValue.string(work.opportunityID).text),
            FieldWrite("UserId", JSONValue.string(user).text),
          ])
      }
    }
  }
}
