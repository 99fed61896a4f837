import JSON
import Model
import Wire

/// A new opportunity under its account.
///
/// The referral's id is its key, but not every org makes that field unique, so the step looks before it writes: what an
/// earlier attempt left is taken over, two claimants are a person's business (R18, R20).
struct OpportunityCreateStep: ApplyStep {
  let journal: ApplyJournal

  func carryOut(_ work: PairWork) throws {
    for (row, effect) in work.open {
      guard case .createOpportunity(let draft) = effect else { continue }
      try create(draft, row.seq, work)
    }
    if work.opportunityID.isEmpty, let known = try journal.result(of: operation(work, 0), work) {
      work.opportunityID = known
    }
    guard work.opportunityID.isEmpty else { return }
    try journal.settle(
      work.open { $0.target == .salesforce || $0 == .recordOpportunity }, of: work,
      .without(.notAttempted, .notAttempted, "the opportunity was not created"))
  }

  private func create(_ draft: OpportunityDraft, _ row: Int, _ work: PairWork) throws {
    let operation = operation(work, row)
    let earlier = try journal.look(for: [row], of: work) { try earlierAttempt(draft) }
    guard let earlier else { return }
    var proves = true
    if earlier == nil {
      guard let account = try prepareAccount(draft, row, work) else { return }
      work.accountID = account.result
      proves = account.provesValues
    }
    // Salesforce locks the account while one of its opportunities is made.
    let receipt = try journal.context.lanes.claiming([work.accountID]) {
      try journal.perform(operation, of: work) {
        let receipt = try earlier.map { Receipt(result: $0, provesValues: false) } ?? write(draft, proves, work)
        work.opportunityID = receipt.result
        return receipt
      }
    }
    guard let receipt else { return }
    work.opportunityID = receipt.result
    try journal.link(work)
  }

  private func write(_ draft: OpportunityDraft, _ proves: Bool, _ work: PairWork) throws -> Receipt {
    let isUnique = try journal.isUnique(draft.keyField, of: "Opportunity")
    let fields = draft.body(account: work.accountID)
    let answer: RowAnswer
    do {
      answer = isUnique ? try upsert(draft, fields) : try create(draft, fields)
    } catch let error as ServiceError where error.code == .outcomeUnknown {
      // The record carries the referral's id: whether it is there can be seen, and nothing is sent twice (R20).
      guard let id = try journal.search(for: error, { try earlierAttempt(draft) }) else { throw error }
      return Receipt(result: id, provesValues: false)
    }
    guard let id = try answer.recordID ?? earlierAttempt(draft) else {
      throw Ending.without(.unknown, .outcomeUnknown, "the answer names no new opportunity")
    }
    return Receipt(
      result: id, status: answer.status, requestID: answer.requestID ?? "", provesValues: proves)
  }

  /// Salesforce itself keeps a unique key from being given twice.
  private func upsert(_ draft: OpportunityDraft, _ fields: [FieldWrite]) throws -> RowAnswer {
    try journal.context.salesforce.upsert(
      "Opportunity", by: draft.keyField, draft.key, fields: try fields.members())
  }

  /// A key that is not unique guards nothing: an upsert finds only what the user may see, and repeated it could insert
  /// twice.
  private func create(_ draft: OpportunityDraft, _ fields: [FieldWrite]) throws -> RowAnswer {
    let key = FieldWrite(draft.keyField, JSONValue.string(draft.key).text)
    return try journal.context.salesforce.create("Opportunity", fields: try (fields + [key]).members())
  }

  /// Finds or creates the account; nil, with the row settled, when there is none to be had.
  ///
  /// One that somebody else made meanwhile proves nothing of the values that it was to get.
  private func prepareAccount(_ draft: OpportunityDraft, _ row: Int, _ work: PairWork) throws -> Receipt? {
    switch draft.account {
    case .existing(let id):
      return Receipt(result: id)
    case .create(let fields, let match):
      let operation = Operation.creating(
        "create-account", .salesforce, rows: [row], "POST account for referral \(work.referralID)", isFinal: false)
      let writer = RecordCreation(journal: journal)
      // Another pair may be about to make the same account.
      return try journal.context.lanes.claiming([AccountLookup.claim(fields)]) {
        try journal.perform(operation, of: work) {
          if let id = try AccountLookup(journal: journal).find(fields, match) {
            return Receipt(result: id, provesValues: false)
          }
          return try writer.create("Account", fields)
        }
      }
    }
  }

  private func earlierAttempt(_ draft: OpportunityDraft) throws -> String? {
    let found = try journal.records(
      "SELECT Id FROM Opportunity WHERE \(try SOQL.identifier(draft.keyField)) = \(SOQL.literal(draft.key)) LIMIT 2")
    guard found.count < 2 else {
      throw Ending.without(
        .failed, .identityDuplicate, "several opportunities have the \(draft.keyField) \(draft.key)")
    }
    return found.first?.recordID
  }

  private func operation(_ work: PairWork, _ row: Int) -> Operation {
    .creating(
      "create-opportunity", .salesforce, rows: [row], "upsert opportunity of referral \(work.referralID)",
      isFinal: true)
  }
}

extension OpportunityDraft {
  /// The fields but the key, which an upsert has in its address.
  fileprivate func body(account: String) -> [FieldWrite] {
    fields.filter { $0.name.lowercased() != keyField.lowercased() }
      + [FieldWrite("AccountId", JSONValue.string(account).text)]
  }
}
