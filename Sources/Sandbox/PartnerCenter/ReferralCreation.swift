/// Creates records: the partner's own (S7) and Microsoft's connected one (S8).
struct ReferralCreation {
  let world: World

  private static let ownedByService: Set<String> = [
    "id", "organizationid", "organizationname", "createddatetime", "updateddatetime", "expirationdatetime",
    "accepteddatetime", "closeddatetime", "etag", "links", "direction", "trackinginfo", "registrationstatus",
    "@odata.context",
  ]

  /// Creates a record from what a client sent and returns it.
  ///
  /// - Throws: a `Refusal` 400 for a body that misses something, 404 for an engagement that does not exist.
  func create(_ sent: JSONObject) throws -> Referral {
    for name in ["type", "customerProfile", "consent", "details"] where sent.value(ignoringCase: name) == nil {
      throw ReferralRules.refused("'\(name)' is required.", name)
    }
    let kept = sent.members.filter { !ReferralCreation.ownedByService.contains($0.0.lowercased()) }
    var body = ReferralShape.filled(ReferralShape.empty, with: .object(JSONObject(kept.map { ($0.0, $0.1) })))
    if case .object(var root) = body, case .object(var details)? = root["details"],
      let text = details["dealValue"]?.string, case .number(let number)? = try? JSONParser.parse(text)
    {
      details["dealValue"] = .number(number)
      root["details"] = .object(details)
      body = .object(root)
    }
    try ReferralRules.checkNew(body)
    guard ["Independent", "Shared"].contains(body["type"].string) else {
      throw ReferralRules.refused("Unknown type.", "type")
    }
    let toMicrosoft = body["target"].array?.contains {
      $0["type"] == "BusinessProfileLocation" && $0["id"].string?.lowercased() == Identity.microsoft
    }
    return toMicrosoft == true ? try createMicrosofts(body) : try createOwn(body)
  }

  private func createOwn(_ body: JSONValue) throws -> Referral {
    guard case .object(var root) = body else { throw ReferralRules.refused("not an object", "referral") }
    if let engagement = root["engagementId"]?.string {
      if try ReferralReader(world: world).engagement(engagement).isEmpty { throw unknownEngagement }
    }
    root["organizationId"] = .string(Identity.organization)
    root["organizationName"] = .string(Identity.organizationName)
    root["status"] = "Active"
    root["substatus"] = "Accepted"
    root["direction"] = "Outgoing"
    root["mpnId"] = root["mpnId"] == .null ? .string(Identity.mpnId) : root["mpnId"]
    invite(&root)
    return try add(root, isAccepted: true)
  }

  private func createMicrosofts(_ body: JSONValue) throws -> Referral {
    guard case .object(var root) = body else { throw ReferralRules.refused("not an object", "referral") }
    let engagement = root["engagementId"]?.string ?? ""
    let known = try ReferralReader(world: world).engagement(engagement)
    if known.isEmpty { throw unknownEngagement }
    if known.contains(where: \.isMicrosofts) {
      throw Refusal(
        status: 409, code: "resourceModified", message: "Microsoft takes part in this engagement already.",
        fields: ["engagementId"])
    }
    root["organizationId"] = .string(Identity.microsoft)
    root["organizationName"] = "Microsoft"
    root["status"] = "New"
    root["substatus"] = "Pending"
    root["direction"] = "Incoming"
    root["externalReferenceId"] = .null
    invite(&root)
    return try add(root, isAccepted: false)
  }

  private var unknownEngagement: Refusal {
    Refusal(status: 404, code: "itemNotFound", message: "The engagement was not found.", fields: ["engagementId"])
  }

  private func invite(_ root: inout JSONObject) {
    guard case .object(var context)? = root["inviteContext"] else { return }
    context["invitedBy"] = [
      "organizationId": .string(Identity.organization), "organizationName": .string(Identity.organizationName),
    ]
    root["inviteContext"] = .object(context)
  }

  /// Gives a record its ids and stamps and stores it.
  func add(_ members: JSONObject, isAccepted: Bool) throws -> Referral {
    var root = members
    var random = try world.random("referral")
    let id = GUID.make(&random)
    let engagement = root["engagementId"]?.string?.lowercased() ?? GUID.make(&random)
    let created = ReferralStamps.text(try world.tick(), &random)
    root["id"] = .string(id)
    root["engagementId"] = .string(engagement)
    root["createdDateTime"] = .string(created)
    root["updatedDateTime"] = .string(created)
    if root["status"] == "New", root["expirationDateTime"]?.isNull ?? true {
      root["expirationDateTime"] = .string(try world.now.adding(days: 14).zulu)
    }
    root["acceptedDateTime"] = isAccepted ? .string(created) : .null
    root["eTag"] = .string(ReferralStamps.eTag(&random))
    root["links"] = ReferralShape.links(id: id, engagement: engagement)
    return try ReferralReader(world: world).add(.object(root))
  }
}
