import GRDB

/// `/_sandbox/org`: the switches of the org, shown and set.
struct OrgControl {
  let world: World

  /// GET shows all switches, `POST {"set":{…}}` sets some of them, DELETE brings back those of a new org.
  ///
  /// - Throws: a `Refusal` for an unknown switch or a value that it cannot hold; nothing is set then.
  func answer(_ request: ServiceRequest) throws -> JSONValue {
    switch request.method {
    case "GET": return try shown()
    case "POST": try set(request.json)
    case "DELETE":
      for name in OrgSwitch.allCases { try put(name.initial, for: name) }
    default: throw Refusal(status: 405, code: "METHOD_NOT_ALLOWED", message: "GET, POST or DELETE")
    }
    return try shown()
  }

  private func set(_ body: JSONValue?) throws {
    guard let body, case .object(let wanted) = body["set"], body.object?.keys == ["set"] else {
      throw Refusal(status: 400, code: "BAD_BODY", message: "the body must be {\"set\":{…}}")
    }
    let changes = try wanted.members.map { key, value in
      guard let name = OrgSwitch(rawValue: key) else {
        throw Refusal(status: 400, code: "UNKNOWN_SWITCH", message: "there is no switch '\(key)'")
      }
      let value = value.isNull ? name.initial : value
      try name.check(value)
      return (name, value)
    }
    for (name, value) in changes { try put(value, for: name) }
  }

  private func put(_ value: JSONValue, for name: OrgSwitch) throws {
    let before = try world.switches[name]
    if name == .apiUsed {
      try world.set(counter: World.apiRequests, to: value.int ?? 0)
      return
    }
    guard value != before else { return }
    try OrgSwitches.store(value, for: name, in: world.db)
    world.org.forget()
    if name.changesSchema { try world.set(counter: World.schemaChange, to: world.tick().seconds) }
    switch name {
    case .stateCountryPicklists: try StateCountry(world: world).convert(toPicklists: value == true)
    case .multiCurrency where value == true: try fillCurrencies()
    default: break
    }
  }

  /// Rows written while the org had one currency get the corporate one.
  private func fillCurrencies() throws {
    for object in OrgSchema.objects where object["CurrencyIsoCode"] != nil {
      try world.db.cachedStatement(
        sql: "UPDATE \"\(object.name)\" SET CurrencyIsoCode = 'USD' WHERE CurrencyIsoCode IS NULL"
      ).execute()
    }
  }

  private func shown() throws -> JSONValue {
    let switches = try world.switches
    let used = try world.value(ofCounter: World.apiRequests)
    return .object(
      JSONObject(OrgSwitch.allCases.map { ($0.rawValue, $0 == .apiUsed ? .int(used) : switches[$0]) }))
  }
}
