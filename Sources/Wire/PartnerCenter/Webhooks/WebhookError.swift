import JSON
import Model

/// What the statuses of the webhooks' host mean; its errors have another form than those of the referrals.
enum WebhookError {
  /// The error in an answer that is none of success.
  static func error(_ response: Response, _ answer: JSONAnswer) -> ServiceError {
    let body = try? JSONValue(parsing: response.body, limit: 1 << 20)
    var details = answer.details(response)
    details.serviceCode = body?["code"]?.stringValue.map { String(answer.redaction.clean($0).prefix(100)) }
    let name = details.serviceCode.map { " \($0)" } ?? ""
    let text = body?["description"]?.stringValue.map { ": " + answer.redaction.clean($0) } ?? ""
    return ServiceError(
      .partnerCenter, code(response.status), "Partner Center answered \(response.status)\(name)\(text)",
      details: details, fix: fix(response.status))
  }

  private static func code(_ status: Int) -> Code {
    switch status {
    case 401: .signInRefused
    case 403: .permissionRefused
    case 404: .webhookMissing
    case 409: .webhookRegistered
    case 429: .throttled
    case 500...599: .serviceFailed
    default: .requestRefused
    }
  }

  private static func fix(_ status: Int) -> String? {
    switch status {
    case 401: "sign in afresh: `reconcile login partner-center`; then run `reconcile doctor`"
    case 403: "webhooks are registered by a user who is Global admin, Admin agent, Sales agent or the like"
    case 404: "run `reconcile webhook register`"
    default: nil
    }
  }
}
