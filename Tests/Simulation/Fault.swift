/// What befalls one request on its way.
enum Fault: String, CaseIterable {
  /// 429, without effect.
  case throttled
  /// 503 with a time to wait, without effect.
  case unavailable
  /// 500, without effect.
  case failedBefore = "failed-before"
  /// 500, although it took effect.
  case failedAfter = "failed-after"
  /// No answer, and nothing arrived.
  case lostBefore = "lost-before"
  /// No answer, although it took effect.
  case lostAfter = "lost-after"
  /// No answer, and it takes effect some time later.
  case late
  /// It takes effect, is answered, and comes again later.
  case twice
  /// No connection.
  case unreachable
  /// The connection ends in the middle of the answer.
  case truncated
  /// The token is refused.
  case expired
  /// The right is refused.
  case forbidden
  /// A page of a list lacks records.
  case shortPage = "short-page"
  /// A page of HTML under 200, without effect.
  case html
  /// An answer that is no JSON, after the effect.
  case garbage
  /// 400, whose message repeats the secrets that were sent, in base64.
  case echo

  /// How likely one is, among the faults.
  var weight: Int {
    switch self {
    case .throttled, .unavailable, .failedBefore, .lostBefore: 6
    case .failedAfter, .lostAfter, .late, .twice: 9
    case .expired, .truncated: 4
    case .unreachable, .echo: 3
    case .forbidden, .html, .garbage, .shortPage: 1
    }
  }

  private static let total = allCases.reduce(0) { $0 + $1.weight }

  /// The fault at a place on the wheel.
  static func spun(_ place: Int) -> Fault {
    var rest = place % total
    for fault in allCases {
      rest -= fault.weight
      if rest < 0 { return fault }
    }
    return .throttled
  }

  static var wheel: Int { total }
}
