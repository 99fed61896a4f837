import Foundation
import GRDB

/// Sign-in to Partner Center: a device code that a person approves and the refresh-token grant, on both versions of the
/// endpoints, for two audiences (S1).
struct PartnerCenterLogin {
  let world: World

  private static let lifetime = 3600
  static let referrals = "https://api.partner.microsoft.com"
  static let webhooks = "https://api.partnercenter.microsoft.com"

  /// Answers `POST /{tenant}/oauth2/v2.0/token` and `…/devicecode`, the same two without `v2.0`, and the page for codes.
  func answer(_ request: ServiceRequest) -> ServiceReply {
    do {
      let segments = request.segments
      if segments == ["device"] { return DeviceCodes.page }
      let isSecond = segments.count == 4 && Array(segments[1..<3]) == ["oauth2", "v2.0"]
      guard isSecond || segments.count == 3 && segments[1] == "oauth2", let name = segments.last,
        ["token", "devicecode"].contains(name)
      else {
        throw refused(404, "invalid_request", 90002, "no such endpoint")
      }
      guard request.method == "POST" else {
        throw refused(405, "invalid_request", 900561, "the endpoint only accepts POST")
      }
      guard segments[0].lowercased() == Identity.tenant || segments[0].lowercased() == "common" else {
        throw refused(400, "invalid_request", 90002, "Tenant '\(segments[0])' not found.")
      }
      let form = FormText(String(decoding: request.body, as: UTF8.self))
      let body = name == "token" ? try token(form, isSecond: isSecond) : try deviceCode(form, isSecond: isSecond)
      return .json(body, type: "application/json; charset=utf-8", headers: noStore)
    } catch {
      let refusal = error as? Refusal ?? Refusal(status: 500, code: "server_error", message: "\(error)")
      return .json(
        body(of: refusal, request), status: refusal.status, type: "application/json; charset=utf-8", headers: noStore)
    }
  }

  /// The principal behind a bearer token of an audience.
  ///
  /// - Throws: a `Refusal` 401 `unauthenticated` for a token that is missing, unknown, over, or for another audience.
  func principal(_ request: ServiceRequest, audience: String) throws -> String {
    let now = try world.now.seconds
    let known = try world.db.cachedStatement(
      sql: "SELECT principal, expires FROM token WHERE value = ? AND service = ?")
    let found = try Row.fetchOne(known, arguments: [request.bearer ?? "", audience])
    guard let found, found["expires"] > now else {
      throw Refusal(
        status: 401, code: "unauthenticated",
        message: "The access token is missing, expired, or issued for another audience.", fields: ["authorization"])
    }
    return found["principal"]
  }

