import JSON

/// What became of a test event so far.
package struct WebhookDelivery: Sendable, Hashable {
  /// How far it has come.
  package enum State: Sendable, Hashable {
    /// It was not tried yet, or is tried again.
    case pending
    /// The address took it.
    case delivered
    /// It is not tried any more.
    case failed
  }

  /// One call to the address.
  package struct Attempt: Sendable, Hashable {
    /// The name of the status that the address answered with, such as `OK`.
    package let code: String
    /// What Partner Center adds to it.
    package let message: String
    /// When it was, in UTC, as Partner Center writes it.
    package let moment: String
  }

  /// How far the event has come.
  package let state: State
  /// Where it was sent.
  package let url: String
  /// Every call so far, oldest first.
  package let attempts: [Attempt]

  /// Reads a status object.
  init(_ answer: JSONValue, redaction: Redaction) {
    attempts = (answer["results"]?.arrayValue ?? []).map { result in
      Attempt(
        code: redaction.clean(result["responseCode"]?.stringValue ?? ""),
        message: redaction.clean(result["responseMessage"]?.stringValue ?? ""),
        moment: result["dateTimeUtc"]?.stringValue ?? "")
    }
    url = redaction.clean(answer["callbackUrl"]?.stringValue ?? "")
    state = Self.state(answer["status"]?.stringValue ?? "", attempts)
  }

  private static func state(_ word: String, _ attempts: [Attempt]) -> State {
    if attempts.contains(where: { taken.contains($0.code.lowercased()) }) { return .delivered }
    return ["completed", "failed"].contains(word.lowercased()) ? .failed : .pending
  }

  /// The names of the statuses of success.
  private static let taken: Set<String> = ["ok", "created", "accepted", "nocontent"]
}
