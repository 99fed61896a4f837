import Foundation

/// The answer of a fault that strikes before the effect, in the shape of the service it strikes.
struct FaultReply {
  let effect: FaultEffect
  let status: Int
  let side: Side

  var reply: ServiceReply {
    var reply = effect.html == true ? FaultReply.page(status) : plain
    if let retry = effect.retryAfter { reply.setHeader("Retry-After", retry.text) }
    return reply
  }

  private var plain: ServiceReply {
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

  private var partnerCenterCode: String {
    switch status {
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
    switch status {
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
