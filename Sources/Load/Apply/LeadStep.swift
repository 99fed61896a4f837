import JSON
import Model
import Wire

/// A new lead of Salesforce for a referral that is one, and its id in the referral (R49).
///
/// The field with the referral's id is not unique on leads: what an earlier attempt left is looked for before anything is
/// sent, and two leads are a person's business (R18, R20).
struct LeadStep: ApplyStep {
  let journal: ApplyJournal

  func carryOut(_ work: PairWork) throws {
    var lead = try journal.result(of: operation(work, 0), work)
    for (row, effect) in work.open {
      guard case .createLead(let draft) = effect else { continue }
      lead = try create(draft, row.seq, work)
    }
    let rows = work.open { $0 == .recordLead }
    guard !rows.isEmpty else { return }
    guard let lead else {
      return try journal.settle(rows, of: work, .without(.notAttempted, .notAttempted, "the lead was not created"))
    }
    let operation = Operation(
      "record-lead", .partnerCenter, rows: rows, "PATCH referral \(work.referralID) externalReferenceId")
    let id = PatchOperation(path: "/externalReferenceId", value: JSONValue.string(lead).text)
    try ReferralWriter(journal: journal).write(operation, [id], to: work)
  }

  private func create(_ draft: LeadDraft, _ row: Int, _ work: PairWork) throws -> String? {
    try journal.perform(operation(work, row), of: work) {
      if let known = try earlierAttempt(draft) { return Receipt(result: known) }
      let key = FieldWrite(draft.keyField, JSONValue.string(draft.key).text)
      do {
        return try RecordCreation(journal: journal).create("Lead", draft.fields + [key])
      } catch let error as ServiceError where error.code == .outcomeUnknown {
        guard let known = try journal.search(for: error, { try earlierAttempt(draft) }) else { throw error }
        return Receipt(result: known)
      }
    }?.result
  }

  private func earlierAttempt(_ draft: LeadDraft) throws -> String? {
    let found = try journal.records(
      "SELECT Id FROM Lead WHERE \(try SOQL.identifier(draft.keyField)) = \(SOQL.literal(draft.key)) LIMIT 2")
    guard found.count < 2 else {
      throw Ending.without(.failed, .identityDuplicate, "several leads have the \(draft.keyField) \(draft.key)")
    }
    return found.first?.recordID
  }

  private func operation(_ work: PairWork, _ row: Int) -> Operation {
    .creating("create-lead", .salesforce, rows: [row], "POST lead of referral \(work.referralID)", isFinal: true)
  }
}
