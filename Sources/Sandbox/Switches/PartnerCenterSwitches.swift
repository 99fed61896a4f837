/// `/_sandbox/partner-center`: where the documentation of Partner Center leaves a choice, and faults of its data.
struct PartnerCenterSwitches: SwitchGroup {
  static let name = "partner-center"

  /// How many records a page of the list has (S4).
  var pageSize = 100
  /// How the link to the next page looks (S4).
  var nextLink = NextLink.mixed
  /// After so many pages a list ends as if it were complete, 0 for never (S19).
  var lastPage = 0
  /// What `@odata.count` says where `$count` is not asked for.
  var count = Count.page
  /// The status of a creation (S7): 200, 201 or 202.
  var createdStatus = 201
  /// The status of a change of a closed record (S11): 400 or 409.
  var closedStatus = 400
  /// What becomes of a write to a locked field (S12).
  var lockedFields = LockedFields.refuse
  /// What becomes of the refresh token with each sign-in.
  var refreshTokens = RefreshTokens.rotate
  /// What becomes of a device code that nobody decides on.
  var deviceCodes = DeviceDecision.wait
  /// Seconds that a client is told to wait between two questions for a device code.
  var deviceInterval = 5
  /// Where `ResourceUri` of a callback points (S23).
  var webhookResourceUri = ResourceUri.documented
  /// Whether callbacks are signed as they should be (S23).
  var webhookSignature = Signature.right
  /// Which certificate callbacks name (S23).
  var webhookCertificate = CallbackCertificate.dispatch
  /// In which order events are delivered that wait together.
  var webhookOrder = Order.raised

  /// Whether callbacks are sent by themselves, or when the control API says so.
  var webhookDelivery = Delivery.automatic
  /// How often each callback is sent: duplicates do happen.
  var webhookCopies = 1

  enum NextLink: String, Codable {
    /// As it should be.
    case right
    /// As documented: without encryption and without `/engagements`, which leads nowhere.
    case documented
    /// By turns right and as documented.
    case mixed
    /// To another host.
    case foreignHost = "foreign-host"
    /// Back to the page on which it stands.
    case loop
  }

  enum Count: String, Codable {
    /// The records on this page.
    case page
    /// The records of all pages.
    case total
  }

  enum LockedFields: String, Codable {
    case refuse
    /// The rest of the request takes effect.
    case ignore
  }

  enum RefreshTokens: String, Codable {
    /// The same one is answered again.
    case keep
    /// A new one with each sign-in; old ones stay good.
    case rotate
    /// A new one with each sign-in; an old one stays good until the new one is used.
    case rotateUntilUsed = "rotate-until-used"
    /// A new one with each sign-in; the old one is revoked at once.
    case rotateAndRevoke = "rotate-and-revoke"
  }

  enum DeviceDecision: String, Codable {
    case wait
    /// As if a person had approved it at once.
    case approve
    case deny
  }

  enum ResourceUri: String, Codable {
    /// On the host of the webhooks, as documented.
    case documented
    /// The address of the record in the Referrals API.
    case api
  }

  enum Delivery: String, Codable {
    case automatic
    case manual
  }

  enum Signature: String, Codable {
    case right
    /// Over other bytes than the body.
    case wrong
  }

  enum Order: String, Codable {
    case raised
    case reversed
  }

  enum CodingKeys: String, CodingKey {
    case pageSize = "page_size"
    case nextLink = "next_link"
    case lastPage = "last_page"
    case count
    case createdStatus = "created_status"
    case closedStatus = "closed_status"
    case lockedFields = "locked_fields"
    case refreshTokens = "refresh_tokens"
    case deviceCodes = "device_codes"
    case deviceInterval = "device_interval"
    case webhookResourceUri = "webhook_resource_uri"
    case webhookSignature = "webhook_signature"
    case webhookCertificate = "webhook_certificate"
    case webhookOrder = "webhook_order"
    case webhookDelivery = "webhook_delivery"
    case webhookCopies = "webhook_copies"
  }

  var mistake: String? {
    if !(1...1000).contains(pageSize) { return "a page has from 1 to 1000 records" }
    if lastPage < 0 { return "must not be negative" }
    if ![200, 201, 202].contains(createdStatus) { return "must be 200, 201 or 202" }
    if ![400, 409].contains(closedStatus) { return "must be 400 or 409" }
    if !(1...60).contains(deviceInterval) { return "must be from 1 to 60 seconds" }
    if !(1...10).contains(webhookCopies) { return "from 1 to 10 copies are sent" }
    return nil
  }
}

extension World {
  /// The switches of the Partner Center side as they are now.
  var partnerCenterSwitches: PartnerCenterSwitches { get throws { try SwitchBoard(world: self).values } }
}
