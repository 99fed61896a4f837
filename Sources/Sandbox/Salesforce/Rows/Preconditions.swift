/// The conditional headers of a request: what spares a read, and what protects a write from a lost update.
struct Preconditions {
  private let headers: [String: String]
  /// Whether entity tags are looked at, as they are for accounts only.
  private let hasTags: Bool

  init(_ request: ServiceRequest, hasTags: Bool = false) {
    headers = request.headers
    self.hasTags = hasTags
  }

  /// The answer to a read: 304 where the client has it already.
  ///
  /// The tag is what tells the resource apart in its entity tag, besides its stamp.
  func reply(_ stamp: Stamp?, tag: String = "", _ body: () throws -> JSONValue) throws -> ServiceReply {
    guard let stamp else { return .json(try body()) }
    let own = Preconditions.tag(stamp, tag)
    var known: [(name: String, value: String)] = [("Last-Modified", stamp.http)]
    if hasTags || tag.isEmpty { known.append(("ETag", own)) }
    if hasTags, let match = headers["if-match"], !Preconditions.names(match, own) { throw failed(stamp) }
    if hasTags, let match = headers["if-none-match"] {
      if Preconditions.names(match, own) { return .empty(304, headers: known) }
    } else if let since = headers["if-modified-since"].flatMap({ Stamp(http: $0) }), stamp <= since {
      return .empty(304, headers: known)
    }
    if let since = headers["if-unmodified-since"].flatMap({ Stamp(http: $0) }), stamp > since { throw failed(stamp) }
    return .json(try body(), headers: known)
  }

  /// Refuses a write to a row that is not as the client believes.
  ///
  /// - Throws: a `Refusal` 412, or 400 for a header that is no date.
  func requireWritable(_ stamp: Stamp?, tag: String) throws {
    for name in ["if-unmodified-since", "if-modified-since"] {
      guard let header = headers[name] else { continue }
      guard let since = Stamp(http: header) else {
        throw Refusal(status: 400, code: "INVALID_HEADER", message: "invalid \(name): \(header)")
      }
      guard let stamp else { continue }
      if (stamp > since) == (name == "if-unmodified-since") { throw failed(stamp) }
    }
    guard hasTags, let stamp else { return }
    let own = Preconditions.tag(stamp, tag)
    if let match = headers["if-match"], !Preconditions.names(match, own) { throw failed(stamp) }
    if let match = headers["if-none-match"], Preconditions.names(match, own) { throw failed(stamp) }
  }

  private func failed(_ stamp: Stamp) -> Refusal {
    Refusal(
      status: 412, code: "MATCH_PRECONDITION_FAILED",
      message: "The record does not meet the conditions of the request. It was changed at \(stamp.http)")
  }

  private static func tag(_ stamp: Stamp, _ name: String) -> String {
    var random = SplitMix64(seed: UInt64(stamp.seconds), stream: name.utf8.reduce(5381) { $0 &* 33 &+ UInt64($1) })
    return "\"\(String(random.next(), radix: 36))=\""
  }

  /// Whether a list of tags, `*` among them, names a tag, compared weakly and without the mark of compression.
  private static func names(_ list: String, _ tag: String) -> Bool {
    list.split(separator: ",").contains { part in
      var text = part.drop { $0 == " " }
      if text.hasPrefix("W/") { text = text.dropFirst(2) }
      return text == "*" || text.replacing("--gzip", with: "") == tag
    }
  }
}
