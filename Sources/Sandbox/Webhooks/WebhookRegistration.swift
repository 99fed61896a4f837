import Foundation
import GRDB

/// Where the tenant wants which events to be sent: one registration at most (S22).
struct WebhookRegistration: Codable, Sendable {
  let subscriberId: String
  var webhookUrl: String
  var webhookEvents: [String]
  /// Whether callbacks carry their signature in `x-ms-signature` instead of `Authorization`.
  var signatureTokenToMsSignatureHeader: Bool
  var properties: [String: String]
  var lastModifiedTimestamp: String
  /// The address of this sandbox as the client wrote it, under which its certificates lie.
  let origin: String

  /// The names that can be registered; those of commerce are never sent.
  static let events = [
    "test-created", "referral-created", "referral-updated", "related-referral-created", "related-referral-updated",
    "subscription-updated", "invoice-ready", "usagerecords-thresholdExceeded",
  ]

  /// Reads what a client sent; names are compared without regard to case.
  ///
  /// - Throws: a `Refusal` 400 for an address that is none or an event that does not exist.
  init(_ sent: JSONObject, subscriber: String, world: World) throws {
    let url = sent.value(ignoringCase: "webhookUrl")?.string ?? ""
    guard let parts = URLComponents(string: url), ["http", "https"].contains(parts.scheme), parts.host?.isEmpty == false
    else { throw Refusal(status: 400, code: "InvalidWebhookUrl", message: "WebhookUrl must be an absolute address.") }
    let names = (sent.value(ignoringCase: "webhookEvents")?.array ?? []).map { $0.string ?? "" }
    let known = names.map { name in WebhookRegistration.events.first { $0.lowercased() == name.lowercased() } }
    guard !known.isEmpty, known.allSatisfy({ $0 != nil }) else {
      throw Refusal(status: 400, code: "InvalidWebhookEvents", message: "WebhookEvents must name known events.")
    }
    subscriberId = subscriber
    webhookUrl = url
    webhookEvents = known.compactMap { $0 }
    signatureTokenToMsSignatureHeader = sent.value(ignoringCase: "signatureTokenToMsSignatureHeader")?.bool ?? false
    let given = sent.value(ignoringCase: "properties")?.object?.members.map { ($0.0, $0.1.string ?? $0.1.text) } ?? []
    properties = Dictionary(given, uniquingKeysWith: { $1 })
    lastModifiedTimestamp = try world.now.zulu
    origin = world.origin
  }

  /// The registration of the tenant, nil where there is none.
  static func current(_ world: World) throws -> WebhookRegistration? {
    try String.fetchOne(world.db.cachedStatement(sql: "SELECT body FROM webhook")).map {
      try JSONDecoder().decode(WebhookRegistration.self, from: Data($0.utf8))
    }
  }

  /// Puts this registration in the place of any other.
  func store(_ world: World) throws {
    let text = String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
    try world.db.cachedStatement(sql: "DELETE FROM webhook").execute()
    try world.db.cachedStatement(sql: "INSERT INTO webhook(body) VALUES (?)").execute(arguments: [text])
  }

  /// What the service answers, in camel case whatever was sent.
  var json: JSONValue {
    let properties = properties.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
    return [
      "subscriberId": .string(subscriberId), "webhookUrl": .string(webhookUrl),
      "webhookEvents": .array(webhookEvents.map { .string($0) }),
      "signatureTokenToMsSignatureHeader": .bool(signatureTokenToMsSignatureHeader),
      "properties": .object(JSONObject(properties)), "lastModifiedTimestamp": .string(lastModifiedTimestamp),
    ]
  }
}
