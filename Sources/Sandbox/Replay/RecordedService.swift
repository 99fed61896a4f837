/// The services that a recording tells apart, and where a replay stands in for them.
enum RecordedService: String, CaseIterable, Sendable {
  case partnerCenter = "partner-center"
  case partnerCenterLogin = "partner-center-login"
  case salesforce
  case salesforceLogin = "salesforce-login"

  /// What stands for its base address in headers and bodies.
  var placeholder: String { "{\(rawValue)}" }

  /// Its base address in a replay.
  func base(_ origin: String) -> String {
    switch self {
    case .partnerCenter: origin + "/partner-center"
    case .partnerCenterLogin: origin + "/login"
    case .salesforce, .salesforceLogin: origin
    }
  }

  var side: Side {
    switch self {
    case .partnerCenter: .partnerCenter
    case .partnerCenterLogin, .salesforceLogin: .login
    case .salesforce: .salesforce
    }
  }

  /// The services that a request may be for, the likeliest first, and the request below their base address.
  ///
  /// Both of Salesforce's have one base address; its sign-in is told by its path.
  static func candidates(_ request: ServiceRequest) -> (services: [RecordedService], request: ServiceRequest) {
    switch request.segments.first {
    case "partner-center": ([.partnerCenter], request.below(1))
    case "login": ([.partnerCenterLogin], request.below(1))
    case "services" where request.segments.dropFirst().first == "oauth2": ([.salesforceLogin, .salesforce], request)
    default: ([.salesforce, .salesforceLogin], request)
    }
  }

  /// Puts the addresses of a replay in the place of all placeholders.
  static func filled(_ text: String, origin: String) -> String {
    guard text.contains("{") else { return text }
    return allCases.reduce(text) { $0.replacing($1.placeholder, with: $1.base(origin)) }
  }
}
