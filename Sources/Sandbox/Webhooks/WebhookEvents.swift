import Foundation
import GRDB

/// The events that were raised, and what became of their delivery (S23).
struct WebhookEvents {
  let world: World

  /// So often an event is tried, and then no more.
  static let attempts = 10
  private static let retryAfterSeconds = 60
  private static let validationsKept = 7 * 86400

  enum Action: String {
    case created
    case updated
  }

  /// Raises the event of a record: of the own organization's, or of one related to it.
  func raise(_ action: Action, _ referral: Referral) throws {
    let name = (referral.isMicrosofts ? "related-referral-" : "referral-") + action.rawValue
    guard let registration = try WebhookRegistration.current(world), registration.webhookEvents.contains(name) else {
      return
    }
    let uri =
      switch try world.partnerCenterSwitches.webhookResourceUri {
      case .documented: "https://api.partnercenter.microsoft.com/engagements/v1/referrals/\(referral.id)"
      case .api: "\(registration.origin)/partner-center/v1.0/engagements/referrals/\(referral.id)"
      }
    try add(name, uri, resource: "referral", moment: referral.body["updatedDateTime"].string ?? "", correlation: nil)
  }

  /// Raises a test event and returns the id under which its delivery can be asked for.
  func raiseTest() throws -> String {
    var random = try world.random("validation")
    let id = GUID.make(&random)
    try add(
      "test-created", "https://api.partnercenter.microsoft.com/webhooks/v1/registration/test", resource: "test",
      moment: try world.now.zulu, correlation: id)
    return id
  }

  private func add(_ name: String, _ uri: String, resource: String, moment: String, correlation: String?) throws {
    let body: JSONValue = [
      "EventName": .string(name), "ResourceUri": .string(uri), "ResourceName": .string(resource), "AuditUri": nil,
      "ResourceChangeUtcDate": .string(WebhookEvents.offset(moment)),
    ]
    let now = try world.now.seconds
    try world.db.cachedStatement(
      sql: """
        INSERT INTO event(correlation, name, body, created, due, attempts, state, results)
        VALUES (?, ?, ?, ?, ?, 0, 'waiting', '[]')
        """
    ).execute(arguments: [correlation, name, body.text, now, now])
  }

  /// `2026-11-02T08:00:00.12Z` as `2026-11-02T08:00:00.1200000+00:00`.
  private static func offset(_ moment: String) -> String {
    let parts = moment.dropLast().split(separator: ".", maxSplits: 1)
    let fraction = parts.count == 2 ? parts[1] : ""
    return "\(parts.first ?? "").\(fraction)\(String(repeating: "0", count: max(0, 7 - fraction.count)))+00:00"
  }

  /// How many seconds must pass before another test event; nil for none.
  func validationWait() throws -> Int? {
    let now = try world.now.seconds
    let recent = try Int.fetchAll(
      world.db.cachedStatement(
        sql: "SELECT created FROM event WHERE correlation IS NOT NULL AND created > ? ORDER BY created DESC"),
      arguments: [now - 60])
    return recent.count < 2 ? nil : max(1, recent[1] + 60 - now)
  }

  /// The status object of a test event, for seven days.
  func validation(_ id: String) throws -> JSONValue? {
    let row = try Row.fetchOne(
      world.db.cachedStatement(sql: "SELECT state, results FROM event WHERE correlation = ? AND created > ?"),
      arguments: [id.lowercased(), try world.now.seconds - WebhookEvents.validationsKept])
    guard let row else { return nil }
    let results: String = row["results"]
    return [
      "correlationId": .string(id.lowercased()), "partnerId": .string(Identity.tenant),
      "status": .string(WebhookEvents.word(row["state"])),
      "callbackUrl": .text(try WebhookRegistration.current(world)?.webhookUrl),
      "results": try JSONParser.parse(results),
    ]
  }

  private static func word(_ state: String) -> String {
    switch state {
    case "done": "completed"
    case "dead": "failed"
    default: "pending"
    }
  }

