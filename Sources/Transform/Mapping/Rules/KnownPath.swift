/// A path of the referral that a mapping may name, with what Partner Center allows there.
struct KnownPath: Sendable {
  /// The dotted path.
  let path: String
  /// What stands there.
  let kind: Kind
  /// What may be written there, and when.
  let access: Access

  /// The type of the value on the wire.
  enum Kind: Sendable {
    case text
    case number
    case boolean
    case date
  }

  /// When Partner Center takes a value.
  enum Access: Sendable {
    /// Never: Partner Center owns it.
    case readOnly
    /// Never by a field's row: `stages.csv` decides.
    case stages
    /// When the referral is created, not later.
    case creation
    /// From off to on, never back.
    case oneWay
    /// Any time before the referral is closed.
    case open
  }

  /// The known path of this spelling, in which case counts; nil when there is none.
  static func named(_ path: String) -> KnownPath? { byPath[path] }

  /// All known paths.
  static let all: [KnownPath] =
    make(.text, .readOnly, readOnlyTexts) + make(.date, .readOnly, readOnlyDates)
    + make(.boolean, .readOnly, ["isSpam", "customerProfile.isMatchingComplete", "details.customerRequestedContact"])
    + make(.text, .stages, ["status", "substatus"])
    + make(.text, .creation, creationTexts) + make(.boolean, .creation, creationFlags)
    + make(.boolean, .oneWay, ["consent.consentToShareReferralWithMicrosoftSellers"])
    + make(.text, .oneWay, ["inviteContext.assistanceRequestCode", "inviteContext.notes"])
    + make(.text, .creation, ServicesAttribute.allCases.map(\.path))
    + make(.text, .open, openTexts) + make(.boolean, .open, ["favorite"])
    + make(.number, .open, ["details.dealValue"]) + make(.date, .open, ["details.closingDateTime"])

  private static let byPath = Dictionary(uniqueKeysWithValues: all.map { ($0.path, $0) })

  private static func make(_ kind: Kind, _ access: Access, _ paths: [String]) -> [KnownPath] {
    paths.map { KnownPath(path: $0, kind: kind, access: access) }
  }

  private static let readOnlyTexts = [
    "id", "engagementId", "organizationId", "organizationName", "direction", "quality", "referralSource",
    "callToAction", "referralProgram", "dealSensitivity", "createdVia", "lastModifiedVia", "registrationStatus", "eTag",
    "details.incentiveLevel", "details.customerAction", "inviteContext.invitedBy.organizationId",
    "inviteContext.invitedBy.organizationName", "trackingInfo.microsoftMsxId",
    "trackingInfo.microsoftUSFedOpportunityId", "trackingInfo.microsoftUSFedLeadId",
    "trackingInfo.migratedPSCDealId", "trackingInfo.migratedPSCPartnerDealId",
  ]

  private static let readOnlyDates = [
    "createdDateTime", "updatedDateTime", "expirationDateTime", "acceptedDateTime", "closedDateTime",
  ]

  private static let creationTexts = [
    "mpnId", "type", "qualification", "customerProfile.name", "customerProfile.size",
    "customerProfile.address.addressLine1", "customerProfile.address.addressLine2", "customerProfile.address.city",
    "customerProfile.address.state", "customerProfile.address.region", "customerProfile.address.postalCode",
    "customerProfile.address.country", "inviteContext.invitedMpnId",
  ]

  private static let creationFlags = [
    "consent.consentToToShareInfoWithOthers", "consent.consentToContact",
    "consent.consentToMicrosoftToContactSpecificPartners",
  ]

  private static let openTexts = [
    "name", "externalReferenceId", "campaignId", "statusReason", "salesStage", "details.notes", "details.currency",
  ]
}
