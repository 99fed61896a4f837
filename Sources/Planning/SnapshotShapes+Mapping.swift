package import Extract
import Model
package import Transform

extension SnapshotShapes {
  /// The columns that a mapping and the rules ask for.
  package init(mapping: Mapping, readsAll: Bool) {
    let mapped = mapping.fields.compactMap(\.salesforceField).filter { $0.object != .note }
    let sync = mapping.field(.syncFlag).salesforceField?.name ?? "Sync_With_Partner_Center__c"
    let identifier = mapping.field(.referralIdentifier).salesforceField?.name ?? "Referral_Identifier__c"
    let currency = mapping.field(.currency).salesforceField?.column
    self.init(
      referral: Shape(
        kind: .referral, columns: Self.referralRules + mapping.fields.flatMap(\.referralPath.alternatives)),
      opportunity: Shape(
        kind: .opportunity,
        columns: Self.opportunityRules + [sync, identifier]
          + mapped.filter { $0 != mapping.field(.audit).salesforceField }.map(\.column)
          + [Self.contactsColumn, Self.solutionsColumn]
          + (mapping.settings.syncTeam == .never ? [] : [Self.teamColumn])),
      optional: Set(Self.optionalRules + [currency].compactMap(\.self)), readsAll: readsAll,
      fields: (sync, identifier))
    readsLeads = mapping.settings.makesLeads
  }

  /// What the rules themselves read of a referral.
  private static let referralRules = [
    "id", "eTag", "engagementId", "organizationId", "name", "externalReferenceId", "createdDateTime",
    "updatedDateTime", "expirationDateTime", "status", "substatus", "statusReason", "qualification", "type",
    "direction",
    "inviteContext.assistanceRequestCode", "inviteContext.invitedBy.organizationId",
    "consent.consentToShareReferralWithMicrosoftSellers", "customerProfile.team", "details.requirements.solutions",
    "team", "details.notes", "customerProfile.name", "customerProfile.address.addressLine1",
    "customerProfile.address.city", "customerProfile.address.state", "customerProfile.address.postalCode",
    "customerProfile.address.country",
  ]

  /// What the rules themselves read of an opportunity.
  private static let opportunityRules = [
    "Id", "Name", "StageName", "IsClosed", "IsWon", "LastModifiedDate", "LastModifiedBy.Name", "AccountId",
    "Account.LastModifiedDate", "Owner.FirstName", "Owner.LastName", "Owner.Email", "Owner.Phone",
  ]

  /// What an org or an export may lack without harm: the deal is then compared without it.
  private static let optionalRules = [
    "LastModifiedBy.Name", "Account.LastModifiedDate", "Owner.FirstName", "Owner.LastName", "Owner.Email",
    "Owner.Phone", contactsColumn, solutionsColumn, teamColumn,
  ]
}
