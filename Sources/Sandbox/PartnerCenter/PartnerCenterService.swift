import Foundation
import GRDB

/// The Referrals API: list, read, create, change (S1 to S18).
struct PartnerCenterService {
  let world: World

  /// A request below `api_url`.
  func answer(_ request: ServiceRequest) -> ServiceReply {
    do {
      return try routed(request)
    } catch let refusal as Refusal {
      var reply = refusal.partnerCenterReply
      if refusal.status == 401 { reply.setHeader("WWW-Authenticate", "Bearer") }
      return reply
    } catch {
      return Refusal(status: 500, code: "generalException", message: "\(error)").partnerCenterReply
    }
  }

  private func routed(_ request: ServiceRequest) throws -> ServiceReply {
    let segments = request.segments
    guard segments.count >= 3, Array(segments[0..<3]) == ["v1.0", "engagements", "referrals"], segments.count <= 4
    else {
      throw Refusal(status: 404, code: "itemNotFound", message: "There is no such resource.")
    }
    let principal = try PartnerCenterLogin(world: world).principal(request, audience: PartnerCenterLogin.referrals)
    let reader = ReferralReader(world: world, isRestricted: principal == "user")
    switch (request.method, segments.count == 4 ? segments[3] : nil) {
    case ("GET", nil): return try ReferralList(reader: reader).answer(request)
    case ("POST", nil): return try create(request)
    case ("GET", let id?):
      let referral = try reader.referral(id)
      return reply(referral, status: 200)
    case ("PATCH", let id?): return try patch(request, reader, id)
    case ("PUT", let id?): return try put(request, reader, id)
    case (_, let id):
      // S16.
      let refusal = Refusal(
        status: 405, code: "invalidRequest", message: "\(request.method) is not supported here.", fields: ["method"])
      var reply = refusal.partnerCenterReply
      reply.setHeader("Allow", id == nil ? "GET, POST" : "GET, PATCH, PUT")
      return reply
    }
  }

  private func create(_ request: ServiceRequest) throws -> ServiceReply {
    guard case .object(let sent)? = request.json else {
      throw Refusal(status: 400, code: "invalidRequest", message: "The body must be one JSON object.")
    }
    let referral = try world.atomically { try ReferralCreation(world: world).create(sent) }
    return reply(referral, status: try world.partnerCenterSwitches.createdStatus)
  }

  private func patch(_ request: ServiceRequest, _ reader: ReferralReader, _ id: String) throws -> ServiceReply {
    let before = try reader.writable(id)
    try requireMatch(request, before)
    guard case .array(let items)? = request.json else {
      throw Refusal(status: 400, code: "invalidRequest", message: "The body must be an array of operations.")
    }
    let operations = try items.map(PatchOperation.init)
    let after = try world.atomically { try ReferralChange(world: world).apply(operations, to: before) }
    return changed(request, after)
  }

  /// S15: the whole entity, without `links` and never without `If-Match`.
  private func put(_ request: ServiceRequest, _ reader: ReferralReader, _ id: String) throws -> ServiceReply {
    let before = try reader.writable(id)
    guard request.headers["if-match"] != nil else {
      throw Refusal(status: 400, code: "invalidRequest", message: "PUT needs If-Match.", fields: ["If-Match"])
    }
    try requireMatch(request, before)
    guard case .object(let sent)? = request.json, sent.value(ignoringCase: "links") == nil else {
      throw Refusal(status: 400, code: "invalidRequest", message: "The body must be one object without links.")
    }
    let after = try world.atomically { try ReferralChange(world: world).replace(before, by: sent) }
    return reply(after, status: 200)
  }

  private func requireMatch(_ request: ServiceRequest, _ referral: Referral) throws {
    guard let wanted = request.headers["if-match"], wanted != "*" else { return }
    if wanted != referral.eTag {
      throw Refusal(
        status: 412, code: "preconditionFailed", message: "The eTag does not match the current one.", fields: ["eTag"])
    }
  }

  private func changed(_ request: ServiceRequest, _ referral: Referral) -> ServiceReply {
    guard request.headers["prefer"]?.lowercased().contains("return=representation") == true else { return .empty(204) }
    var reply = reply(referral, status: 200)
    reply.setHeader("Preference-Applied", "return=representation")
    return reply
  }

  private func reply(_ referral: Referral, status: Int) -> ServiceReply {
    let context = JSONValue.string("\(world.origin)/partner-center/v1.0/$metadata#Referrals/$entity")
    return ServiceReply(
      status: status,
      headers: [("Content-Type", "application/json; charset=utf-8"), ("ETag", referral.eTag)],
      body: Data("{\"@odata.context\":\(context.text),".utf8 + referral.body.bytes.dropFirst()))
  }
}
