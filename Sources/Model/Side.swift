/// One of the two services that hold a deal.
package enum Side: String, CaseIterable, Sendable, Codable {
  case partnerCenter = "partner-center"
  case salesforce = "salesforce"

  /// The other side.
  package var opposite: Side {
    switch self {
    case .partnerCenter: .salesforce
    case .salesforce: .partnerCenter
    }
  }

  /// The name as a sentence prints it.
  package var title: String {
    switch self {
    case .partnerCenter: "Partner Center"
    case .salesforce: "Salesforce"
    }
  }
}
