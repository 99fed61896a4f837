package import Model

/// The columns that a run reads of each kind of record.
package struct SnapshotShapes: Sendable, Hashable {
  /// Columns of the referral: dotted paths of Partner Center's JSON.
  package let referral: Shape
  /// Columns of the opportunity: API names, with parents in front (`Account.Name`), and the two joined columns.
  package let opportunity: Shape
  /// Columns that an org may lack: a field of an edition or of an older package.
  ///
  /// They are left out then.
  package let optional: Set<String>
  /// Whether leads are read: they are where leads become leads (R49).
  package var readsLeads = false
  /// Whether every opportunity is read, or only those that take part in co-selling.
  package let readsAll: Bool
  /// The field that ticks an opportunity for Partner Center (R1), and the one that holds the referral's id (R12).
  package let syncField: String
  package let referralField: String

  /// The shapes that a mapping asks for.
  package init(
    referral: Shape, opportunity: Shape, optional: Set<String>, readsAll: Bool,
    fields: (sync: String, referral: String)
  ) {
    self.referral = referral
    self.opportunity = opportunity
    self.readsAll = readsAll
    self.optional = optional
    syncField = fields.sync
    referralField = fields.referral
  }

  /// The opportunity's columns that come from its own object and its parents, not from a join.
  package var ownColumns: [String] {
    opportunity.columns.filter { !Self.lists.contains($0) }
  }

  /// The opportunity's shape without the columns that a source lacks.
  ///
  /// - Throws: `Failure` with `fieldMissingInOrg` that names every column that is missing and is not optional.
  package func opportunity(lacking missing: [String], in place: String) throws -> Shape {
    let required = missing.filter { !optional.contains($0) && !Self.lists.contains($0) }
    guard required.isEmpty else {
      throw Failure(
        .fieldMissingInOrg, "\(place) has no \(required.joined(separator: ", "))",
        fix: "add it there, or empty its salesforce_field in mappings/fields.csv so that it is not mapped")
    }
    return Shape(kind: .opportunity, columns: opportunity.columns.filter { !missing.contains($0) })
  }

  /// An account as a new opportunity may need it.
  package static let account = Shape(kind: .account, columns: ["Id", "Name", "BillingPostalCode", "BillingCountry"])
  /// A contact as a new contact role may need it.
  package static let contact = Shape(
    kind: .contact, columns: ["Id", "FirstName", "LastName", "Email", "Phone", "AccountId"])
  /// A row of the solution catalogue.
  package static let solution = Shape(
    kind: .solution, columns: ["Id", "Name", "Solution_Identifier__c", "Type__c", "Publisher_Name__c"])

  /// Microsoft's record of a deal, as a report shows it (R74).
  package static let connected = Shape(
    kind: .connected,
    columns: [
      "id", "engagementId", "organizationId", "status", "substatus", "expirationDateTime",
      "trackingInfo.microsoftMsxId", "team",
    ])
  /// A lead that was made for a referral, as far as it is looked at again (R49).
  package static let lead = Shape(
    kind: .lead,
    columns: ["Id", "Company", "Status", "IsConverted", "ConvertedOpportunityId", "Referral_Identifier__c"])
  /// A user as an opportunity's team may need one.
  package static let user = Shape(
    kind: .user, columns: ["Id", "FirstName", "LastName", "Email", "Phone", "IsActive"])

  /// The columns that come from a join: a source may know nothing of them.
  private static let lists: Set<String> = [contactsColumn, solutionsColumn, teamColumn]

  /// The column that holds an opportunity's team, as a JSON array; an org without opportunity teams lacks it (R91).
  package static let teamColumn = "OpportunityTeamMembers"
  /// The column that holds an opportunity's contacts, as a JSON array; the primary one first.
  package static let contactsColumn = "OpportunityContactRoles"
  /// The column that holds an opportunity's solution lines, as a JSON array.
  package static let solutionsColumn = "Opportunity_To_Microsoft_Solutions__r"
}
