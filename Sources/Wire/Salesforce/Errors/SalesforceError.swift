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

  /// Whether the same row may succeed a moment later: it was refused without effect, for a reason that passes.
  static func isPassing(_ error: ServiceError) -> Bool {
    guard error.code != .outcomeUnknown else { return false }
    switch error.serviceCode.flatMap(SalesforceCode.named)?.passing ?? .never {
    case .busyRecord, .busyService: return true
    case .never, .quota: return false
    }
  }

  /// Whether a query can no longer be paged through and has to begin again.
  static func isLostLocator(_ error: ServiceError) -> Bool {
    error.serviceCode.flatMap(SalesforceCode.named)?.code == .snapshotIncomplete
  }

  /// Whether a query is too large for an answer at once, or too long for an address.
  static func asksForBulk(_ error: ServiceError) -> Bool {
    error.status == 414 || error.status == 431
      || SalesforceCode.askingForBulk.contains(error.serviceCode?.uppercased() ?? "")
  }

  /// Whether the org, or the object, has no bulk jobs.
  static func lacksBulk(_ error: ServiceError) -> Bool {
    error.status == 404 || SalesforceCode.lackingBulk.contains(error.serviceCode?.uppercased() ?? "")
  }

  private static func error(
    _ body: JSONValue?, name: String, fallback: Code, _ details: ServiceError.Details, _ answer: JSONAnswer
  ) -> ServiceError {
    var details = details
    details.serviceCode = body?[name]?.stringValue.map { String(answer.redaction.clean($0).prefix(100)) }
    details.fields = body?["fields"]?.arrayValue?.compactMap { $0.stringValue.map { answer.redaction.clean($0) } } ?? []
    let code = details.serviceCode.flatMap(SalesforceCode.named)?.code ?? fallback
    let place = [details.status.map(String.init), details.serviceCode].compactMap { $0 }.joined(separator: " ")
    let text = body?["message"]?.stringValue.map { ": " + answer.redaction.clean($0) } ?? ""
    let matches = matches(in: body).map { " (like \(answer.redaction.clean($0)))" } ?? ""
    return ServiceError(
      .salesforce, code, "Salesforce answered \(place.isEmpty ? "with an error" : place)\(text)\(matches)",
      details: details,
      fix: fix(code))
  }

  /// The ids of the records that a duplicate rule found alike; nil when there are none.
  private static func matches(in body: JSONValue?) -> String? {
    let results = body?.at("duplicateResult.matchResults")?.arrayValue ?? []
    let records = results.flatMap { $0["matchRecords"]?.arrayValue ?? [] }
    let ids = records.compactMap { $0.at("record.Id")?.stringValue }
    return ids.isEmpty ? nil : ids.prefix(5).joined(separator: ", ")
  }

  private static func code(_ status: Int) -> Code {
    switch status {
    case 300: .identityDuplicate
    case 401: .signInRefused
    case 403: .permissionRefused
    case 404, 410: .recordGone
    case 409, 412: .staleRecord
    case 420, 429: .throttled
    case 406, 500...599: .serviceFailed
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
