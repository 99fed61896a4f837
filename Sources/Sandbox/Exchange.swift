import Foundation
import GRDB

/// Answers one request: tells the services apart, lets faults strike, and writes the log.
struct Exchange: Sendable {
  let queue: DatabaseQueue
  let identity: Identity
  /// What is played instead of a made-up world.
  let recording: Recording?
  /// Whether requests are written down, for whoever asks the control API for them.
  var keepsLog = true
  let courier: WebhookCourier
  /// Told when callbacks wait; whoever listens delivers them while requests go on.
  let callbacks = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

  init(queue: DatabaseQueue, identity: Identity, recording: Recording?) {
    self.queue = queue
    self.identity = identity
    self.recording = recording
    courier = WebhookCourier(queue: queue, identity: identity)
  }

  func outcome(of request: ServiceRequest) async -> Outcome {
    do {
      // Making keys takes a while, and is no part of a transaction that others wait for.
      if request.segments.contains(where: { $0.hasPrefix("webhook") }) { _ = try CallbackCertificates.shared.get() }
      if request.method == "POST", request.segments == ["_sandbox", "webhooks"], request.json?["deliver"] == true {
        await courier.deliver(isDue: false)
      }
      let (outcome, isWaiting): (Outcome, Bool) = try await queue.write { db in
        let outcome = try answer(request, db)
        return (outcome, try isCallbackDue(db))
      }
      if isWaiting { callbacks.continuation.yield() }
      return outcome
    } catch {
      let message = JSONValue.string("\(error)")
      return Outcome(reply: .json([["errorCode": "UNKNOWN_EXCEPTION", "message": message]], status: 500))
    }
  }

  private func isCallbackDue(_ db: Database) throws -> Bool {
    let world = World(db: db, identity: identity, origin: "")
    guard recording == nil, try !WebhookEvents(world: world).waiting(isDue: true).isEmpty else { return false }
    return try world.partnerCenterSwitches.webhookDelivery == .automatic
  }

  func answer(_ request: ServiceRequest, _ db: Database) throws -> Outcome {
    let host = request.headers["host"] ?? "127.0.0.1"
    let world = World(db: db, identity: identity, origin: "http://\(host)")
    if request.segments.first == "_sandbox" {
      return Outcome(reply: ControlService(world: world, recording: recording).answer(request))
    }
    guard let side = side(of: request) else {
      return Outcome(reply: Refusal(status: 404, code: "NOT_FOUND", message: "no such service").salesforceReply)
    }
    let effect = try Faults(world: world).strike(request, side: side)
    let changes = try world.changes
    var outcome = try struck(request, side: side, effect, world)
    if Gzip.isAccepted(request.headers["accept-encoding"]) {
      outcome.gzipFromBytes = try SwitchBoard<HTTPSwitches>(world: world).values.gzipFrom
    }
    let requestId = try self.requestId(world)
    if recording == nil { finish(&outcome.reply, request, requestId, try world.now) }
    if keepsLog {
      try RequestLog(world: world).add(
        RequestLog.Entry(
          side: side, request: request, status: outcome.reply.status, changed: try world.changes > changes,
          requestId: requestId))
    }
    return outcome
  }

  /// The answer under the faults that strike; those before the effect win over the service.
  private func struck(_ request: ServiceRequest, side: Side, _ effect: FaultEffect, _ world: World) throws -> Outcome {
    if effect.expireSession == true { try expireSessions(side, world) }
    let fault = FaultReply(effect: effect, side: side)
    let refusal = fault.refusal
    let isServedUnseen = refusal == nil ? effect.duplicate : effect.loseAnswer
    if isServedUnseen == true { _ = try serve(request, side: side, world) }
    guard let reply = try refusal ?? serve(request, side: side, world) else {
      return Outcome(reply: .empty(0), delayMilliseconds: effect.delayMs ?? 0, breakage: .lost)
    }
    return Outcome(
      reply: fault.disguised(reply), delayMilliseconds: effect.delayMs ?? 0, breakage: effect.breakage,
      trickle: effect.trickle)
  }

  /// The answer of the service; nil where a recorded connection broke.
  private func serve(_ request: ServiceRequest, side: Side, _ world: World) throws -> ServiceReply? {
    if let recording { return try Replay(recording: recording, world: world).answer(request) }
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
      return WebhookService(world: world).answer(request.below(1))
    case .partnerCenter: return PartnerCenterService(world: world).answer(request.below(1))
    }
  }

  /// The service a request is for, by the first parts of its path.
  private func side(of request: ServiceRequest) -> Side? {
    guard recording != nil else { return Exchange.side(of: request) }
    return RecordedService.candidates(request).services[0].side
  }

  /// The service of a made-up world that a request is for.
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
    try world.db.cachedStatement(sql: "DELETE FROM token WHERE \(condition)").execute()
  }

  /// S2: an id of its own on every answer, the client's id back.
  private func finish(_ reply: inout ServiceReply, _ request: ServiceRequest, _ requestId: String, _ now: Stamp) {
    switch request.segments.first {
    case "services": reply.setHeader("X-Request-Id", requestId)
    case "webhook":
      let id = request.headers["ms-requestid"] ?? requestId
      reply.setHeader("MS-RequestId", id)
      reply.setHeader("MS-CorrelationId", request.headers["ms-correlationid"] ?? id)
      reply.setHeader("X-Locale", "en-US")
    default:
      reply.setHeader("request-id", requestId)
      reply.setHeader("timestamp", now.http)
      if let id = request.headers["client-request-id"] { reply.setHeader("client-request-id", id) }
    }
  }

  private func requestId(_ world: World) throws -> String {
    GUID.make(seed: identity.seed ^ 0x12E9, stream: UInt64(try world.next("request")))
  }
}
