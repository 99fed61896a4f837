import GRDB

/// `POST /_sandbox/edit`: what a user does in the screens of one of the two services.
struct UserEdit {
  let world: World

  func apply(_ body: JSONValue) throws -> JSONValue {
    try world.atomically {
      switch body["side"].string.flatMap(Side.init) {
      case .partnerCenter: try partnerCenter(body)
      case .salesforce: try salesforce(body)
      case .login, nil: throw bad("side must be partner-center or salesforce")
      }
    }
  }

  private func salesforce(_ body: JSONValue) throws -> JSONValue {
    guard let name = body["object"].string, let object = try world.wholeSchema.object(name) else {
      throw bad("object must name an object of the org")
    }
    let store = RowStore(world: world, user: SalesforceID.make(prefix: "005", number: 2))
    let fields = body["set"].object ?? JSONObject()
    guard let given = body["id"].string else { return ["id": .string(try store.insert(object, fields))] }
    guard let id = SalesforceID.normalized(given) else { throw bad("'\(given)' is not a record id") }
    if body["delete"] == true {
      try store.delete(object, id: id)
    } else {
      try store.update(object, id: id, fields)
    }
    return ["id": .string(id)]
  }

  private func partnerCenter(_ body: JSONValue) throws -> JSONValue {
    let set = body["set"].object ?? JSONObject()
    guard let id = body["id"].string else { return ["id": .string(try create(set).id)] }
    let reader = ReferralReader(world: world)
    let before = try reader.referral(id)
    if body["delete"] == true {
      _ = try world.tick()
      try world.db.cachedStatement(sql: "DELETE FROM referral WHERE seq = ?").execute(arguments: [before.seq])
      return ["id": .string(before.id)]
    }
    var after = before
    after.body = try changed(before.body, set)
    let stamp = try world.tick()
    try ReferralChange.mark(&after, from: before, at: stamp, random: world.random("referral mark"))
    try reader.store(&after, at: stamp)
    return ["id": .string(before.id)]
  }

  /// A deal entered by hand in Partner Center: active and visible to Microsoft, unless the edit says otherwise.
  private func create(_ set: JSONObject) throws -> Referral {
    let number = try world.next("entered deal")
    let body = try changed(UserEdit.entered(number, seller: Seller.all[number % Seller.all.count]), set)
    guard case .object(let members) = body else { throw bad("set must be an object") }
    return try ReferralCreation(world: world).add(members, isAccepted: members["status"] == "Active")
  }

  /// The record with members set by their dotted paths; numbers are positions in lists.
  private func changed(_ body: JSONValue, _ set: JSONObject) throws -> JSONValue {
    var result = body
    for (path, value) in set.members {
      let steps = path.split(separator: ".").map(String.init)
      result = try PatchOperation(path: steps, value: value).applied(to: result)
    }
    return result
  }

  private func bad(_ message: String) -> Refusal { Refusal(status: 400, code: "BAD_BODY", message: message) }

  private static func entered(_ number: Int, seller: Seller) -> JSONValue {
    ReferralShape.filled(
      ReferralShape.empty,
      with: [
        "name": .string("Entered deal \(number)"), "organizationId": .string(Identity.organization),
        "organizationName": .string(Identity.organizationName), "status": "Active", "substatus": "Accepted",
        "type": "Independent", "qualification": "SalesQualified", "direction": "Outgoing",
        "mpnId": .string(Identity.mpnId),
        "customerProfile": [
          "name": .string("Entered Customer \(number)"),
          "address": [
            "addressLine1": "1 Harbour Street", "city": "Seattle", "state": "WA", "postalCode": "98101",
            "country": "US",
          ],
          "team": [
            [
              "firstName": "Ana", "lastName": .string("Silva \(number)"), "phoneNumber": "2065550100",
              "email": .string("ana.silva.\(number)@customer.example"),
            ]
          ],
        ],
        "consent": [
          "consentToToShareInfoWithOthers": true, "consentToContact": true,
          "consentToShareReferralWithMicrosoftSellers": true,
        ],
        "details": [
          "notes": "Entered by hand.", "dealValue": 25000, "currency": "USD",
          "closingDateTime": "2027-03-31T00:00:00Z",
          "requirements": [
            "solutions": [["id": .string(Solution.all[0].identifier), "name": .string(Solution.all[0].name)]]
          ],
        ],
        "team": [seller.member],
        "inviteContext": [
          "invitedBy": [
            "organizationId": .string(Identity.organization), "organizationName": .string(Identity.organizationName),
          ]
        ],
      ])
  }
}
