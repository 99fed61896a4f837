import Foundation

/// The registration of webhooks on their own host, with its own errors and its own audience (S22).
struct WebhookService {
  let world: World

  /// A request below `webhook_url`.
  func answer(_ request: ServiceRequest) -> ServiceReply {
    do {
      if request.segments.first == "certificates" { return try certificate(request.segments.dropFirst().first) }
      return try routed(request)
    } catch let refusal as Refusal {
      return WebhookService.reply(refusal)
    } catch {
      return WebhookService.reply(Refusal(status: 500, code: "InternalServerError", message: "\(error)"))
    }
  }

  private func routed(_ request: ServiceRequest) throws -> ServiceReply {
    let segments = request.segments
    guard segments.count >= 3, Array(segments[0..<3]) == ["webhooks", "v1", "registration"] else {
      throw WebhookService.notFound
    }
    let principal = try PartnerCenterLogin(world: world).principal(request, audience: PartnerCenterLogin.webhooks)
    guard principal == "admin" else {
      throw Refusal(status: 403, code: "Forbidden", message: "The user has no role that may register webhooks.")
    }
    switch (request.method, Array(segments.dropFirst(3))) {
    case ("GET", ["events"]): return .json(.array(WebhookRegistration.events.map { .string($0) }))
    case ("GET", []): return .json(try existing().json)
    case ("POST", []):
      guard try WebhookRegistration.current(world) == nil else {
        throw Refusal(status: 409, code: "Conflict", message: "There is a registration; change it with PUT.")
      }
      var random = try world.random("webhook")
      return try register(request, subscriber: GUID.make(&random))
    case ("PUT", []): return try register(request, subscriber: try existing().subscriberId)
    case ("POST", ["validationEvents"]): return try validate()
    case ("GET", let rest) where rest.count == 2 && rest[0] == "validationEvents":
      guard let status = try WebhookEvents(world: world).validation(rest[1]) else { throw WebhookService.notFound }
      return .json(status)
    case (_, []), (_, ["events"]), (_, ["validationEvents"]):
      throw Refusal(status: 405, code: "MethodNotAllowed", message: "\(request.method) is not supported here.")
    default: throw WebhookService.notFound
    }
  }

  private func existing() throws -> WebhookRegistration {
    guard let registration = try WebhookRegistration.current(world) else { throw WebhookService.notFound }
    return registration
  }

  private func register(_ request: ServiceRequest, subscriber: String) throws -> ServiceReply {
    guard case .object(let sent)? = request.json else {
      throw Refusal(status: 400, code: "BadRequest", message: "The body must be one JSON object.")
    }
    let registration = try WebhookRegistration(sent, subscriber: subscriber, world: world)
    try registration.store(world)
    return .json(registration.json)
  }

  /// A test event, two of which are allowed in a minute.
  private func validate() throws -> ServiceReply {
    guard try existing().webhookEvents.contains("test-created") else {
      throw Refusal(status: 400, code: "BadRequest", message: "The event test-created is not registered.")
    }
    let events = WebhookEvents(world: world)
    if let wait = try events.validationWait() {
      var reply = WebhookService.reply(
        Refusal(status: 429, code: "TooManyRequests", message: "Two test events are allowed in a minute."))
      reply.setHeader("Retry-After", String(wait))
      return reply
    }
    return .json(["correlationId": .string(try events.raiseTest())])
  }

  /// The certificates lie open, as those of the real service do.
  private func certificate(_ name: String?) throws -> ServiceReply {
    guard let name, name.hasSuffix(".cer"), let certificate = CallbackCertificate(rawValue: String(name.dropLast(4)))
    else { throw WebhookService.notFound }
    return try CallbackCertificates.shared.get().document(certificate)
  }

  private static let notFound = Refusal(status: 404, code: "NotFound", message: "There is no such resource.")

  private static func reply(_ refusal: Refusal) -> ServiceReply {
    .json(
      [
        "code": .string(refusal.code), "description": .string(refusal.message), "data": [], "source": "Sandbox",
      ], status: refusal.status, type: "application/json; charset=utf-8")
  }
}
