/// The full shape of a referral, in the order in which the service writes its members.
enum ReferralShape {
  static let empty: JSONValue = [
    "id": nil, "engagementId": nil, "name": nil, "organizationId": nil, "organizationName": nil,
    "lastModifiedVia": nil, "lastRunId": nil, "externalReferenceId": nil, "createdDateTime": nil,
    "updatedDateTime": nil, "expirationDateTime": nil, "status": nil, "substatus": nil, "statusReason": nil,
    "qualification": nil, "type": nil, "referralSource": nil, "eTag": nil, "favorite": false, "campaignId": nil,
    "salesStage": nil, "quality": "Unknown", "isSpam": false, "direction": nil, "mpnId": nil,
    "referralProgram": nil, "dealSensitivity": "None", "createdVia": nil, "tags": [], "acceptedDateTime": nil,
    "closedDateTime": nil, "callToAction": nil, "registrationStatus": "None", "target": [],
    "customerProfile": [
      "name": nil, "size": "", "isMatchingComplete": false,
      "address": [
        "addressLine1": nil, "addressLine2": nil, "city": nil, "state": nil, "postalCode": nil, "country": nil,
        "region": nil,
      ], "team": [], "ids": [],
    ],
    "consent": [
      "consentToToShareInfoWithOthers": false, "consentToContact": false,
      "consentToShareReferralWithMicrosoftSellers": false,
    ],
    "details": [
      "notes": nil, "dealValue": nil, "currency": nil, "closingDateTime": nil, "customerRequestedContact": nil,
      "customerAction": nil, "incentiveLevel": nil,
      "requirements": [
        "industries": [], "products": [], "services": [], "solutions": [], "offers": [], "salesPlays": [],
        "additionalRequirements": ["iot": [:]],
      ],
    ], "team": [],
    "inviteContext": [
      "notes": nil, "assistanceRequestCode": "Unknown", "invitedMpnId": nil,
      "invitedBy": ["organizationId": nil, "organizationName": nil],
    ], "links": [:],
    "trackingInfo": [
      "microsoftMsxId": nil, "microsoftUSFedOpportunityId": nil, "microsoftUSFedLeadId": nil,
      "migratedPSCDealId": nil, "migratedPSCPartnerDealId": nil,
    ], "registrations": [],
  ]

  static let rootNames = Set(empty.object?.keys ?? [])

  /// The full shape with the members that no record has from the start, and a number where one belongs.
  static let whole: JSONValue = filled(
    empty,
    with: [
      "consent": ["consentToMicrosoftToContactSpecificPartners": nil],
      "details": ["dealValue": 0, "requirements": ["additionalRequirements": ["attributes": []]]],
    ])

  static let member: JSONValue = [
    "firstName": nil, "lastName": nil, "phoneNumber": nil, "email": nil, "title": nil,
    "contactPreference": ["locale": nil, "disableNotifications": nil],
  ]

  static let solution: JSONValue = [
    "id": nil, "name": nil, "type": "Name", "price": nil, "quantity": nil, "currency": nil, "publisherName": nil,
    "solutionType": nil, "closingDateTime": nil,
  ]

  static let registration: JSONValue = [
    "id": nil, "registrationDateTime": nil, "status": nil, "statusReason": nil, "type": nil,
    "contract": [
      "value": 0, "currency": nil, "startDateTime": nil, "endDateTime": nil, "signDateTime": nil, "term": nil,
    ], "solutionDetails": [],
    "statusHistory": [
      "reviewPendingDateTime": nil, "actionRequiredDateTime": nil, "passedDateTime": nil, "failedDateTime": nil,
      "approvedDateTime": nil,
    ],
  ]

  static let registeredSolution: JSONValue = [
    "id": nil, "name": nil, "value": 0, "currency": nil, "isDeployedOnAzure": nil, "primaryDeploymentOn": nil,
    "pricingModel": nil,
    "marketplaceTransactionDetails": ["isMarketplaceTransacted": nil, "marketplaceTransactionDateTime": nil],
  ]

  /// A shape filled with what a client sent; names are compared without regard to case, unknown ones are kept.
  static func filled(_ shape: JSONValue, with sent: JSONValue) -> JSONValue {
    guard case .object(var members) = shape, case .object(let given) = sent else { return sent }
    for (key, value) in given.members {
      let name = members.spelling(of: key) ?? key.prefix(1).lowercased() + key.dropFirst()
      members[name] = filled(element(of: members[name] ?? .null), with: value)
      if case .array(let items) = value {
        members[name] = .array(items.map { filled(itemShape(of: name), with: $0) })
      }
    }
    return .object(members)
  }

  /// The links that every record carries.
  static func links(id: String, engagement: String) -> JSONValue {
    let base = "https://api.partner.microsoft.com/v1.0/engagements/referrals"
    return [
      "relatedReferrals": ["uri": .string("\(base)?$filter=engagementId eq \(engagement)"), "method": "GET"],
      "self": ["uri": .string("\(base)/\(id)"), "method": "GET"],
    ]
  }

  private static func element(of shape: JSONValue) -> JSONValue {
    if case .object = shape { shape } else { .null }
  }

  /// The shape of the elements of a list.
  static func itemShape(of list: String) -> JSONValue {
    switch list {
    case "team": member
    case "solutions": solution
    case "registrations": registration
    case "solutionDetails": registeredSolution
    default: .null
    }
  }
}