  private func token(_ form: FormText, isSecond: Bool) throws -> JSONValue {
    try requireClient(form)
    guard let secret = form["client_secret"], !secret.isEmpty else {
      throw refused(
        401, "invalid_client", 7_000_218,
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.")
    }
    guard secret == world.identity.partnerSecret else {
      throw refused(401, "invalid_client", 7_000_215, "Invalid client secret provided.")
    }
    switch form["grant_type"] {
    case "refresh_token": return try refreshed(form, isSecond: isSecond)
    case "urn:ietf:params:oauth:grant-type:device_code", "device_code":
      let found = try DeviceCodes(world: world).redeem(form["device_code"] ?? form["code"] ?? "")
      let refresh = try found.isOffline ? RefreshTokens(world: world).issue(to: found.principal) : nil
      return try answer(principal: found.principal, audience: found.audience, isSecond: isSecond, refresh: refresh)
    default: throw refused(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.")
    }
  }

  /// A code for a person to approve, and one to ask with meanwhile.
  private func deviceCode(_ form: FormText, isSecond: Bool) throws -> JSONValue {
    try requireClient(form)
    let wish = form["scope"]?.split(separator: " ") ?? []
    return try DeviceCodes(world: world).issue(
      audience: try audience(form, isSecond: isSecond), isOffline: !isSecond || wish.contains("offline_access"),
      isSecond: isSecond)
  }

  private func requireClient(_ form: FormText) throws {
    guard form["client_id"]?.lowercased() == Identity.partnerClient else {
      throw refused(
        400, "unauthorized_client", 700016, "Application with this identifier was not found in the directory.")
    }
  }

  private func refreshed(_ form: FormText, isSecond: Bool) throws -> JSONValue {
    guard let token = form["refresh_token"], !token.isEmpty else {
      throw refused(400, "invalid_request", 900144, "The request body must contain: 'refresh_token'.")
    }
    let audience = try audience(form, isSecond: isSecond)
    let found = try RefreshTokens(world: world).use(token)
    return try answer(principal: found.principal, audience: audience, isSecond: isSecond, refresh: found.next)
  }

  private func audience(_ form: FormText, isSecond: Bool) throws -> String {
    let wish = isSecond ? form["scope"] : form["resource"]
    guard let wish, !wish.isEmpty else {
      throw refused(
        400, "invalid_request", 900144, "The request body must contain: '\(isSecond ? "scope" : "resource")'.")
    }
    let found = [PartnerCenterLogin.referrals, PartnerCenterLogin.webhooks].first { audience in
      wish.split(separator: " ").contains { part in
        isSecond ? part.hasPrefix(audience + "/") : part == audience || part == audience + "/"
      }
    }
    guard let found else {
      throw refused(400, "invalid_scope", 70011, "The provided value for the input parameter 'scope' is not valid.")
    }
    return found
  }

  private func answer(
    principal: String, audience: String, isSecond: Bool, refresh: String?
  ) throws -> JSONValue {
    let number = try world.next("partner token")
    var random = SplitMix64(seed: world.identity.seed ^ 0x70CE_0001, stream: UInt64(number))
    let token = "eyJ0eXAi.\(number)." + String(random.next(), radix: 36) + String(random.next(), radix: 36)
    let now = try world.now.seconds
    let expires = now + PartnerCenterLogin.lifetime
    try world.db.cachedStatement(sql: "INSERT INTO token(value, service, principal, expires) VALUES (?, ?, ?, ?)")
      .execute(arguments: [token, audience, principal, expires])
    var answer = JSONObject([("token_type", "Bearer"), ("scope", "user_impersonation")])
    if isSecond {
      answer["expires_in"] = .int(PartnerCenterLogin.lifetime)
      answer["ext_expires_in"] = .int(PartnerCenterLogin.lifetime)
      answer["scope"] = .string(audience + "/user_impersonation")
    } else {
      answer["expires_in"] = .string(String(PartnerCenterLogin.lifetime))
      answer["ext_expires_in"] = .string(String(PartnerCenterLogin.lifetime))
      answer["expires_on"] = .string(String(expires))
      answer["not_before"] = .string(String(now))
      answer["resource"] = .string(audience)
    }
    answer["access_token"] = .string(token)
    if let refresh { answer["refresh_token"] = .string(refresh) }
    return .object(answer)
  }

  private var noStore: [(name: String, value: String)] { [("Cache-Control", "no-store")] }

  private func refused(_ status: Int, _ code: String, _ number: Int, _ message: String) -> Refusal {
    Refusal(status: status, code: code, message: message, fields: [String(number)])
  }

  /// An error as Microsoft Entra writes it.
  private func body(of refusal: Refusal, _ request: ServiceRequest) -> JSONValue {
    let number = refusal.fields.first ?? "90000"
    let seed = world.identity.seed
    let trace = GUID.make(seed: seed ^ 0xE2201, stream: UInt64((try? world.next("trace")) ?? 0))
    let correlation = request.headers["client-request-id"] ?? trace
    let moment = ((try? world.now) ?? Stamp.start).zulu.replacing("T", with: " ")
    let text =
      "AADSTS\(number): \(refusal.message)"
      + " Trace ID: \(trace) Correlation ID: \(correlation) Timestamp: \(moment)"
    return [
      "error": .string(refusal.code), "error_description": .string(text), "error_codes": [.number(number)],
      "timestamp": .string(moment), "trace_id": .string(trace), "correlation_id": .string(correlation),
      "error_uri": .string("https://login.microsoftonline.com/error?code=\(number)"),
    ]
  }
}
