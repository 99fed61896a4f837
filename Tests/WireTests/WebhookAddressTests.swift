import Testing

@testable import Wire

@Suite("Addresses that calls from outside name")
struct WebhookAddressTests {
  private static let id = "11111111-2222-4333-8444-555555555501"
  private static let hosts = ["api.partnercenter.microsoft.com", "127.0.0.1"]

  @Test(
    "Of a referral's address the id is taken, of any other one nothing",
    arguments: [
      ("https://api.partnercenter.microsoft.com/engagements/v1/referrals/\(id)", id),
      ("https://api.partnercenter.microsoft.com/v1.0/engagements/referrals/\(id.uppercased())", id),
      ("HTTPS://API.partnercenter.microsoft.com:443/engagements/v1/referrals/\(id)", id),
      ("http://127.0.0.1:8080/partner-center/v1.0/engagements/referrals/\(id)", id),
      ("http://api.partnercenter.microsoft.com/engagements/v1/referrals/\(id)", nil),
      ("https://api.partnercenter.microsoft.com:8443/engagements/v1/referrals/\(id)", nil),
      ("https://api.partnercenter.microsoft.com.example.com/engagements/v1/referrals/\(id)", nil),
      ("https://api.partnercenter.microsoft.com@example.com/engagements/v1/referrals/\(id)", nil),
      ("https://example.com/engagements/v1/referrals/\(id)", nil),
      ("https://api.partnercenter.microsoft.com/engagements/v1/customers/\(id)", nil),
      ("https://api.partnercenter.microsoft.com/engagements/v1/referrals/\(id)/", nil),
      ("https://api.partnercenter.microsoft.com/engagements/v1/referrals/\(id)?x=1", nil),
      ("https://api.partnercenter.microsoft.com/v1/referrals/\(id)", nil),
      ("https://api.partnercenter.microsoft.com/engagements/v1/referrals/..", nil),
      ("https://api.partnercenter.microsoft.com/engagements/v1/referrals/\(id)'", nil),
      ("https://api.partnercenter.microsoft.com/engagements/v1/referrals/", nil),
      ("/engagements/v1/referrals/\(id)", nil), (id, nil), ("", nil),
    ] as [(String, String?)])
  func referral(text: String, expected: String?) {
    #expect(ReferralAddress(text, hosts: Self.hosts)?.id == expected)
  }

  @Test(
    "A certificate is fetched from an allowed host alone, encrypted and at the usual port, or from this machine",
    arguments: [
      ("https://store.example.net/cert/a.cer", true), ("https://STORE.example.net:443/cert/a.cer", true),
      ("http://127.0.0.1:9/a.cer", true), ("http://store.example.net/cert/a.cer", false),
      ("https://store.example.net:444/cert/a.cer", false), ("https://store.example.net.evil.example/a.cer", false),
      ("https://user@store.example.net/a.cer", false), ("https://store.example.net@evil.example/a.cer", false),
      ("https://evil.example/store.example.net/a.cer", false), ("http://localhost:9/a.cer", false),
      ("http://127.0.0.2:9/a.cer", false), ("file:///etc/passwd", false), ("ftp://store.example.net/a.cer", false),
      ("store.example.net/a.cer", false), ("", false), ("https://", false),
    ])
  func certificate(text: String, isAllowed: Bool) {
    #expect((CertificateAddress(text, hosts: ["store.example.net", "127.0.0.1"]) != nil) == isAllowed)
  }

  @Test("Without a host in the list nothing is fetched at all")
  func none() {
    #expect(CertificateAddress("https://store.example.net/a.cer", hosts: []) == nil)
    #expect(CertificateAddress("http://127.0.0.1/a.cer", hosts: ["store.example.net"]) == nil)
  }

  @Test(
    "Events are sent by https, or to this machine",
    arguments: [
      ("https://hooks.example.com/pc", true), ("http://127.0.0.1:8787/", true), ("http://hooks.example.com/pc", false),
      ("hooks.example.com", false),
    ])
  func usable(text: String, expected: Bool) { #expect(PublicAddress.isUsable(text) == expected) }
}
