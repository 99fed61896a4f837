import JSON

/// What befalls a night.
enum Plot: String, CaseIterable {
  case ordinary
  /// Services that are busy, break off or lose an answer, for a moment.
  case throttled, unavailable, cut, lostAnswer
  /// A service that refuses a write for good.
  case refused
  /// The machine is off.
  case missed
  /// A second call while the first is at work.
  case overlapped
  /// The process dies within apply; or is asked to end while it reads.
  case killed, interrupted
  /// The account lost sight of most referrals; the plan would do more than the limits allow.
  case shrunken, limited
  /// The secret does not hold any more; a list that breaks off whenever it is read.
  case expired, truncated

  /// The plots of thirty nights.
  static let calendar: [Int: Plot] = [
    2: .throttled, 4: .killed, 6: .unavailable, 7: .missed, 9: .overlapped, 11: .shrunken, 13: .cut, 14: .refused,
    16: .expired, 18: .lostAnswer, 19: .limited, 21: .truncated, 22: .missed, 24: .interrupted, 25: .throttled,
    27: .lostAnswer, 28: .unavailable,
  ]

  /// What goes wrong with requests.
  var faults: [JSONValue] {
    switch self {
    case .ordinary, .missed, .shrunken, .limited, .expired: []
    case .throttled:
      [
        ["side": "partner-center", "method": "PATCH", "times": 2, "then": ["status": 429, "retry_after": 1]],
        ["side": "partner-center", "method": "GET", "times": 1, "then": ["status": 429, "retry_after": 1]],
      ]
    case .unavailable:
      [
        ["side": "salesforce", "method": "GET", "nth": 2, "then": ["status": 503, "retry_after": 1]],
        ["side": "partner-center", "method": "GET", "then": ["status": 503, "retry_after": 1]],
      ]
    case .cut: [["side": "partner-center", "method": "GET", "then": ["cut_after_bytes": 400]]]
    case .lostAnswer: [["side": "partner-center", "method": "PATCH", "then": ["lose_answer": true]]]
    case .refused:
      [["side": "partner-center", "method": "PATCH", "times": 99, "then": ["status": 400, "code": "invalidRequest"]]]
    case .overlapped, .interrupted: [["side": "partner-center", "method": "GET", "then": ["delay_ms": 1500]]]
    case .killed: [["side": "partner-center", "method": "PATCH", "nth": 2, "then": ["delay_ms": 60_000]]]
    case .truncated: [["side": "partner-center", "path": "referrals", "times": 99, "then": ["cut_after_bytes": 3000]]]
    }
  }

  /// How the night may end.
  var statuses: Set<Int32> {
    switch self {
    case .ordinary, .throttled, .unavailable, .cut, .overlapped: [0, 4]
    case .lostAnswer: [0, 3, 4]
    case .refused: [3]
    case .missed: []
    case .killed: [-9]
    case .interrupted: [130]
    case .shrunken, .limited: [5]
    case .expired: [7]
    case .truncated: [8]
    }
  }

  /// The code that says why the night came to nothing; nil where it did not.
  var code: String? {
    switch self {
    case .ordinary, .throttled, .unavailable, .cut, .lostAnswer, .refused, .missed, .overlapped, .killed: nil
    case .interrupted: "E630"
    case .shrunken: "E404"
    case .limited: "E607"
    case .expired: "E303"
    case .truncated: "E401"
    }
  }

  /// Whether people have to change deals before it, so that there is something to write.
  var needsWork: Bool {
    switch self {
    case .throttled, .lostAnswer, .refused, .killed, .limited: true
    case .ordinary, .unavailable, .cut, .missed, .overlapped, .interrupted, .shrunken, .expired, .truncated: false
    }
  }
}
