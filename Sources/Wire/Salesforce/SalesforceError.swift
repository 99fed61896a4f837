import JSON
import Model

/// What Salesforce's statuses and error codes mean (R109).
enum SalesforceError {
  /// The error in an answer that is none of success: an array of errors, or anything at all.
  static func error(_ response: Response, _ answer: JSONAnswer, isWrite: Bool) -> ServiceError {
    let body = try? JSONValue(parsing: response.body, limit: 1 << 20)
    return error(status: response.status, body: body, answer.details(response), answer)
      .considering(response, isWrite: isWrite)
  }

  /// The error in a subrequest's answer or a whole one's.
  static func error(
    status: Int, body: JSONValue?, _ details: ServiceError.Details, _ answer: JSONAnswer
  ) -> ServiceError {
    let first = body?.arrayValue?.first ?? body
    var details = details
    details.status = status
    return error(first, name: "errorCode", fallback: code(status), details, answer)
  }

  /// The error of one row of a collection.
  static func error(row: JSONValue, _ details: ServiceError.Details, _ answer: JSONAnswer) -> ServiceError {
    error(row["errors"]?.arrayValue?.first, name: "statusCode", fallback: .requestRefused, details, answer)
  }

  /// Whether a code says that the same row may succeed a moment later.
  static func isPassing(_ error: ServiceError) -> Bool {
    switch error.serviceCode {
    case "UNABLE_TO_LOCK_ROW", "TOO_MANY_APEX_REQUESTS", "SERVER_UNAVAILABLE": true
    default: false
    }
  }

  private static func error(
    _ body: JSONValue?, name: String, fallback: Code, _ details: ServiceError.Details, _ answer: JSONAnswer
  ) -> ServiceError {
    var details = details
    details.serviceCode = body?[name]?.stringValue.map { String(answer.redaction.clean($0).prefix(100)) }
    details.fields = body?["fields"]?.arrayValue?.compactMap { $0.stringValue.map { answer.redaction.clean($0) } } ?? []
    let code = details.serviceCode.flatMap(code) ?? fallback
    let place = [details.status.map(String.init), details.serviceCode].compactMap { $0 }.joined(separator: " ")
    let text = body?["message"]?.stringValue.map { ": " + answer.redaction.clean($0) } ?? ""
    return ServiceError(
      .salesforce, code, "Salesforce answered \(place.isEmpty ? "with an error" : place)\(text)", details: details,
      fix: fix(code))
  }

  /// The code behind each of Salesforce's own; nil for one that the status says better.
  private static func code(_ name: String) -> Code? {
    switch name {
    case "INVALID_SESSION_ID": .signInRefused
    case "REQUEST_LIMIT_EXCEEDED", "UNABLE_TO_LOCK_ROW", "TOO_MANY_APEX_REQUESTS": .throttled
    case "SERVER_UNAVAILABLE", "QUERY_TIMEOUT", "REQUEST_RUNNING_TOO_LONG", "TEMPORARY_QUERY_MORE_FAILURE":
      .serviceFailed
    case "MATCH_PRECONDITION_FAILED": .staleRecord
    case "NOT_FOUND", "ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY": .recordGone
    case "INSUFFICIENT_ACCESS_OR_READONLY", "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", "API_DISABLED_FOR_ORG":
      .permissionRefused
    case "DUPLICATE_VALUE", "DUPLICATE_EXTERNAL_ID": .identityDuplicate
    case "STRING_TOO_LONG": .textTooLong
    case "ALL_OR_NONE_OPERATION_ROLLED_BACK", "PROCESSING_HALTED": .notAttempted
    case "INVALID_QUERY_LOCATOR": .snapshotIncomplete
    default: nil
    }
  }

  private static func code(_ status: Int) -> Code {
    switch status {
    case 300: .identityDuplicate
    case 401: .signInRefused
    case 403: .permissionRefused
    case 404, 410: .recordGone
    case 409, 412: .staleRecord
    case 420, 429: .throttled
    case 500...599: .serviceFailed
    default: .requestRefused
    }
  }

  private static func fix(_ code: Code) -> String? {
    switch code {
    case .permissionRefused: "give the integration user access to the object and its fields"
    case .signInRefused: "check the app and its user in Salesforce Setup, then run `reconcile doctor`"
    default: nil
    }
  }
}
