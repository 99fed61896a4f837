import Foundation
import JSON
import Model

/// The registration of webhooks: on a host of its own, with a token of its own audience.
package final class WebhookClient {
  private static let path = "/webhooks/v1/registration"

  private let channel: ServiceChannel
  private let answer: JSONAnswer

  /// A client that signs in with `tokens` and sends over `transport`.
  package init(transport: RetryingTransport, tokens: PartnerCenterTokens, redaction: Redaction) {
    channel = ServiceChannel(.partnerCenter, transport: transport, signIn: tokens.signIn(for: .webhooks))
    answer = JSONAnswer(side: .partnerCenter, redaction: redaction, requestIDHeader: "MS-RequestId")
  }

  /// The registration of the tenant; nil when there is none.
  package func registration() throws(ServiceError) -> WebhookRegistration? {
    do throws(ServiceError) {
      return try registration(send(.get, ""))
    } catch  where error.code == .webhookMissing {
      return nil
    }
  }

  /// Makes the registration; nil when there is one already, which is left alone.
  package func create(_ wanted: WebhookRegistration) throws(ServiceError) -> WebhookRegistration? {
    do throws(ServiceError) {
      return try registration(send(.post, "", wanted.body))
    } catch  where error.code == .webhookRegistered {
      return nil
    }
  }

  /// Puts a registration in the place of the one that is there.
  package func replace(_ wanted: WebhookRegistration) throws(ServiceError) -> WebhookRegistration {
    try registration(send(.put, "", wanted.body))
  }

  /// Raises a test event and returns the id under which its delivery can be asked for; two a minute are allowed.
  package func raiseTest() throws(ServiceError) -> String {
    let response = try send(.post, "/validationEvents", repeatability: .onlyWithoutEffect)
    guard let id = try answer.document(response)["correlationId"]?.stringValue, !id.isEmpty else {
      throw answer.malformed(response, "it raised a test event without telling its id")
    }
    return id
  }

  /// What became of a test event so far.
  package func delivery(of correlationID: String) throws(ServiceError) -> WebhookDelivery {
    let id = try PathSegment.of(correlationID, on: .partnerCenter)
    return WebhookDelivery(try answer.document(send(.get, "/validationEvents/" + id)), redaction: answer.redaction)
  }

  /// A registration says what shall be, so that sending it again changes nothing.
  private func send(
    _ method: Request.Method, _ target: String, _ body: JSONValue? = nil,
    repeatability: Request.Repeatability = .freely
  ) throws(ServiceError) -> Response {
    let id = UUID().uuidString.lowercased()
    let call = Call(
      method: method, target: Self.path + target,
      headers: [(name: "MS-CorrelationId", value: id), (name: "MS-RequestId", value: id)],
      body: body?.encoded() ?? (method == .post ? [] : nil), repeatability: repeatability, isWrite: false)
    let response = try channel.send(call)
    guard response.isSuccess else { throw WebhookError.error(response, answer) }
    return response
  }

  private func registration(_ response: Response) throws(ServiceError) -> WebhookRegistration {
    guard let registration = WebhookRegistration(try answer.document(response)) else {
      throw answer.malformed(response, "it answered with something else than a registration of webhooks")
    }
    return registration
  }
}
