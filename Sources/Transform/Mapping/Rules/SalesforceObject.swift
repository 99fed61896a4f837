/// An object of Salesforce that a mapping file may name.
package enum SalesforceObject: String, CaseIterable, Sendable {
  case opportunity = "Opportunity"
  case account = "Account"
  /// The user who owns the opportunity; can only be read.
  case owner = "Owner"
  case contact = "Contact"
  case lead = "Lead"
  /// A note of the opportunity: each new text becomes one, and none is read back (R90).
  case note = "ContentNote"

  /// Objects whose fields a row of `fields.csv` may name.
  static let mapped: [SalesforceObject] = [.opportunity, .account, .owner, .note]
  /// Objects that a row of `defaults.csv` may name: those that are created.
  static let created: [SalesforceObject] = [.opportunity, .account, .contact, .lead]
}
