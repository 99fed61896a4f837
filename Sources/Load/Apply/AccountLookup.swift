import Model
import Wire

/// Finds the account that a draft describes: an earlier referral of the same night may have created it.
struct AccountLookup {
  let journal: ApplyJournal

  /// The one account of that name and postal code; nil when there is none, or when the draft names none (R45).
  func find(_ fields: [FieldWrite]) throws -> String? {
    guard let name = try fields.text("Name") else { return nil }
    let code = try fields.text("BillingPostalCode").map(SOQL.literal) ?? "null"
    let found = try journal.records(
      "SELECT Id FROM Account WHERE Name = \(SOQL.literal(name)) AND BillingPostalCode = \(code) LIMIT 2")
    guard found.count < 2 else {
      throw Ending.without(.failed, .accountAmbiguous, "several accounts are named \(name)")
    }
    return found.first?.recordID
  }
}
