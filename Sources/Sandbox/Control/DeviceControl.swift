import GRDB

/// `/_sandbox/device`: the person who enters a device code and approves, or does not.
struct DeviceControl {
  let world: World

  /// GET shows all codes; `POST {"user_code":…,"action":…}` decides on one, and without `user_code` on all that wait.
  ///
  /// - Throws: a `Refusal` for an unknown action, and for a code that is not there or waits no longer.
  func answer(_ request: ServiceRequest) throws -> JSONValue {
    switch request.method {
    case "GET": return try shown()
    case "POST":
      try decide(request.json)
      return try shown()
    default: throw Refusal(status: 405, code: "METHOD_NOT_ALLOWED", message: "GET or POST")
    }
  }

  private enum Action: String, CaseIterable {
    case approve, deny, expire
    case slowDown = "slow_down"
  }

  private func decide(_ body: JSONValue?) throws {
    guard let action = body?["action"].string.flatMap(Action.init) else {
      let names = Action.allCases.map(\.rawValue).joined(separator: ", ")
      throw Refusal(status: 400, code: "BAD_BODY", message: "action must be one of \(names)")
    }
    let principal = body?["as"].string ?? "admin"
    guard ["admin", "user"].contains(principal) else {
      throw Refusal(status: 400, code: "BAD_BODY", message: "as must be admin, a Referrals admin, or user")
    }
    let codes = try waiting(body?["user_code"].string)
    guard !codes.isEmpty else {
      throw Refusal(status: 404, code: "NOT_FOUND", message: "no such device code waits")
    }
    for code in codes {
      switch action {
      case .approve: try change(code, "state = 'approved', principal = ?", principal)
      case .deny: try change(code, "state = ?", DeviceCodes.State.denied.rawValue)
      case .expire: try change(code, "state = ?", DeviceCodes.State.expired.rawValue)
      case .slowDown: try change(code, "hurried = ?", body?["times"].int ?? 1)
      }
    }
  }

  private func waiting(_ userCode: String?) throws -> [Int] {
    let rows = try Row.fetchAll(world.db, sql: "SELECT seq, user_code FROM device_code WHERE state = 'waiting'")
    return rows.filter { userCode == nil || userCode?.uppercased() == $0["user_code"] }.map { $0["seq"] }
  }

  private func change(_ number: Int, _ what: String, _ value: any DatabaseValueConvertible) throws {
    try world.db.execute(sql: "UPDATE device_code SET \(what) WHERE seq = ?", arguments: [value, number])
  }

  private func shown() throws -> JSONValue {
    let rows = try Row.fetchAll(world.db, sql: "SELECT * FROM device_code ORDER BY seq")
    return [
      "codes": .array(
        rows.map { row in
          [
            "user_code": .string(row["user_code"]), "state": .string(row["state"]), "polls": .int(row["polls"]),
            "expires": .string(Stamp(row["expires"]).zulu),
          ]
        })
    ]
  }
}
