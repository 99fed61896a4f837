import JSON
import Model

/// What Partner Center's statuses and error codes mean (R109, R110, R111).
enum PartnerCenterError {
  /// The error in an answer that is none of success.
  static func error(_ response: Response, _ answer: JSONAnswer, isWrite: Bool) -> ServiceError {
    let body = try? JSONValue(parsing: response.body, limit: 1 << 20)
    let codes = codes(body?["error"])
    var details = answer.details(response)
    details.serviceCode = codes.first.map { String(answer.redaction.clean($0).prefix(100)) }
    details.fields = body?.at("error.target")?.stringValue.map { [answer.redaction.clean($0)] } ?? []
    let text = body?.at("error.message")?.stringValue.map { ": " + answer.redaction.clean($0) } ?? ""
    let name = details.serviceCode.map { " \($0)" } ?? ""
    let code = codes.lazy.compactMap(code).first ?? code(response.status)
    return ServiceError(
      .partnerCenter, code, "Partner Center answered \(response.status)\(name)\(text)", details: details,
      fix: fix(code)
    ).considering(response, isWrite: isWrite)
  }

  /// The code behind each published name; nil for a name that the status says better.
  private static func code(_ name: String) -> Code? {
    switch name.lowercased() {
    case "preconditionfailed", "resourcemodified": .staleRecord
    case "itemnotfound": .recordGone
    case "accessdenied": .permissionRefused
    case "unauthenticated", "unauthorized": .signInRefused
    case "servicenotavailable": .serviceFailed
    default: nil
    }
  }

  private static func code(_ status: Int) -> Code {
    switch status {
    case 401: .signInRefused
    case 403: .permissionRefused
    case 404, 410: .recordGone
    case 409, 412: .staleRecord
    case 429: .throttled
    case 500...599: .serviceFailed
    default: .requestRefused
    }
  }

  /// The error's code and those of the errors within it, outermost first.
  private static func codes(_ error: JSONValue?) -> [String] {
    var codes: [String] = []
    var error = error
    while let current = error, codes.count < 8 {
      if let code = current["code"]?.stringValue { codes.append(code) }
      error = current["innerError"]
    }
    return codes
  }

  private static func fix(_ code: Code) -> String? {
    switch code {
    case .permissionRefused: "give the user the role Referrals admin, then run `reconcile doctor`"
    case .signInRefused: "sign in afresh: `reconcile login partner-center`; then run `reconcile doctor`"
    default: nil
    }
  }
}
