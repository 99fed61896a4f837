/// A column that is read of every record that is judged: each shape knows at once where it stands.
package enum KnownColumn: Int, CaseIterable, Sendable {
  case name
  case status
  case substatus
  case type
  case qualification
  case inviter
  case help
  case visibility
  case organization
  case engagement
  case stage
  case isClosed
  case isWon
  case contacts
  case solutions
  case team

  /// The column's name on its side.
  package var name: String {
    switch self {
    case .name: "name"
    case .status: "status"
    case .substatus: "substatus"
    case .type: "type"
    case .qualification: "qualification"
    case .inviter: "inviteContext.invitedBy.organizationId"
    case .help: "inviteContext.assistanceRequestCode"
    case .visibility: "consent.consentToShareReferralWithMicrosoftSellers"
    case .organization: "organizationId"
    case .engagement: "engagementId"
    case .stage: "StageName"
    case .isClosed: "IsClosed"
    case .isWon: "IsWon"
    case .contacts: "OpportunityContactRoles"
    case .solutions: "Opportunity_To_Microsoft_Solutions__r"
    case .team: "OpportunityTeamMembers"
    }
  }
}
