/// Everything that has to be so before a night can be trusted, in the order in which it is told.
///
/// The raw value is the name in the JSON lines. `Precondition+Table.swift` says of each what it needs and why it matters.
package enum Precondition: String, CaseIterable, Sendable, Hashable {
  case configuration
  case privateFiles = "private-files"
  case folders
  case disk

  case mappingFiles = "mapping-files"
  case differingStages = "differing-stages"
  case consent

  case ledger
  case parties
  case lock
  case unfinishedApply = "unfinished-apply"
  case waitingPlan = "waiting-plan"

  case partnerCenterKeys = "partner-center-keys"
  case partnerCenterSecrets = "partner-center-secrets"
  case partnerCenterSignIn = "partner-center-sign-in"
  case tokenAge = "token-age"
  case referrals
  case role
  case organization

  case salesforceKeys = "salesforce-keys"
  case salesforceSecrets = "salesforce-secrets"
  case salesforceSignIn = "salesforce-sign-in"
  case apiVersion = "api-version"
  case apiQuota = "api-quota"
  case objects
  case recordAccess = "record-access"
  case customFields = "custom-fields"
  case syncField = "sync-field"
  case solutions
  case notes
  case teams
  case stages
  case country
  case currency
  case mappingFit = "mapping-fit"

  case renewedTokens = "renewed-tokens"
  case clock
  case canaries
}

extension Precondition {
  /// What belongs together when it is told.
  package enum Group: String, CaseIterable, Sendable {
    case workspace = "Workspace"
    case mapping = "Mapping"
    case ledger = "Ledger"
    case partnerCenter = "Partner Center"
    case salesforce = "Salesforce"
    case bothServices = "Both services"
  }

  /// What the table says of a precondition.
  package struct Row: Sendable {
    /// Where it is told.
    package let group: Group
    /// A few words.
    package let title: String
    /// What must be known before it can be looked at.
    package let needs: [Precondition]
    /// Why it matters, in a sentence.
    package let why: String

    init(_ group: Group, _ title: String, needs: [Precondition] = [], why: String) {
      self.group = group
      self.title = title
      self.needs = needs
      self.why = why
    }
  }

  /// Whether a service has to be asked, itself or for what it needs.
  package var asksServices: Bool {
    switch self {
    case .partnerCenterSignIn, .salesforceSignIn, .clock, .canaries: true
    case .configuration, .privateFiles, .folders, .disk, .mappingFiles, .differingStages, .consent, .ledger, .parties,
      .lock, .unfinishedApply, .waitingPlan, .partnerCenterKeys, .partnerCenterSecrets, .tokenAge, .referrals, .role,
      .organization, .salesforceKeys, .salesforceSecrets, .apiVersion, .apiQuota, .objects, .recordAccess,
      .customFields, .syncField, .solutions, .notes, .teams, .stages, .country, .currency, .mappingFit,
      .renewedTokens:
      row.needs.contains(where: \.asksServices)
    }
  }
}
