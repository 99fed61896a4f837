import CryptoExtras
import Foundation
import GRDB

/// Sign-in to Salesforce: three grants, sessions of two hours that slide with use, and their end.
struct SalesforceLogin {
  let world: World

  func answer(_ request: ServiceRequest) throws -> ServiceReply {
    switch (request.method, request.segments.dropFirst(2).first) {
    case ("POST", "token"):
      do {
        return .json(try token(request), headers: [("Cache-Control", "no-store")])
      } catch let refusal as Refusal {
        return .json(
          ["error": .string(refusal.code), "error_description": .string(refusal.message)], status: 400,
          headers: [("Cache-Control", "no-store")])
      }
    case ("POST", "revoke"), ("GET", "revoke"): return try revoke(request)
    case ("GET", "userinfo"), ("POST", "userinfo"):
      do {
        try requireSession(request)
        return .json(UserInfo(origin: world.origin).userInfo)
      } catch let refusal as Refusal {
        return refusal.salesforceReply
      }
    default: return SalesforceService.notFound.salesforceReply
    }
  }

  /// Refuses a request without a good session and lets a good one slide.
  func requireSession(_ request: ServiceRequest) throws {
    let now = try world.now.seconds
    let token = request.bearer ?? ""
    let known = try world.db.cachedStatement(
      sql: "SELECT expires FROM token WHERE value = ? AND service = 'salesforce'")
    let expires = try Int.fetchOne(known, arguments: [token])
    let switches = try world.switches
    switch switches.text(.sessionRefusal) {
    case "not_for_rest":
      throw SalesforceLogin.invalid("This session is not valid for use with the REST API")
    case "not_attached_to_agent": throw SalesforceLogin.invalid("Connected app is not attached to Agent")
    default: break
    }
    guard let expires, expires > now else { throw SalesforceLogin.invalid("Session expired or invalid") }
    try world.db.cachedStatement(sql: "UPDATE token SET expires = ? WHERE value = ?").execute(arguments: [
      now + switches.number(.sessionSeconds), token,
    ])
  }

  /// `GET /id/{org}/{user}`: who the owner of a session is.
  func identity(_ request: ServiceRequest) throws -> ServiceReply {
    do {
      try requireSession(request)
    } catch is Refusal {
      return ServiceReply(
        status: 403, headers: [("Content-Type", "text/html;charset=UTF-8")], body: Data("Bad_OAuth_Token".utf8))
    }
    guard request.segments == ["id", SalesforceID.organization, SalesforceID.integrationUser] else {
      return SalesforceService.notFound.salesforceReply
    }
    return .json(UserInfo(origin: world.origin).identity)
  }

  var identityURL: String { UserInfo(origin: world.origin).url }

  private static func invalid(_ message: String) -> Refusal {
    Refusal(status: 401, code: "INVALID_SESSION_ID", message: message)
  }

  /// Ends a session, or with a refresh token all of them.
  private func revoke(_ request: ServiceRequest) throws -> ServiceReply {
    let form = FormText(request.method == "GET" ? request.query : String(decoding: request.body, as: UTF8.self))
    let token = form["token"] ?? ""
    if try RefreshToken(world: world).revoke(token) {
      try world.db.cachedStatement(sql: "DELETE FROM token WHERE service = 'salesforce'").execute()
      return .empty(200)
    }
    try world.db.cachedStatement(sql: "DELETE FROM token WHERE value = ? AND service = 'salesforce'").execute(
      arguments: [token])
    if world.db.changesCount > 0 { return .empty(200) }
    return .json(["error": "invalid_token", "error_description": "invalid token"], status: 400)
  }

  private func token(_ request: ServiceRequest) throws -> JSONValue {
    let form = FormText(String(decoding: request.body, as: UTF8.self))
    try requireOpenDoor()
    switch form["grant_type"] {
    case "urn:ietf:params:oauth:grant-type:jwt-bearer":
      let certificate = try world.switches.text(.appCertificate)
      try JWTAssertion(identity: world.identity, origin: world.origin, certificate: certificate).verify(
        form["assertion"] ?? "")
      return try session(long: false)
    case "client_credentials":
      let (client, secret) = credentials(form, request)
      guard client == Identity.salesforceClient else {
        throw Refusal(status: 400, code: "invalid_client_id", message: "client identifier invalid")
      }
      guard secret == world.identity.salesforceSecret else {
        throw Refusal(status: 400, code: "invalid_client", message: "invalid client credentials")
      }
      return try session(long: true)
    case "refresh_token":
      guard form["client_id"] == Identity.salesforceClient else {
        throw Refusal(status: 400, code: "invalid_client_id", message: "client identifier invalid")
      }
      if let secret = form["client_secret"], !secret.isEmpty, secret != world.identity.salesforceSecret {
        throw Refusal(status: 400, code: "invalid_client", message: "invalid client credentials")
      }
      let successor = try RefreshToken(world: world).use(form["refresh_token"] ?? "")
      return try session(long: true, refresh: successor)
    default: throw Refusal(status: 400, code: "unsupported_grant_type", message: "grant type not supported")
    }
  }

  /// What the switch `sign_in_refusal` says of every sign-in.
  private func requireOpenDoor() throws {
    let code = try world.switches.text(.signInRefusal)
    if code == "none" { return }
    let texts = [
      "inactive_user": "user is inactive", "inactive_org": "organization is inactive",
      "invalid_app_access": "user is not admin approved to access this app",
      "rate_limit_exceeded": "login rate exceeded",
    ]
    throw Refusal(status: 400, code: code, message: texts[code] ?? code)
  }

  /// Client id and secret from the form or from HTTP Basic.
  private func credentials(_ form: FormText, _ request: ServiceRequest) -> (String?, String?) {
    if let header = request.headers["authorization"], header.lowercased().hasPrefix("basic "),
      let data = Data(base64Encoded: String(header.dropFirst(6)))
    {
      let parts = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1).map(String.init)
      if parts.count == 2 { return (parts[0], parts[1]) }
    }
    return (form["client_id"], form["client_secret"])
  }

  private func session(long: Bool, refresh: String? = nil) throws -> JSONValue {
    let number = try world.next("session")
    var random = SplitMix64(seed: world.identity.seed ^ 0x5E55_1011, stream: UInt64(number))
    let token = "\(SalesforceID.organization.prefix(15))!AQ\(number)." + String(random.next(), radix: 36)
    let now = try world.now
    try world.db.cachedStatement(
      sql: "INSERT INTO token(value, service, principal, expires) VALUES (?, 'salesforce', ?, ?)"
    ).execute(arguments: [token, Identity.salesforceUser, now.seconds + (try world.switches.number(.sessionSeconds))])
    var answer = JSONObject([
      ("access_token", .string(token)), ("scope", "api"), ("instance_url", .string(world.origin)),
      ("id", .string(identityURL)), ("token_type", "Bearer"),
    ])
    if long {
      answer["signature"] = .string(Data("\(number)".utf8).base64EncodedString())
      answer["issued_at"] = .string("\(now.seconds)000")
      answer["api_instance_url"] = .string(world.origin)
    }
    if let refresh { answer["refresh_token"] = .string(refresh) }
    return .object(answer)
  }
}
