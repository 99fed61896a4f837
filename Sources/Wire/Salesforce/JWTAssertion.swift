import Crypto
import CryptoExtras
import Foundation
import JSON
import Model

/// The signed statement by which an application signs in as a user without a password: a JWT with RS256.
enum JWTAssertion {
  /// Seconds from now on for which a statement holds; Salesforce wants it within three minutes.
  static let lifetime: TimeInterval = 170

  /// Who signs in where.
  struct Claims {
    let clientID: String
    let username: String
    let audience: String
    let now: Date
  }

  /// The statement, signed with an RSA key in PEM form.
  static func signed(_ claims: Claims, privateKey: Secret) throws(Failure) -> Secret {
    let body: JSONValue = [
      "iss": .string(claims.clientID), "sub": .string(claims.username), "aud": .string(claims.audience),
      "exp": .number(String(Int(claims.now.addingTimeInterval(lifetime).timeIntervalSince1970))),
      "jti": .string(UUID().uuidString.lowercased()),
    ]
    let header: JSONValue = ["alg": "RS256", "typ": "JWT"]
    let text = base64URL(header.encoded()) + "." + base64URL(body.encoded())
    do {
      let key = try _RSA.Signing.PrivateKey(pemRepresentation: privateKey.reveal())
      let digest = SHA256.hash(data: Data(text.utf8))
      let signature = try key.signature(for: digest, padding: .insecurePKCS1v1_5)
      return Secret(text + "." + base64URL(Array(signature.rawRepresentation)))
    } catch {
      // The error's own text may quote the key.
      throw Failure(
        .secretUnreadable, "the private key for Salesforce is no RSA key of at least 2,048 bits in PEM form",
        fix: "point `salesforce.private_key` to the key whose certificate was uploaded to the app")
    }
  }

  private static func base64URL(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }
}
