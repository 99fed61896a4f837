/// Writes the referral of a deal as JSON text in the full shape and order of the service, with its quirks (S20).
///
/// The text is put together from bytes without a value in between, so that a million records take seconds.
struct ReferralText {
  private(set) var bytes: [UInt8] = []

  /// Empties the buffer but keeps its memory.
  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  mutating func append(raw text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func text(_ name: StaticString, _ value: String?) {
    literal(name)
    if let value { JSONValue.appendQuoted(value, to: &bytes) } else { literal("null") }
  }

  /// A member without a value, in one of the three ways in which the service writes that (S20).
  private mutating func nothing(_ name: StaticString, _ way: Int) {
    switch way % 3 {
    case 0: text(name, nil)
    case 1: text(name, "")
    default: break
    }
  }

  private mutating func literal(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends the own referral of a deal.
  mutating func append(_ deal: Deal) {
    var random = SplitMix64(seed: deal.seed ^ 0x7E87, stream: UInt64(deal.number * 64 + deal.version))
    appendHead(deal, &random)
    appendCustomer(deal)
    appendDetails(deal)
    appendTail(deal)
  }

  private mutating func appendHead(_ deal: Deal, _ random: inout SplitMix64) {
    let accepted = deal.status == "New" ? nil : ReferralStamps.text(deal.created, &random)
    text("{\"id\":", deal.referralId)
    text(",\"engagementId\":", deal.engagementId)
    text(",\"name\":", random.percent(3) || deal.number % 12 == 4 ? deal.name + " " : deal.name)
    text(",\"organizationId\":", Identity.organization)
    text(",\"organizationName\":", Identity.organizationName)
    literal(",\"lastModifiedVia\":null,\"lastRunId\":null")
    if let reference = deal.reference {
      text(",\"externalReferenceId\":", reference)
    } else {
      nothing(",\"externalReferenceId\":", deal.number)
    }
    text(",\"createdDateTime\":", ReferralStamps.text(deal.created, digits: deal.number % 8, &random))
    text(",\"updatedDateTime\":", ReferralStamps.text(deal.updatedReferral, &random))
    text(",\"expirationDateTime\":", deal.status == "New" ? deal.updatedReferral.adding(days: 14).zulu : nil)
    text(",\"status\":", deal.status)
    text(",\"substatus\":", deal.substatus)
    nothing(",\"statusReason\":", deal.number)
    text(",\"qualification\":", deal.qualification)
    text(",\"type\":", deal.type)
    literal(",\"referralSource\":null")
    text(",\"eTag\":", ReferralStamps.eTag(&random))
    literal(",\"favorite\":false")
    nothing(",\"campaignId\":", deal.number + 1)
    nothing(",\"salesStage\":", deal.number + 2)
    literal(",\"quality\":\"Unknown\",\"isSpam\":false")
    text(",\"direction\":", deal.isIncoming ? "Incoming" : "Outgoing")
    text(",\"mpnId\":", Identity.mpnId)
    literal(",\"referralProgram\":null,\"dealSensitivity\":\"None\",\"createdVia\":null,\"tags\":[]")
    text(",\"acceptedDateTime\":", accepted)
    text(",\"closedDateTime\":", deal.status == "Closed" ? ReferralStamps.text(deal.updatedReferral, &random) : nil)
    literal(",\"callToAction\":null,\"registrationStatus\":\"None\"")
  }

  private mutating func appendCustomer(_ deal: Deal) {
    text(",\"target\":[{\"type\":\"SolutionProfile\",\"id\":", Solution.all[deal.solutions.first ?? 0].identifier)
    text("}],\"customerProfile\":{\"name\":", ReferralText.escapedForHTML(deal.customer))
    nothing(",\"size\":", deal.number + 1)
    literal(",\"isMatchingComplete\":false")
    text(",\"address\":{\"addressLine1\":", deal.street)
    nothing(",\"addressLine2\":", deal.number)
    text(",\"city\":", deal.place.city)
    let isInRegion = deal.number % (deal.place.country == "US" ? 2 : 3) == 0
    text(",\"state\":", isInRegion ? nil : deal.place.state)
    text(",\"postalCode\":", deal.postalCode)
    text(",\"country\":", deal.country)
    text(",\"region\":", isInRegion ? deal.place.state : nil)
    literal("},\"team\":[")
    if deal.hasContact { appendMember(deal.givenName, deal.familyName, deal.contactPhone, deal.contactMail) }
    switch deal.number % 10 {
    case 3: literal("],\"ids\":{}}")
    case 6:
      text("],\"ids\":[{\"profileType\":\"Duns\",\"id\":", Stamp.padded(deal.number % 1_000_000_000, 9))
      literal("}]}")
    default: literal("],\"ids\":[]}")
    }
    literal(",\"consent\":{\"consentToToShareInfoWithOthers\":true,\"consentToContact\":true,")
    literal("\"consentToShareReferralWithMicrosoftSellers\":")
    if deal.isVisible { literal("true}") } else { literal("false}") }
  }

  private mutating func appendMember(_ given: String, _ family: String, _ phone: String, _ mail: String) {
    text("{\"firstName\":", given)
    text(",\"lastName\":", family)
    text(",\"phoneNumber\":", phone)
    text(",\"email\":", mail)
    literal(",\"title\":null,\"contactPreference\":{\"locale\":null,\"disableNotifications\":null}}")
  }

  private mutating func appendDetails(_ deal: Deal) {
    literal(",\"details\":{\"dealValue\":")
    append(raw: deal.value ?? "0")
    text(",\"currency\":", deal.currency)
    text(",\"closingDateTime\":", deal.closing.zulu)
    if let notes = deal.notes { text(",\"notes\":", notes) } else { nothing(",\"notes\":", deal.number) }
    literal(",\"customerRequestedContact\":null,\"customerAction\":null,\"incentiveLevel\":null")
    literal(",\"requirements\":{\"industries\":[],\"products\":[],\"services\":[],\"solutions\":[")
    for (index, number) in deal.solutions.enumerated() {
      let solution = Solution.all[number]
      if index > 0 { literal(",") }
      text("{\"id\":", solution.identifier)
      text(",\"name\":", solution.name)
      literal(",\"type\":\"Name\",\"price\":null,\"quantity\":null,\"currency\":null")
      text(",\"publisherName\":", solution.publisher)
      text(",\"solutionType\":", solution.type)
      literal(",\"closingDateTime\":null}")
    }
    literal(
      "],\"offers\":[],\"salesPlays\":[],\"additionalRequirements\":{\"iot\":{\"customerLicenseAgreementNumber\":")
    literal("null,\"deviceCategory\":null,\"siliconType\":null,\"azureCertifiedDevice\":false,")
    literal("\"attachServices\":false}}}}")
  }

  private mutating func appendTail(_ deal: Deal) {
    let seller = Seller.all[deal.seller]
    literal(",\"team\":[")
    appendMember(seller.firstName, seller.lastName, seller.phone, seller.email)
    text("],\"inviteContext\":{\"notes\":null,\"assistanceRequestCode\":", deal.help ?? "Unknown")
    text(",\"invitedMpnId\":", Identity.mpnId)
    text(",\"invitedBy\":{\"organizationId\":", deal.inviter)
    text(
      ",\"organizationName\":",
      deal.inviter.map { $0 == Identity.microsoft ? "Microsoft" : Identity.organizationName })
    literal(
      "}},\"links\":{\"relatedReferrals\":{\"uri\":\"https://api.partner.microsoft.com/v1.0/engagements/referrals")
    literal("?$filter=engagementId eq ")
    append(raw: deal.engagementId)
    text("\",\"method\":\"GET\"},\"self\":{\"uri\":", deal.link)
    literal(",\"method\":\"GET\"}},\"trackingInfo\":{\"microsoftMsxId\":null,\"microsoftUSFedOpportunityId\":null,")
    literal("\"microsoftUSFedLeadId\":null,\"migratedPSCDealId\":null,\"migratedPSCPartnerDealId\":null},")
    literal("\"registrations\":[]}")
  }

  /// The service writes the ampersands of some names as HTML does.
  private static func escapedForHTML(_ name: String) -> String {
    name.utf8.contains(UInt8(ascii: "&")) ? name.replacing("&", with: "&amp;") : name
  }
}