  // MARK: Delivery

  /// The events that wait and whose time has come, or all that wait.
  func waiting(isDue: Bool) throws -> [Int] {
    let waiting = try Int.fetchAll(
      world.db.cachedStatement(sql: "SELECT seq FROM event WHERE state = 'waiting' AND (due <= ? OR ?) ORDER BY seq"),
      arguments: [try world.now.seconds, !isDue])
    switch try world.partnerCenterSwitches.webhookOrder {
    case .raised: return waiting
    case .reversed: return waiting.reversed()
    }
  }

  /// Takes an event that waits, counts the attempt, and gives the callback to be sent.
  func claim(_ seq: Int) throws -> Callback? {
    let row = try Row.fetchOne(
      world.db.cachedStatement(sql: "SELECT body FROM event WHERE seq = ? AND state = 'waiting'"), arguments: [seq])
    guard let row, let registration = try WebhookRegistration.current(world) else { return nil }
    try world.db.cachedStatement(sql: "UPDATE event SET state = 'sending', attempts = attempts + 1 WHERE seq = ?")
      .execute(arguments: [seq])
    return try Callback(body: row["body"], registration: registration, switches: try world.partnerCenterSwitches)
  }

  /// Writes down what came of an attempt; after the tenth that failed the event is given up.
  func record(_ seq: Int, _ answer: Callback.Answer) throws {
    let row = try Row.fetchOne(
      world.db.cachedStatement(sql: "SELECT attempts, results FROM event WHERE seq = ?"), arguments: [seq])
    guard let row else { return }
    let attempts: Int = row["attempts"]
    let text: String = row["results"]
    let now = try world.now
    let result: JSONValue = [
      "responseCode": .string(answer.code), "responseMessage": .string(answer.message),
      "systemError": .bool(answer.isSystemError), "dateTimeUtc": .string(String(now.zulu.dropLast())),
    ]
    let results = (try JSONParser.parse(text).array ?? []) + [result]
    let state = answer.isTaken ? "done" : attempts >= WebhookEvents.attempts ? "dead" : "waiting"
    try world.db.cachedStatement(sql: "UPDATE event SET state = ?, due = ?, results = ? WHERE seq = ?").execute(
      arguments: [
        state, now.seconds + WebhookEvents.retryAfterSeconds * attempts, JSONValue.array(results).text, seq,
      ])
  }

  /// The headers of any body as it would be signed: whoever tests a listener forges the rest.
  func signed(_ wish: JSONValue) throws -> JSONValue {
    guard let body = wish["body"].string,
      let certificate = CallbackCertificate(rawValue: wish["certificate"].string ?? "dispatch")
    else {
      let names = CallbackCertificate.allCases.map(\.rawValue).joined(separator: ", ")
      throw Refusal(
        status: 400, code: "BAD_BODY", message: "sign holds a body and perhaps a certificate, which is one of \(names)")
    }
    let headers = try Callback.headers(of: Data(body.utf8), by: certificate, from: world.origin, inHeader: true)
    return ["headers": .object(JSONObject(headers.map { ($0.name, JSONValue.string($0.value)) }))]
  }

  /// `/_sandbox/webhooks`: the registration, every event with its attempts, and the root to be trusted.
  var json: JSONValue {
    get throws {
      let rows = try Row.fetchAll(world.db.cachedStatement(sql: "SELECT * FROM event ORDER BY seq"))
      let events = try rows.map { row -> JSONValue in
        let body: String = row["body"]
        let results: String = row["results"]
        return [
          "event": try JSONParser.parse(body), "state": .string(row["state"]), "attempts": .int(row["attempts"]),
          "due": .string(Stamp(row["due"]).zulu), "results": try JSONParser.parse(results),
        ]
      }
      return [
        "registration": try WebhookRegistration.current(world)?.json ?? .null, "events": .array(events),
        "root_certificate_pem": .string(try CallbackCertificates.shared.get().root.pem),
      ]
    }
  }
}
