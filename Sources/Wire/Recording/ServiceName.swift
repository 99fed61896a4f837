/// The services of a recording, and what stands for the beginning of their addresses.
package enum ServiceName: String, CaseIterable, Hashable, Sendable {
  /// The referrals.
  case partnerCenter = "partner-center"
  /// The sign-in for Partner Center.
  case partnerCenterLogin = "partner-center-login"
  /// The org.
  case salesforce = "salesforce"
  /// The sign-in for the org.
  case salesforceLogin = "salesforce-login"

  /// What a recording has in the place of the service's address.
  var placeholder: String { "{\(rawValue)}" }

  /// Whether it hands out tokens.
  var isLogin: Bool {
    switch self {
    case .partnerCenter, .salesforce: false
    case .partnerCenterLogin, .salesforceLogin: true
    }
  }
}

/// A side whose conversations are recorded, with what its addresses begin with.
package enum RecordedService: Hashable, Sendable {
  /// Partner Center and its sign-in.
  case partnerCenter(apiURL: String, loginURL: String)
  /// Salesforce's sign-in; its answer tells the org's own address.
  case salesforce(loginURL: String)

  var addresses: [(ServiceName, String)] {
    switch self {
    case .partnerCenter(let api, let login): [(.partnerCenter, api), (.partnerCenterLogin, login)]
    case .salesforce(let login): [(.salesforceLogin, login)]
    }
  }

  /// The service of an address that is none of the known ones.
  var main: ServiceName {
    switch self {
    case .partnerCenter: .partnerCenter
    case .salesforce: .salesforce
    }
  }
}
