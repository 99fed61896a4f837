/// What a fault does to a request or to its answer.
struct FaultEffect: Codable, Sendable {
  /// Answer with this status instead of doing anything.
  var status: Int?
  var code: String?
  var message: String?
  /// Seconds, or any text that the header `Retry-After` shall hold.
  var retryAfter: RetryAfter?
  /// `Retry-After` as an HTTP date, so many seconds from now by the clock of this machine.
  var retryAfterDate: Int?
  /// A `Date` so many seconds from now by the clock of this machine, as of a service whose clock differs.
  var dateOffsetSeconds: Int?
  /// Answer with a redirect to this address instead of doing anything.
  var redirectTo: String?
  var delayMs: Int?
  /// Send only so many bytes of the status line and the headers, then close the connection.
  var cutHeadersAfterBytes: Int?
  /// Send only so many bytes of the body, counted on the wire, then close the connection.
  var cutAfterBytes: Int?
  /// Promise so many bytes more than the body has, send the body, then close the connection.
  var extraContentLength: Int?
  /// Send the body in parts of so many bytes, with `trickleMs` between them.
  var trickleBytes: Int?
  var trickleMs: Int?
  /// Do what was asked, then close the connection without an answer.
  var loseAnswer: Bool?
  /// Do what was asked twice and answer as to the second.
  var duplicate: Bool?
  /// Answer with an HTML page, as gateways do.
  var html: Bool?
  /// Answer with bytes that are no JSON.
  var garbage: Bool?
  /// Answer with an empty body.
  var emptyBody: Bool?
  var contentType: String?
  /// End all sessions of the side before the request is looked at.
  var expireSession: Bool?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case status
    case code
    case message
    case retryAfter = "retry_after"
    case retryAfterDate = "retry_after_date"
    case dateOffsetSeconds = "date_offset_seconds"
    case redirectTo = "redirect_to"
    case delayMs = "delay_ms"
    case cutHeadersAfterBytes = "cut_headers_after_bytes"
    case cutAfterBytes = "cut_after_bytes"
    case extraContentLength = "extra_content_length"
    case trickleBytes = "trickle_bytes"
    case trickleMs = "trickle_ms"
    case loseAnswer = "lose_answer"
    case duplicate
    case html
    case garbage
    case emptyBody = "empty_body"
    case contentType = "content_type"
    case expireSession = "expire_session"
  }

  /// What is wrong with it, nil where nothing is.
  var mistake: String? {
    if let status, !(200...599).contains(status) { return "status must be from 200 to 599" }
    let counts = [
      delayMs, cutHeadersAfterBytes, cutAfterBytes, extraContentLength, trickleMs, trickleBytes.map { $0 - 1 },
    ]
    if counts.contains(where: { $0 ?? 0 < 0 }) { return "a count of bytes or milliseconds must not be negative" }
    return nil
  }

  /// Several effects that strike one request: of each member the first that is given; waits add up.
  static func merged(_ effects: [FaultEffect]) -> FaultEffect {
    func first<Value>(_ member: (FaultEffect) -> Value?) -> Value? { effects.compactMap(member).first }
    func any(_ member: (FaultEffect) -> Bool?) -> Bool? { effects.contains { member($0) == true } }
    let decisive = effects.first { $0.status != nil || $0.redirectTo != nil }
    return FaultEffect(
      status: decisive?.status, code: decisive?.code, message: decisive?.message,
      retryAfter: decisive?.retryAfter ?? first(\.retryAfter),
      retryAfterDate: decisive?.retryAfterDate ?? first(\.retryAfterDate),
      dateOffsetSeconds: first(\.dateOffsetSeconds), redirectTo: decisive?.redirectTo,
      delayMs: effects.compactMap(\.delayMs).reduce(0, +), cutHeadersAfterBytes: first(\.cutHeadersAfterBytes),
      cutAfterBytes: first(\.cutAfterBytes), extraContentLength: first(\.extraContentLength),
      trickleBytes: first(\.trickleBytes), trickleMs: first(\.trickleMs), loseAnswer: any(\.loseAnswer),
      duplicate: any(\.duplicate), html: any(\.html), garbage: any(\.garbage), emptyBody: any(\.emptyBody),
      contentType: first(\.contentType), expireSession: any(\.expireSession))
  }

  /// Whether the request is answered without being looked at by its service.
  var isRefusal: Bool { status != nil || redirectTo != nil }

  /// Where the connection ends early; without an answer goes before within the headers, and that before the body.
  var breakage: Outcome.Breakage {
    if loseAnswer == true && !isRefusal { return .lost }
    if let cutHeadersAfterBytes { return .inHead(cutHeadersAfterBytes) }
    if let cutAfterBytes { return .inBody(cutAfterBytes) }
    if let extraContentLength, extraContentLength > 0 { return .overlong(extraContentLength) }
    return dateOffsetSeconds == nil ? .none : .behind
  }

  var trickle: Outcome.Trickle? {
    if trickleBytes == nil && trickleMs == nil { return nil }
    return Outcome.Trickle(bytes: trickleBytes ?? 1, milliseconds: trickleMs ?? 100)
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
