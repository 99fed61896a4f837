import JSON
import Wire

extension WebhookRegistration {
  /// The registration as a JSON line says it.
  var json: JSONValue {
    .object([
      JSONMember("message_type", .string("webhook")), JSONMember("url", .string(url)),
      JSONMember("events", .array(events.map { .string($0) })),
      JSONMember("signature_header", .string(usesSignatureHeader ? "x-ms-signature" : "Authorization")),
      JSONMember("subscriber_id", .string(subscriberID)), JSONMember("last_modified", .string(lastModified)),
    ])
  }
}
