import Foundation
import NIOHTTP1

/// One signed request to the address of a registration, and what is made of its answer.
struct Callback: Sendable {
  let url: String
  let headers: [(name: String, value: String)]
  let body: Data
  /// How often it is sent at once: duplicates do happen.
  let copies: Int

  /// What came of an attempt.
  struct Answer: Sendable {
    let code: String
    let message: String
    let isSystemError: Bool
    let isTaken: Bool

    init(status: Int) {
      code = HTTPResponseStatus(statusCode: status).reasonPhrase.filter { $0 != " " }
      message = ""
      isSystemError = false
      isTaken = (200...299).contains(status)
    }

    init(trouble: String) {
      code = "ServiceUnavailable"
      message = trouble
      isSystemError = true
      isTaken = false
    }
  }

  /// Signs the exact bytes of a body, for the header that the registration asks for.
  init(body text: String, registration: WebhookRegistration, switches: PartnerCenterSwitches) throws {
    url = registration.webhookUrl
    body = Data(text.utf8)
    copies = switches.webhookCopies
    let signed = switches.webhookSignature == .right ? body : body + Data(" ".utf8)
    headers = try Callback.headers(
      of: signed, by: switches.webhookCertificate, from: registration.origin,
      inHeader: registration.signatureTokenToMsSignatureHeader)
  }

  /// The headers of a callback that is signed over some bytes and names a certificate.
  static func headers(
    of signed: Data, by certificate: CallbackCertificate, from origin: String, inHeader: Bool
  ) throws -> [(name: String, value: String)] {
    let signature = try CallbackCertificates.shared.get().dispatch.signature(of: signed).base64EncodedString()
    return [
      ("Content-Type", "application/json"), (inHeader ? "x-ms-signature" : "Authorization", "Signature \(signature)"),
      ("X-MS-Certificate-Url", certificate.address(origin)), ("X-MS-Signature-Algorithm", "rsa-sha256"),
    ]
  }
}
