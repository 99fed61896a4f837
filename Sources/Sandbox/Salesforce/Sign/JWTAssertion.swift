import Crypto
import CryptoExtras
import Foundation

/// The signed assertion of the JWT bearer grant, checked against the certificate of the sandbox's application.
struct JWTAssertion {
  let identity: Identity
  let origin: String
  /// The certificate that was uploaded; empty for the key of the ready line.
  let certificate: String

  /// - Throws: a `Refusal` `invalid_grant` for a bad signature, issuer, user, audience or a lifetime that is over.
  func verify(_ assertion: String) throws {
    let parts = assertion.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, let header = JWTAssertion.json(parts[0]), let claims = JWTAssertion.json(parts[1]),
      let signature = JWTAssertion.decoded(parts[2]), header["alg"] == "RS256"
    else { throw refused("invalid assertion") }
    let key =
      try AppCertificate(pem: certificate)?.publicKey
      ?? _RSA.Signing.PrivateKey(pemRepresentation: identity.privateKey).publicKey
    let signed = Data("\(parts[0]).\(parts[1])".utf8)
    guard
      key.isValidSignature(
        _RSA.Signing.RSASignature(rawRepresentation: signature), for: SHA256.hash(data: signed),
        padding: .insecurePKCS1v1_5)
    else { throw refused("invalid assertion") }
    guard claims["iss"].string == Identity.salesforceClient else {
      throw Refusal(status: 400, code: "invalid_client_id", message: "client identifier invalid")
    }
    let user = claims["prn"].string ?? claims["sub"].string
    guard user == Identity.salesforceUser else { throw refused("user hasn't approved this consumer") }
    let audiences = ["https://login.salesforce.com", "https://test.salesforce.com", origin]
    guard let audience = claims["aud"].string,
      audiences.contains(audience.hasSuffix("/") ? String(audience.dropLast()) : audience)
    else {
      throw refused("audience is invalid")
    }
    try requireFuture(claims["exp"])
  }

  /// The one thing judged by the real clock, since the client signs by it; a number or its text, with no upper bound.
  private func requireFuture(_ value: JSONValue) throws {
    let expiry = value.double ?? value.string.flatMap(Double.init)
    guard let expiry else { throw refused("invalid assertion") }
    if expiry < Date().timeIntervalSince1970 { throw refused("expired authorization code") }
  }

  private func refused(_ message: String) -> Refusal {
    Refusal(status: 400, code: "invalid_grant", message: message)
  }

  private static func json(_ part: String) -> JSONValue? { decoded(part).flatMap { try? JSONParser.parse($0) } }

  private static func decoded(_ part: String) -> Data? {
    let plain = part.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
    return Data(base64Encoded: plain + String(repeating: "=", count: (4 - plain.count % 4) % 4))
  }
}
