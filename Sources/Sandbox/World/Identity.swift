/// The fixed names of the sandbox's tenant, org, applications and users, and its secrets, which depend on the seed.
struct Identity: Sendable {
  let seed: UInt64
  /// The private key of the Salesforce application, PKCS#8 or PKCS#1 PEM.
  let privateKey: String

  static let tenant = "2f6f3c1e-54a1-4f0b-9f0e-8a4f4f1d6b01"
  static let partnerClient = "b7a9d2c4-0c1e-4d6a-8c53-6f2f9e1a7d02"
  static let organization = "7d23e5ca-41d7-4b0a-9d3f-5e6b559f0d1d"
  static let organizationName = "Fabrikam Cloud Services"
  static let mpnId = "1234567"
  static let microsoft = "msft"
  static let salesforceClient = "3MVG9SandboxReconcile00000000000000000000000000000000000"
  static let salesforceUser = "integration@fabrikam.example"
  static let apiVersions = ["60.0", "61.0", "62.0", "63.0", "64.0", "65.0"]

  var partnerSecret: String { secret("pcs", 1) }
  /// The refresh token of a Referrals admin, who sees every record of the organization.
  var partnerRefresh: String { "0.AX" + secret("pcr", 2) }
  /// The refresh token of a Referrals user, who sees only the deals whose team names `restrictedEmail` (S21).
  var restrictedRefresh: String { partnerRefresh + "-referrals-user" }
  /// The e-mail of that Referrals user: the first seller of the seeded world.
  var restrictedEmail: String { Seller.all[0].email }
  var salesforceSecret: String { secret("sfs", 3) }
  var salesforceRefresh: String { "5Aep" + secret("sfr", 4) }

  private func secret(_ prefix: String, _ stream: UInt64) -> String {
    var random = SplitMix64(seed: seed ^ 0x5EC2_E75A_11B0_7A11, stream: stream)
    return prefix + String(random.next(), radix: 36) + String(random.next(), radix: 36)
  }
}
