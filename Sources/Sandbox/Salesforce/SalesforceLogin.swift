import CryptoExtras
import Foundation
import GRDB

/// Sign-in to Salesforce: three grants, sessions of two hours that slide with use, and their end.
struct SalesforceLogin {
  let world: World

  private static let lifetime = 7200

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
    case ("POST", "revoke"):
      let form = FormText(String(decoding: request.body, as: UTF8.self))
      try world.db.execute(sql: "DELETE FROM token WHERE value = ?", arguments: [form["token"] ?? ""])
      return .empty(200)
    case ("GET", "userinfo"), ("POST", "userinfo"):
      do {
        try requireSession(request)
        return .json(userInfo)
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
    let expires = try Int.fetchOne(
      world.db, sql: "SELECT expires FROM token WHERE value = ? AND service = 'salesforce'", arguments: [token])
    guard let expires, expires > now else {
      throw Refusal(status: 401, code: "INVALID_SESSION_ID", message: "Session expired or invalid")
    }
    try world.db.execute(
      sql: "UPDATE token SET expires = ? WHERE value = ?", arguments: [now + SalesforceLogin.lifetime, token])
  }

  private func token(_ request: ServiceRequest) throws -> JSONValue {
    let form = FormText(String(decoding: request.body, as: UTF8.self))
    switch form["grant_type"] {
    case "urn:ietf:params:oauth:grant-type:jwt-bearer":
      try JWTAssertion(identity: world.identity, origin: world.origin).verify(form["assertion"] ?? "")
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
      guard form["refresh_token"] == world.identity.salesforceRefresh else {
        throw Refusal(status: 400, code: "invalid_grant", message: "expired access/refresh token")
      }
      return try session(long: true)
    default: throw Refusal(status: 400, code: "unsupported_grant_type", message: "grant type not supported")
    }
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

  private func session(long: Bool) throws -> JSONValue {
    let number = try world.next("session")
    var random = SplitMix64(seed: world.identity.seed ^ 0x5E55_1011, stream: UInt64(number))
    let token = "\(SalesforceID.organization.prefix(15))!AQ\(number)." + String(random.next(), radix: 36)
    let now = try world.now
    try world.db.execute(
      sql: "INSERT INTO token(value, service, principal, expires) VALUES (?, 'salesforce', ?, ?)",
      arguments: [token, Identity.salesforceUser, now.seconds + SalesforceLogin.lifetime])
    var answer = JSONObject([
      ("access_token", .string(token)), ("scope", "api"), ("instance_url", .string(world.origin)),
      (
        "id",
        .string("\(world.origin)/id/\(SalesforceID.organization)/\(SalesforceID.integrationUser)")
      ), ("token_type", "Bearer"),
    ])
    if long {
      answer["signature"] = .string(Data("\(number)".utf8).base64EncodedString())
      answer["issued_at"] = .string("\(now.seconds)000")
      answer["api_instance_url"] = .string(world.origin)
    }
    return .object(answer)
  }

  private var userInfo: JSONValue {
    [
      "sub": .string("\(world.origin)/id/\(SalesforceID.organization)/\(SalesforceID.integrationUser)"),
      "user_id": .string(SalesforceID.integrationUser), "organization_id": .string(SalesforceID.organization),
      "preferred_username": .string(Identity.salesforceUser), "name": "Integration User",
      "email": .string(Identity.salesforceUser), "email_verified": true, "given_name": "Integration",
      "family_name": "User", "zoneinfo": "UTC", "photos": [:], "profile": .string(world.origin),
      "picture": .string(world.origin), "address": [:], "urls": [:], "active": true, "user_type": "STANDARD",
      "language": "en_US", "locale": "en_US", "utcOffset": 0, "updated_at": .string(Stamp.start.zulu),
    ]
  }
}
