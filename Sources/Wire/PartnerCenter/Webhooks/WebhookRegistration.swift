import JSON

/// Where Partner Center sends which events: a tenant has one such address at most.
package struct WebhookRegistration: Sendable, Hashable {
  /// The address.
  package let url: String
  /// The names of the events, also those of commerce.
  package let events: [String]
  /// Whether calls carry their signature in `x-ms-signature`, and not in `Authorization`.
  package let usesSignatureHeader: Bool
  /// The name that Partner Center gave it; empty for one that is only wanted.
  package let subscriberID: String
  /// When it was changed last, as Partner Center writes it; empty where it does not say.
  package let lastModified: String

  /// A registration that is wanted.
  ///
  /// The signature is asked for in a header of its own: proxies take `Authorization` for theirs.
  package init(url: String, events: [WebhookEvent]) {
    self.url = url
    self.events = events.map(\.rawValue)
    usesSignatureHeader = true
    subscriberID = ""
    lastModified = ""
  }

  /// Reads an answer; names are compared without regard to case, since Microsoft writes them in two ways.
  init?(_ answer: JSONValue) {
    guard let url = answer["webhookUrl"]?.stringValue, let events = answer["webhookEvents"]?.arrayValue else {
      return nil
    }
    self.url = url
    self.events = events.compactMap(\.stringValue)
    usesSignatureHeader = answer["signatureTokenToMsSignatureHeader"]?.boolValue ?? false
    subscriberID = answer["subscriberId"]?.stringValue ?? ""
    lastModified = answer["lastModifiedTimestamp"]?.stringValue ?? ""
  }

  /// What is sent to make or to change it.
  var body: JSONValue {
    [
      "WebhookUrl": .string(url), "WebhookEvents": .array(events.map { .string($0) }),
      "signatureTokenToMsSignatureHeader": .bool(usesSignatureHeader),
    ]
  }

  /// Whether another one sends the same events to the same address in the same way.
  package func sends(as other: WebhookRegistration) -> Bool {
    url == other.url && Set(events.map { $0.lowercased() }) == Set(other.events.map { $0.lowercased() })
      && usesSignatureHeader == other.usesSignatureHeader
  }
}
