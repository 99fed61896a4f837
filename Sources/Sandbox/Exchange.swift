import Foundation
import GRDB

/// Answers one request: tells the services apart, lets faults strike, and writes the log.
struct Exchange: Sendable {
  let queue: DatabaseQueue
  let identity: Identity

  /// An answer, and what happens to it on its way.
  struct Outcome: Sendable {
    var reply: ServiceReply
    var delayMilliseconds = 0
    /// Send so many bytes of the body, then close the connection; nil sends all.
    var cutAfterBytes: Int?
    /// Close the connection without an answer.
    var isLost = false
  }

  func outcome(of request: ServiceRequest) async -> Outcome {
    do {
      return try await queue.write { db in try answer(request, db) }
    } catch {
      let message = JSONValue.string("\(error)")
      return Outcome(reply: .json([["errorCode": "UNKNOWN_EXCEPTION", "message": message]], status: 500))
    }
  }

  private func answer(_ request: ServiceRequest, _ db: Database) throws -> Outcome {
    let host = request.headers["host"] ?? "127.0.0.1"
    let world = World(db: db, identity: identity, origin: "http://\(host)")
    if request.segments.first == "_sandbox" {
      return Outcome(reply: ControlService(world: world).answer(request))
    }
    guard let side = Exchange.side(of: request) else {
      return Outcome(reply: Refusal(status: 404, code: "NOT_FOUND", message: "no such service").salesforceReply)
    }
    let effects = try Faults(world: world).strike(request, side: side)
    let changes = try world.changes
    var outcome = try struck(request, side: side, effects, world)
    let requestId = try self.requestId(world)
    finish(&outcome.reply, request, side: side, requestId)
    try RequestLog(world: world).add(
      RequestLog.Entry(
        side: side, request: request, status: outcome.reply.status, changed: try world.changes > changes,
        requestId: requestId))
    return outcome
  }

  /// The answer under the faults that strike; those before the effect win over the service.
  private func struck(
    _ request: ServiceRequest, side: Side, _ effects: [FaultEffect], _ world: World
  ) throws -> Outcome {
    if effects.contains(where: { $0.expireSession == true }) { try expireSessions(side, world) }
    let status = effects.compactMap(\.status).first
    var outcome: Outcome
    if let status, let effect = effects.first(where: { $0.status == status }) {
      if effects.contains(where: { $0.loseAnswer == true }) { _ = try serve(request, side: side, world) }
      outcome = Outcome(reply: FaultReply(effect: effect, status: status, side: side).reply)
    } else {
      if effects.contains(where: { $0.duplicate == true }) { _ = try serve(request, side: side, world) }
      outcome = Outcome(reply: try serve(request, side: side, world))
      outcome.isLost = effects.contains { $0.loseAnswer == true }
      if effects.contains(where: { $0.html == true }) { outcome.reply = FaultReply.page(outcome.reply.status) }
    }
    if let type = effects.compactMap(\.contentType).first { outcome.reply.setHeader("Content-Type", type) }
    outcome.delayMilliseconds = effects.compactMap(\.delayMs).reduce(0, +)
    outcome.cutAfterBytes = effects.compactMap(\.cutAfterBytes).first
    return outcome
  }

  private func serve(_ request: ServiceRequest, side: Side, _ world: World) throws -> ServiceReply {
    switch side {
    case .login where request.segments.first == "login":
      return PartnerCenterLogin(world: world).answer(request.below(1))
    case .login, .salesforce:
      do {
        return try SalesforceService(world: world).answer(request)
      } catch let refusal as Refusal {
        return refusal.salesforceReply
      }
    case .partnerCenter where request.segments.first == "webhook":
      return PartnerCenterService(world: world).answerWebhook(request.below(1))
    case .partnerCenter: return PartnerCenterService(world: world).answer(request.below(1))
    }
  }

  /// The service a request is for, by the first parts of its path.
  static func side(of request: ServiceRequest) -> Side? {
    let segments = request.segments
    switch segments.first {
    case "partner-center", "webhook": return .partnerCenter
    case "login", "id": return .login
    case "services": return segments.dropFirst().first == "oauth2" ? .login : .salesforce
    default: return nil
    }
  }

  private func expireSessions(_ side: Side, _ world: World) throws {
    let condition =
      switch side {
      case .salesforce: "service = 'salesforce'"
      case .partnerCenter: "service <> 'salesforce'"
      case .login: "1"
      }
    try world.db.execute(sql: "DELETE FROM token WHERE \(condition)")
  }

  /// S2: an id of its own on every answer, the client's id back.
  private func finish(_ reply: inout ServiceReply, _ request: ServiceRequest, side: Side, _ requestId: String) {
    if request.segments.first == "services" {
      reply.setHeader("X-Request-Id", requestId)
    } else {
      reply.setHeader("request-id", requestId)
      if let id = request.headers["client-request-id"] { reply.setHeader("client-request-id", id) }
    }
  }

  private func requestId(_ world: World) throws -> String {
    GUID.make(seed: identity.seed ^ 0x12E9, stream: UInt64(try world.next("request")))
  }
}
