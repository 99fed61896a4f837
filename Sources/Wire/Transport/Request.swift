/// One HTTP request, whole.
package struct Request: Sendable {
  /// The verbs in use.
  package enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case patch = "PATCH"
    case put = "PUT"
    case delete = "DELETE"
  }

  /// Whether sending it a second time can do harm.
  package enum Repeatability: Sendable {
    /// A second time changes nothing: a read, or a write that says what shall be rather than what to add.
    case freely
    /// A second time might create a second record: repeated only after proof that the first had no effect.
    case onlyWithoutEffect
  }

  /// The verb.
  package var method: Method
  /// The absolute address, percent-encoded.
  package var url: String
  /// Header lines in the order sent.
  package var headers: [(name: String, value: String)]
  /// The body; nil for none.
  package var body: [UInt8]?
  /// Whether it may be sent again.
  package var repeatability: Repeatability

  /// A request; without a word about it, reads may be repeated and writes may not.
  package init(
    _ method: Method, _ url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil,
    repeatability: Repeatability? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.repeatability = repeatability ?? (method == .get ? .freely : .onlyWithoutEffect)
  }
}
