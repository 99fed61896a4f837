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
    let signature = try CallbackCertificates.shared.get().dispatch.signature(of: signed).base64EncodedString()
    let carrier = registration.signatureTokenToMsSignatureHeader ? "x-ms-signature" : "Authorization"
    headers = [
      ("Content-Type", "application/json"), (carrier, "Signature \(signature)"),
      ("X-MS-Certificate-Url", "\(registration.origin)/webhook/certificates/dispatch.cer"),
      ("X-MS-Signature-Algorithm", "rsa-sha256"),
    ]
  }
}
