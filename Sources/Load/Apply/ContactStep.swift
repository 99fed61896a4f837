import JSON
import Model
import Wire

/// The contacts of a pair's opportunity.
///
/// Salesforce takes the same contact role twice, so the step looks before it inserts.
struct ContactStep: ApplyStep {
  let journal: ApplyJournal

  func carryOut(_ work: PairWork) throws {
    let rows = work.open { if case .addContact = $0 { true } else { false } }
    guard try OpportunityGuard(journal: journal).admits(rows, work) else { return }
    for (row, effect) in work.open {
      guard case .addContact(let draft) = effect, let contact = try contact(draft, row.seq, work) else { continue }
      try attach(contact, draft, row.seq, work)
    }
  }

  private func contact(_ draft: ContactDraft, _ row: Int, _ work: PairWork) throws -> String? {
    if let existing = draft.existing { return existing }
    let operation = Operation.creating(
      "create-contact-\(row)", .salesforce, rows: [row], "POST contact for opportunity \(work.opportunityID)",
      isFinal: false)
    // Another deal of the account may be about to make the same person.
    return try journal.context.lanes.claiming([claim(draft)]) {
      try journal.perform(operation, of: work) {
        if let known = try find(draft, work) { return Receipt(result: known) }
        var fields = draft.fields
        if try fields.text("AccountId") == nil, !work.accountID.isEmpty {
          fields.append(FieldWrite("AccountId", JSONValue.string(work.accountID).text))
        }
        return try RecordCreation(journal: journal).create("Contact", fields)
      }
    }?.result
  }

  private func claim(_ draft: ContactDraft) -> String {
    let address = draft.fields.claimed("Email")
    return "Contact " + LookupKey.contact(email: address.isEmpty ? draft.fields.claimed("LastName") : address)
  }

  /// The contact of that e-mail address, or of that name without one, under the same account (R50).
  private func find(_ draft: ContactDraft, _ work: PairWork) throws -> String? {
    var query: String
    if let address = try draft.fields.text("Email") {
      query = "SELECT Id FROM Contact WHERE Email = \(SOQL.literal(address))"
    } else {
      // A name alone tells nobody apart in a whole org.
      guard let name = try draft.fields.text("LastName"), !work.accountID.isEmpty else { return nil }
      let first = try draft.fields.text("FirstName")
      query =
        "SELECT Id FROM Contact WHERE Email = null AND LastName = \(SOQL.literal(name)) AND FirstName = \(SOQL.literal(orNull: first))"
    }
    if !work.accountID.isEmpty { query += " AND AccountId = \(SOQL.literal(work.accountID))" }
    return try journal.records(query + " ORDER BY Id LIMIT 1").first?.recordID
  }

  private func attach(_ contact: String, _ draft: ContactDraft, _ row: Int, _ work: PairWork) throws {
    let operation = Operation.creating(
      "add-contact-\(row)", .salesforce, rows: [row], "POST contact role of opportunity \(work.opportunityID)",
      isFinal: true)
    try journal.perform(operation, of: work) {
      let known = try journal.records(
        "SELECT Id FROM OpportunityContactRole WHERE OpportunityId = \(SOQL.literal(work.opportunityID))"
          + " AND ContactId = \(SOQL.literal(contact)) ORDER BY Id LIMIT 1")
      if let id = known.first?.recordID { return Receipt(result: id) }
      let fields = [
        FieldWrite("OpportunityId", JSONValue.string(work.opportunityID).text),
        FieldWrite("ContactId", JSONValue.string(contact).text),
        FieldWrite("IsPrimary", draft.isPrimary ? "true" : "false"),
      ]
      work.willAttach()
      return try RecordCreation(journal: journal).create("OpportunityContactRole", fields)
    }
  }
}
