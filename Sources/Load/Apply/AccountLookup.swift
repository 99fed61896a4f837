import JSON
import Model
import Wire

/// Finds the account that a draft describes: an earlier referral of the same night may have created it.
struct AccountLookup {
  let journal: ApplyJournal

  /// The one account that matches; nil when there is none, or when the draft names none (R45).
  func find(_ fields: [FieldWrite], _ match: AccountMatch) throws -> String? {
    guard let name = try fields.text("Name") else { return nil }
    let wanted = key(name, try fields.text("BillingPostalCode"), match)
    let found = try journal.records(
      "SELECT Id, Name, BillingPostalCode FROM Account WHERE Name = \(SOQL.literal(name))"
    ).filter { account in
      key(account["Name"]?.stringValue ?? "", account["BillingPostalCode"]?.stringValue, match) == wanted
    }
    guard found.count < 2 else {
      throw Ending.without(.failed, .accountAmbiguous, "several accounts are named \(name)")
    }
    return found.first?.recordID
  }

  /// What no two pairs may look up and create at a time: accounts of one name.
  static func claim(_ fields: [FieldWrite]) -> String {
    "Account " + LookupKey.account(name: fields.claimed("Name"), postalCode: "")
  }

  private func key(_ name: String, _ code: String?, _ match: AccountMatch) -> String {
    switch match {
    case .nameAndPostalCode: LookupKey.account(name: name, postalCode: code ?? "")
    case .name: LookupKey.account(name: name, postalCode: "")
    }
  }
}
