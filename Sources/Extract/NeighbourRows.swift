import Ledger
import Model

/// Turns accounts, contacts and catalogue rows into rows of the snapshot, each under what it is looked up by.
struct NeighbourRows {
  private let assembler = RowAssembler()

  /// The row of a neighbour whose texts are in its shape's order.
  func row(_ shape: Shape, _ texts: [String]) -> SnapshotRow {
    let record = Record(id: texts.first ?? "", shape: shape, values: texts)
    let id = SalesforceID.normalized(record.id) ?? record.id.lowercased()
    return assembler.row(id: id, partner: partner(record), texts: texts)
  }

  private func partner(_ record: Record) -> String {
    switch record.shape.kind {
    case .account: LookupKey.account(name: record["Name"], postalCode: record["BillingPostalCode"])
    case .contact: LookupKey.contact(email: record["Email"])
    case .user: record["IsActive"].lowercased() == "false" ? "" : LookupKey.contact(email: record["Email"])
    case .solution: LookupKey.solution(identifier: record["Solution_Identifier__c"])
    case .lead: LookupKey.lead(referral: record["Referral_Identifier__c"])
    case .connected: record["engagementId"].lowercased()
    case .referral, .opportunity: ""
    }
  }
}
