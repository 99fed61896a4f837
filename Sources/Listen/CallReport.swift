package import Wire

/// What a listener tells of a call; nothing of it is about a person.
package enum CallReport: Sendable {
  /// The referral is in the queue.
  case queued(WebhookEvent, referral: String)
  /// A test event has arrived.
  case test
  /// The call was not taken; so many more of its kind were not told of since the last one.
  case refused(status: Int, reason: String, untold: Int)

  /// One line for a person.
  package var line: String {
    switch self {
    case .queued(let event, let referral): "\(event.rawValue): referral \(referral) is queued"
    case .test: "test-created: arrived"
    case .refused(let status, let reason, let untold):
      "refused (\(status)): \(reason)" + (untold == 0 ? "" : ", and \(untold) more since the last message")
    }
  }
}
