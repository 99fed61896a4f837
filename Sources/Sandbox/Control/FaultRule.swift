import Foundation

/// One rule of `POST /_sandbox/faults`: which requests it concerns and what happens to them.
struct FaultRule: Codable, Sendable {
  /// `partner-center`, `salesforce` or `login`; nil for any.
  var side: String?
  var method: String?
  /// A regular expression found somewhere in path and query.
  var path: String?
  /// The first matching request that is concerned, from 1 on.
  var nth: Int?
  /// How many matching requests are concerned; without it one, or all when there is a probability.
  var times: Int?
  /// The share of the matching requests that are concerned, from 0 to 1, drawn from the seed.
  var probability: Double?
  var then: FaultEffect

  /// Whether the rule is about such a request.
  func matches(_ request: ServiceRequest, side: Side) -> Bool {
    if let wanted = self.side, wanted != side.rawValue { return false }
    if let method, method.uppercased() != request.method { return false }
    guard let path else { return true }
    let target = request.path + (request.query.isEmpty ? "" : "?" + request.query)
    return target.range(of: path, options: .regularExpression) != nil
  }

  /// Whether the n-th matching request is hit, given how often the rule has struck and a draw from 0 to 1.
  func strikes(seen: Int, fired: Int, draw: Double) -> Bool {
    if seen < nth ?? 1 { return false }
    if let limit = times ?? (probability == nil ? 1 : nil), fired >= limit { return false }
    return probability.map { draw < $0 } ?? true
  }
}

/// What a fault does to a request or to its answer.
struct FaultEffect: Codable, Sendable {
  /// Answer with this status instead of doing anything.
  var status: Int?
  var code: String?
  var message: String?
  /// Seconds, or any text that the header `Retry-After` shall hold.
  var retryAfter: RetryAfter?
  var delayMs: Int?
  /// Send only so many bytes of the body, then close the connection.
  var cutAfterBytes: Int?
  /// Do what was asked, then close the connection without an answer.
  var loseAnswer: Bool?
  /// Do what was asked twice and answer as to the second.
  var duplicate: Bool?
  /// Answer with an HTML page, as gateways do.
  var html: Bool?
  var contentType: String?
  /// End all sessions of the side before the request is looked at.
  var expireSession: Bool?

  enum CodingKeys: String, CodingKey {
    case status
    case code
    case message
    case retryAfter = "retry_after"
    case delayMs = "delay_ms"
    case cutAfterBytes = "cut_after_bytes"
    case loseAnswer = "lose_answer"
    case duplicate
    case html
    case contentType = "content_type"
    case expireSession = "expire_session"
  }
}

/// The value of a `Retry-After` header: a number of seconds or any other text.
struct RetryAfter: Codable, Sendable {
  let text: String

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let seconds = try? container.decode(Int.self) {
      text = String(seconds)
    } else {
      text = try container.decode(String.self)
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
