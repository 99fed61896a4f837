import JSON

extension Masking {
  /// One exchange as a recording holds it.
  func exchange(
    _ number: Int, _ request: Request, _ result: Result<Response, TransportError>, otherwise main: ServiceName
  ) -> (service: ServiceName, document: JSONValue) {
    let (service, rest) = addresses.target(of: request.url, otherwise: main)
    let lines = request.headers
    let sent: JSONValue = [
      "method": .string(request.method.rawValue), "target": .string(target(rest)), "headers": pairs(headers(lines)),
      "body": request.body.map { .string(body($0, type: Headers(lines)["Content-Type"])) } ?? .null,
    ]
    let isDescription = request.method == .get && Self.isDescription(rest)
    let document: JSONValue = [
      "number": .number(String(number)), "service": .string(service.rawValue), "request": sent,
    ]
    return (service, .object((document.objectValue ?? []) + [outcome(result, isDescription)]))
  }

  private func outcome(_ result: Result<Response, TransportError>, _ isDescription: Bool) -> JSONMember {
    switch result {
    case .success(let response):
      JSONMember(
        "response",
        [
          "status": .number(String(response.status)), "headers": pairs(headers(response.headers.all)),
          "body": .string(
            body(
              response.body, type: response.headers["Content-Type"],
              isDescription: isDescription && response.isSuccess)),
        ])
    case .failure(let error):
      JSONMember(
        "failure",
        ["reason": .string(error.reason.name), "may_have_taken_effect": .bool(error.mayHaveTakenEffect)])
    }
  }

  private func pairs(_ lines: [(name: String, value: String)]) -> JSONValue {
    .array(lines.map { [.string($0.name), .string($0.value)] })
  }

  private static func isDescription(_ target: String) -> Bool {
    let path = target.prefix { $0 != "?" }
    return path.hasSuffix("/describe") || path.hasSuffix("/sobjects") || path.hasSuffix("/sobjects/")
  }
}

extension TransportError.Reason {
  /// The name under which a recording holds it.
  var name: String {
    switch self {
    case .unreachable: "unreachable"
    case .timedOut: "timedOut"
    case .tlsFailed: "tlsFailed"
    case .cutOff: "cutOff"
    case .truncated: "truncated"
    case .tooLarge: "tooLarge"
    case .refusedRedirect: "refusedRedirect"
    case .plainHTTP: "plainHTTP"
    case .badAddress: "badAddress"
    case .malformed: "malformed"
    case .abandoned: "abandoned"
    case .spent: "spent"
    }
  }
}
