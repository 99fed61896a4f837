import GRDB

/// What Microsoft's sellers do with the connected records (S18), and what time does to unanswered ones (S17).
struct MicrosoftSide {
  let world: World

  /// The steps that the control API can take in Microsoft's name.
  enum Action: String {
    case accept
    case decline
    case win
    case invite
  }

  private var reader: ReferralReader { ReferralReader(world: world) }

  /// Takes a step on the record connected with a referral, or makes that record; answers its id.
  ///
  /// A `reason` goes into the record that Microsoft declines.
  func act(_ action: Action, on id: String, reason: String? = nil) throws -> String {
    let named = try reader.referral(id)
    let engagement = try reader.engagement(named.engagement)
    switch action {
    case .invite:
      if engagement.contains(where: \.isMicrosofts) {
        throw conflict("Microsoft takes part in this engagement already.")
      }
      return try invite(named).id
    case .accept:
      let theirs = try step(engagement, from: ["New"], to: ("Active", "Accepted"))
      for var own in engagement where !own.isMicrosofts { try track(&own) }
      return theirs
    case .decline: return try step(engagement, from: ["New"], to: ("Closed", "Declined"), reason: reason)
    case .win: return try step(engagement, from: ["Active"], to: ("Closed", "Won"))
    }
  }

  private func step(
    _ engagement: [Referral], from statuses: Set<String>, to pair: (status: String, substatus: String),
    reason: String? = nil
  ) throws -> String {
    guard let before = engagement.first(where: \.isMicrosofts) else { throw conflict("There is no connected record.") }
    guard statuses.contains(before.status) else {
      throw conflict("The connected record is \(before.status)/\(before.substatus).")
    }
    try move(before, to: pair, reason: reason)
    return before.id
  }

  /// Moves a record to a status without the partner's rules.
  private func move(
    _ before: Referral, to pair: (status: String, substatus: String), reason: String? = nil
  ) throws {
    guard case .object(var members) = before.body else { return }
    members["status"] = .string(pair.status)
    members["substatus"] = .string(pair.substatus)
    if let reason { members["statusReason"] = .string(reason) }
    var after = before
    after.body = .object(members)
    let stamp = try world.tick()
    try ReferralChange.mark(&after, from: before, at: stamp, random: world.random("referral mark"))
    try reader.store(&after, at: stamp)
  }

  /// Microsoft's acceptance fills its CRM id into the partner's record.
  private func track(_ own: inout Referral) throws {
    guard case .object(var members) = own.body, case .object(var tracking)? = members["trackingInfo"] else { return }
    var random = try world.random("msx")
    tracking["microsoftMsxId"] = .string("7-" + String(random.next(), radix: 36).uppercased().prefix(10))
    members["trackingInfo"] = .object(tracking)
    own.body = .object(members)
    try reader.store(&own, at: try world.tick())
  }

  private func invite(_ own: Referral) throws -> Referral {
    guard case .object(var members) = own.body else { throw conflict("not an object") }
    members["organizationId"] = .string(Identity.microsoft)
    members["organizationName"] = "Microsoft"
    members["externalReferenceId"] = .null
    members["status"] = "New"
    members["substatus"] = "Pending"
    members["direction"] = "Incoming"
    members["target"] = [["type": "BusinessProfileLocation", "id": "msft"]]
    return try ReferralCreation(world: world).add(members, isAccepted: false)
  }

  /// S17, R63: whatever was not answered in its fourteen days is now Closed/Expired.
  func expire() throws {
    let now = try world.now
    let rows = try String.fetchAll(
      world.db.cachedStatement(
        sql: """
          SELECT id FROM referral WHERE json_extract(body, '$.status') = 'New'
          AND rtrim(json_extract(body, '$.expirationDateTime'), 'Z') <= ? ORDER BY seq
          """), arguments: [String(now.zulu.dropLast())])
    for id in rows { try move(try reader.referral(id), to: ("Closed", "Expired")) }
  }

  private func conflict(_ message: String) -> Refusal {
    Refusal(status: 409, code: "conflict", message: message)
  }
}
