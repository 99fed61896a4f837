import Foundation
import GRDB

/// The device codes of Partner Center's sign-in: what a person has decided on each, and what a client is answered that
/// asks for it.
struct DeviceCodes {
  let world: World

  /// How far a code has come.
  enum State: String {
    /// Nobody has decided.
    case waiting
    case approved
    case denied
    case expired
    /// A client has got its tokens.
    case redeemed
  }

  /// Seconds of the virtual clock.
  private static let lifetime = 900

  /// A new code in the words of the second version of the endpoint, or of the first.
  func issue(audience: String, isOffline: Bool, isSecond: Bool) throws -> JSONValue {
    var random = try world.random("device code")
    let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZ23456789")
    let userCode = String((0..<9).map { _ in random.pick(letters) })
    let deviceCode = "DAQ" + (0..<4).map { _ in String(random.next(), radix: 36) }.joined()
    try world.db.cachedStatement(
      sql: """
        INSERT INTO device_code(value, user_code, audience, offline, expires, state, principal, hurried, polls)
        VALUES (?, ?, ?, ?, ?, 'waiting', 'admin', 0, 0)
        """
    ).execute(arguments: [
      deviceCode, userCode, audience, isOffline, try world.now.seconds + DeviceCodes.lifetime,
    ])
    let page = world.origin + "/login/device"
    let interval = try world.partnerCenterSwitches.deviceInterval
    var answer = JSONObject([
      ("user_code", .string(userCode)), ("device_code", .string(deviceCode)),
      (isSecond ? "verification_uri" : "verification_url", .string(page)),
    ])
    answer["expires_in"] = isSecond ? .int(DeviceCodes.lifetime) : .string(String(DeviceCodes.lifetime))
    answer["interval"] = isSecond ? .int(interval) : .string(String(interval))
    answer["message"] = .string(
      "To sign in, use a web browser to open the page \(page) and enter the code \(userCode) to authenticate.")
    return .object(answer)
  }

  /// Whose tokens a client gets for a code, and for which audience.
  ///
  /// - Throws: a `Refusal` with `authorization_pending`, `slow_down`, `expired_token`, `authorization_declined` or
  ///   `bad_verification_code`; its `fields` hold the number of Microsoft's error.
  func redeem(_ deviceCode: String) throws -> (principal: String, audience: String, isOffline: Bool) {
    let statement = try world.db.cachedStatement(sql: "SELECT * FROM device_code WHERE value = ?")
    guard let row = try Row.fetchOne(statement, arguments: [deviceCode]) else {
      throw refused("bad_verification_code", 70018, "The device code is not known.")
    }
    let number: Int = row["seq"]
    try change(number, "polls = polls + 1")
    let expires: Int = row["expires"]
    let hurried: Int = row["hurried"]
    var state = State(rawValue: row["state"]) ?? .waiting
    if state == .waiting, try world.now.seconds > expires { state = .expired }
    if state == .waiting, hurried > 0 {
      try change(number, "hurried = hurried - 1")
      throw refused("slow_down", 70016, "The client polls too quickly.")
    }
    if state == .waiting { state = try undecided }
    switch state {
    case .waiting:
      throw refused(
        "authorization_pending", 70016, "OAuth 2.0 device flow error. Authorization is pending. Continue polling.")
    case .denied: throw refused("authorization_declined", 65004, "User declined to consent to access the app.")
    case .expired: throw refused("expired_token", 70020, "The device code has expired.")
    case .redeemed: throw refused("invalid_grant", 70000, "The device code was redeemed already.")
    case .approved:
      try change(number, "state = 'redeemed'")
      return (row["principal"], row["audience"], row["offline"])
    }
  }

  /// What the switch `device_codes` says of codes that nobody has decided on.
  private var undecided: State {
    get throws {
      switch try world.partnerCenterSwitches.deviceCodes {
      case .wait: .waiting
      case .approve: .approved
      case .deny: .denied
      }
    }
  }

  private func change(_ number: Int, _ what: String) throws {
    try world.db.execute(sql: "UPDATE device_code SET \(what) WHERE seq = ?", arguments: [number])
  }

  private func refused(_ code: String, _ number: Int, _ message: String) -> Refusal {
    Refusal(status: 400, code: code, message: message, fields: [String(number)])
  }

  /// What stands at the address that a person is sent to.
  static var page: ServiceReply {
    let text = """
      This is the sandbox: nobody signs in here. The control API decides in a person's place:

        curl -s ORIGIN/_sandbox/device -d '{"user_code":"CODE","action":"approve"}'

      """
    return ServiceReply(status: 200, headers: [("Content-Type", "text/plain; charset=utf-8")], body: Data(text.utf8))
  }
}
