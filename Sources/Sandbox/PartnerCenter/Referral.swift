import GRDB

/// One record of the Partner Center side.
struct Referral {
  /// Its place in the order of creation.
  let seq: Int
  var body: JSONValue

  var id: String { body["id"].string ?? "" }
  var eTag: String { body["eTag"].string ?? "" }
  var engagement: String { body["engagementId"].string ?? "" }
  var isMicrosofts: Bool { body["organizationId"].string == Identity.microsoft }
  var status: String { body["status"].string ?? "" }
  var substatus: String { body["substatus"].string ?? "" }
  /// Whether Microsoft's sellers see the deal.
  var isShared: Bool { body["consent"]["consentToShareReferralWithMicrosoftSellers"].bool ?? false }

  /// The requested kind of help, nil where none is asked for.
  var help: String? {
    let code = body["inviteContext"]["assistanceRequestCode"].string
    return code == "Unknown" || code?.isEmpty == true ? nil : code
  }
}
