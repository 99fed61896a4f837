/// By what a customer's account is found (R45, R47).
package enum AccountMatch: String, CaseIterable, Sendable, Codable {
  case nameAndPostalCode = "name and postal code"
  case name
}
