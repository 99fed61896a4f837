import Foundation

/// The answers of faults, in the shape of the service they strike.
struct FaultReply {
  let effect: FaultEffect
  let side: Side

  /// What is answered instead of the service, nil where the service is to answer.
  var refusal: ServiceReply? {
    if let address = effect.redirectTo {
      return .empty(effect.status ?? 302, headers: [("Location", address)])
    }
    return effect.status.map(plain)
  }

  /// A reply behind the masks that the effect puts on: page, garbage, nothing, type, time to wait.
  func disguised(_ given: ServiceReply) -> ServiceReply {
    var reply = given
    if effect.html == true {
      reply = FaultReply.page(reply.status)
    } else if effect.garbage == true {
      reply.body = FaultReply.rubbish
    } else if effect.emptyBody == true {
      reply.body = Data()
    }
    if let type = effect.contentType { reply.setHeader("Content-Type", type) }
    if let retry = effect.retryAfter?.text ?? effect.retryAfterDate.map(FaultReply.date) {
      reply.setHeader("Retry-After", retry)
    }
    if let offset = effect.dateOffsetSeconds { reply.setHeader("Date", FaultReply.date(offset)) }
    return reply
  }

  private func plain(_ status: Int) -> ServiceReply {
    let message = effect.message ?? "A fault was asked for."
    switch side {
    case .partnerCenter:
      return Refusal(status: status, code: effect.code ?? partnerCenterCode, message: message).partnerCenterReply
    case .salesforce:
      return Refusal(status: status, code: effect.code ?? salesforceCode, message: message).salesforceReply
    case .login:
      return .json(
        ["error": .string(effect.code ?? "temporarily_unavailable"), "error_description": .string(message)],
        status: status)
    }
  }

  /// So many seconds from now, by the clock that the client looks at.
  private static func date(_ seconds: Int) -> String {
    Stamp(Int(Date().timeIntervalSince1970.rounded(.up)) + seconds).http
  }

  /// Begins like JSON, and is not even text.
  private static let rubbish = Data([0x7B, 0x22, 0xC3, 0x28, 0x00, 0xFF, 0xFE] + Array("no json at all".utf8))

  private var partnerCenterCode: String {
    switch effect.status ?? 500 {
    case 401: "unauthenticated"
    case 403: "accessDenied"
    case 404: "itemNotFound"
    case 412: "preconditionFailed"
    case 429, 503: "serviceNotAvailable"
    case 500...: "generalException"
    default: "invalidRequest"
    }
  }

  private var salesforceCode: String {
    switch effect.status ?? 500 {
    case 401: "INVALID_SESSION_ID"
    case 403: "REQUEST_LIMIT_EXCEEDED"
    case 404: "NOT_FOUND"
    case 412: "MATCH_PRECONDITION_FAILED"
    case 503: "SERVER_UNAVAILABLE"
    case 500...: "UNKNOWN_EXCEPTION"
    default: "UNABLE_TO_LOCK_ROW"
    }
  }

  /// The page of a gateway.
  static func page(_ status: Int) -> ServiceReply {
    ServiceReply(
      status: status, headers: [("Content-Type", "text/html; charset=utf-8")],
      body: Data("<html><head><title>\(status)</title></head><body><h1>Down for maintenance</h1></body></html>".utf8))
  }
}
