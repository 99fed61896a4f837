import Foundation

/// Where one signs in to the production org that a Salesforce sandbox belongs to.
struct ProductionLogin {
  let text: String

  /// Nil when an address is not a sandbox's.
  ///
  /// A sandbox's own domain is its org's, with the sandbox's name behind two hyphens: `acme--uat.sandbox.my.salesforce.com`.
  init?(insteadOf address: String) {
    guard let host = URLComponents(string: address)?.host?.lowercased() else { return nil }
    if host == "test.salesforce.com" {
      text = "https://login.salesforce.com"
      return
    }
    let suffix = ".sandbox.my.salesforce.com"
    guard host.hasSuffix(suffix), let hyphens = host.range(of: "--"), hyphens.lowerBound > host.startIndex else {
      return nil
    }
    text = "https://\(host[..<hyphens.lowerBound]).my.salesforce.com"
  }
}
