import Foundation
import Model
import Setup
import Testing

@Suite("The key of the Salesforce app")
struct SigningKeyTests {
  static let now = Date(timeIntervalSince1970: 1_800_000_000)

  @Test("A key is written as PKCS#8 in PEM form, and read again as the same", arguments: SigningKey.Size.allCases)
  func roundTrip(size: SigningKey.Size) throws {
    let key = try SigningKey(size)
    let pem = key.pem.reveal()
    #expect(key.bits == size.rawValue)
    #expect(pem.hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
    let again = try #require(SigningKey(pem: key.pem))
    #expect(again.pem == key.pem && again.bits == key.bits)
    #expect("\(key)".contains("BEGIN") == false)
  }

  @Test("A certificate is the key's own, for two years, and read again as the same")
  func certificate() throws {
    let key = try SigningKey(.bits2048)
    let certificate = try key.certificate(now: Self.now)
    #expect(certificate.pem.hasPrefix("-----BEGIN CERTIFICATE-----\n") && certificate.pem.hasSuffix("-----\n"))
    #expect(certificate.daysLeft(now: Self.now) == 730)
    #expect(certificate.daysLeft(now: Self.now.addingTimeInterval(731 * 86_400)) == 0)
    let again = try #require(SigningCertificate(pem: certificate.pem))
    #expect(again.end == certificate.end && key.fits(again))
    #expect(try !SigningKey(.bits2048).fits(certificate))
  }

  /// What a file may hold instead of a key.
  static let noKeys: [String] = [
    "", "no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
    // A key of an elliptic curve.
    """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgevZzL1gdAFr88hb2
    OF/2NxApJCzGCEDdfSp6VQO30hyhRANCAAQRWz+jn65BtOMvdyHKcvjBeBSDZH2r
    1RTwjmYSi9R/zpBnuQ4EiMnCqfMPWiZqB4QdbAd0E7oH50VpuZ1P087G
    -----END PRIVATE KEY-----
    """,
  ]

  @Test("Anything but an RSA key is none", arguments: noKeys)
  func noKey(text: String) {
    #expect(SigningKey(pem: Secret(text)) == nil)
  }

  @Test("Anything but a certificate is none", arguments: noKeys)
  func noCertificate(text: String) {
    #expect(SigningCertificate(pem: text) == nil)
  }
}
