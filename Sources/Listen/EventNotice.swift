import JSON
import Model
import Wire

/// What a call tells, once its signature has been found right.
struct EventNotice: Sendable, Hashable {
  /// What happened.
  let event: WebhookEvent
  /// The referral that it happened to; nil for a test.
  let referral: String?

  /// Reads a body.
  ///
  /// - Throws: `CallRefusal`: `body`, `event` or `resource`.
  init(_ body: [UInt8], resourceHosts: [String]) throws(CallRefusal) {
    guard let json = try? JSONValue(parsing: body, limit: ListenSettings.mostBytes), json.objectValue != nil,
      let name = json["EventName"]?.stringValue, let uri = json["ResourceUri"]?.stringValue,
      let moment = json["ResourceChangeUtcDate"]?.stringValue, Timestamp.parse(moment) != nil
    else { throw .body }
    guard let event = WebhookEvent(rawValue: name.lowercased()) else { throw .event }
    self.event = event
    guard event.isAboutReferral else {
      referral = nil
      return
    }
    guard let address = ReferralAddress(uri, hosts: resourceHosts) else { throw .resource }
    referral = address.id
  }
}
