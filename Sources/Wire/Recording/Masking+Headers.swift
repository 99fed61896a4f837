extension Masking {
  /// Header lines without those that speak of the way and not of the message.
  func headers(_ lines: [(name: String, value: String)]) -> [(name: String, value: String)] {
    lines.filter { !Self.ofTheWay.contains($0.name.lowercased()) }.map { line in
      (Shape.isIdentifier(line.name) ? line.name : pseudonym(line.name), header(line.value, named: line.name))
    }
  }

  /// The value of a header line.
  func header(_ value: String, named name: String) -> String {
    switch name.lowercased() {
    case "authorization", "proxy-authorization", "cookie", "set-cookie", "www-authenticate", "x-sfdc-session": "***"
    case "location", "content-location", "link", "referer": address(value)
    case "etag", "if-match", "if-none-match": Shape.isTag(value) ? scrubbed(value) : pseudonym(value)
    case "sforce-locator": Shape.isTag(value) ? scrubbed(value) : pseudonym(value)
    case "date", "last-modified", "expires", "retry-after", "timestamp", "if-modified-since", "if-unmodified-since":
      Self.isMoment(value) ? value : pseudonym(value)
    case "accept", "accept-encoding", "accept-language", "content-type", "content-language", "prefer",
      "preference-applied", "cache-control", "pragma", "vary", "allow", "user-agent", "server", "sforce-call-options",
      "sforce-query-options", "sforce-limit-info", "sforce-numberofrecords", "sforce-duplicate-rule-header",
      "sforce-auto-assign", "ms-contract-version", "x-locale", "x-content-type-options", "strict-transport-security":
      Self.isPlain(value) ? scrubbed(value) : pseudonym(value)
    default: Shape.isStructure(value) || Shape.isNumber(value) ? scrubbed(value) : pseudonym(value)
    }
  }

  private static let ofTheWay: Set<String> = [
    "content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive", "proxy-connection", "te",
    "trailer", "upgrade", "host", "expect",
  ]

  /// An HTTP date, a date of JSON or seconds.
  private static func isMoment(_ value: String) -> Bool {
    Shape.isMoment(value) || Shape.isNumber(value)
      || value.wholeMatch(of: /[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT/) != nil
  }

  private static func isPlain(_ value: String) -> Bool {
    value.utf8.count <= 200 && !value.contains("@")
  }
}
