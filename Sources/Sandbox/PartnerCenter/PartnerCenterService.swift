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
      return refusal.partnerCenterReply
    } catch {
      return Refusal(status: 500, code: "generalException", message: "\(error)").partnerCenterReply
    }
  }

  /// A request below `webhook_url`: the list of events only, which is enough to check the second audience.
  func answerWebhook(_ request: ServiceRequest) -> ServiceReply {
    do {
      _ = try PartnerCenterLogin(world: world).principal(request, audience: PartnerCenterLogin.webhooks)
      guard request.method == "GET", request.segments == ["webhooks", "v1", "registration", "events"] else {
        throw Refusal(status: 404, code: "itemNotFound", message: "There is no such resource.")
      }
      let events = ["referral-created", "referral-updated", "related-referral-created", "related-referral-updated"]
      return .json(.array(events.map { .string($0) }))
    } catch let refusal as Refusal {
      return .json(
        ["code": .string(refusal.code), "description": .string(refusal.message)], status: refusal.status)
    } catch {
      return .json(["code": 500, "description": .string("\(error)")], status: 500)
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
    default:
      throw Refusal(status: 405, code: "invalidRequest", message: "\(request.method) is not supported here.")
    }
  }

  private func create(_ request: ServiceRequest) throws -> ServiceReply {
    guard case .object(let sent)? = request.json else {
      throw Refusal(status: 400, code: "invalidRequest", message: "The body must be one JSON object.")
    }
    let referral = try world.atomically { try ReferralCreation(world: world).create(sent) }
    return reply(referral, status: 201)
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
    guard case .object(let sent)? = request.json, sent["links"] == nil else {
      throw Refusal(status: 400, code: "invalidRequest", message: "The body must be one object without links.")
    }
    let operations = sent.members
      .filter { ReferralRules.roots.contains($0.0) && before.body[$0.0] != $0.1 }
      .map { PatchOperation(path: [$0.0], value: $0.1) }
    let after = try world.atomically { try ReferralChange(world: world).apply(operations, to: before) }
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
    if request.headers["prefer"]?.contains("return=representation") == true { return reply(referral, status: 200) }
    return .empty(204)
  }

  private func reply(_ referral: Referral, status: Int) -> ServiceReply {
    let context = JSONValue.string("\(world.origin)/partner-center/v1.0/$metadata#Referrals/$entity")
    return ServiceReply(
      status: status,
      headers: [("Content-Type", "application/json; charset=utf-8"), ("ETag", referral.eTag)],
      body: Data("{\"@odata.context\":\(context.text),".utf8 + referral.body.bytes.dropFirst()))
  }
}
