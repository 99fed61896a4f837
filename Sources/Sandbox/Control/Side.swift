/// The service that a request is for.
enum Side: String, Sendable {
  case partnerCenter = "partner-center"
  case salesforce
  case login
}
