/// The facts of one seeded deal, from which both its referral and its opportunity are written.
struct Deal: Sendable {
  let number: Int
  let seed: UInt64
  var name: String
  var customer: String
  let place: Place
  let street: String
  let postalCode: String
  let givenName: String
  let familyName: String
  let contactMail: String
  let contactPhone: String
  var hasContact = true
  /// The decimal text of the value, nil for none.
  var value: String?
  var currency: String
  var country: String?
  /// The closing moment in UTC; its day is the close date.
  var closing: Stamp
  var notes: String?
  /// The code of the help asked for, nil for none.
  var help: String?
  var isVisible = true
  /// Indices into the catalogue.
  var solutions: [Int]
  let seller: Int
  var status = "Active"
  var substatus = "Accepted"
  var stage: String
  var type = "Independent"
  var qualification = "SalesQualified"
  var isIncoming = false
  var inviter: String? = Identity.organization
  var hasReferral = true
  var hasOpportunity = true
  /// The opportunity that the referral names; nil for none.
  var reference: String?
  /// The referral that the opportunity names; nil for none.
  var referralReference: String?
  var isTicked = true
  let created: Stamp
  var updatedReferral: Stamp
  var updatedOpportunity: Stamp
  /// Changes with every change of the referral.
  var version = 0

  var referralId: String { GUID.make(seed: seed ^ 0x2EFE_22A1, stream: UInt64(number)) }
  var engagementId: String { GUID.make(seed: seed ^ 0xE26A_6E3E, stream: UInt64(number)) }
  var opportunityId: String { SalesforceID.make(prefix: "006", number: number + 1) }
  var accountId: String { SalesforceID.make(prefix: "001", number: number + 1) }
  var contactId: String { SalesforceID.make(prefix: "003", number: number + 1) }
  var link: String { "https://api.partner.microsoft.com/v1.0/engagements/referrals/\(referralId)" }

  /// Whether Microsoft has its own record in the engagement.
  var hasConnectedRecord: Bool { type == "Shared" }

  /// R81: the org's wording of the help asked for.
  var helpLabel: String? {
    help.flatMap { code in Deal.helpCodes.firstIndex(of: code).map { OpportunityPackageFields.help[$0] } }
  }

  static let helpCodes = [
    "WorkloadSpecificValueProposition", "CustomerTechnicalArchitecture", "ProofOfConceptOrDemo", "QuotesOrLicensing",
    "PostSalesCustomerSuccess", "GeneralOrOther",
  ]
}
