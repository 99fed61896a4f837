/// An answer that has arrived whole.
package struct Response: Sendable {
  /// The HTTP status, 100–599.
  package var status: Int
  /// The header lines.
  package var headers: Headers
  /// The body, decompressed.
  package var body: [UInt8]
  /// Whether an earlier attempt of the same request may have taken effect, so that a refusal proves nothing.
  package var followsUnclearAttempt: Bool

  /// An answer.
  package init(status: Int, headers: Headers = Headers([]), body: [UInt8] = [], followsUnclearAttempt: Bool = false) {
    self.status = status
    self.headers = headers
    self.body = body
    self.followsUnclearAttempt = followsUnclearAttempt
  }

  /// Whether the service has done what was asked.
  package var isSuccess: Bool { (200..<300).contains(status) }
}

/// Header lines of an answer, looked up without regard to case.
package struct Headers: Sendable {
  private let lines: [(name: String, value: String)]

  /// All lines in their order.
  var all: [(name: String, value: String)] { lines }

  /// The given lines.
  package init(_ lines: [(name: String, value: String)]) {
    self.lines = lines
  }

  /// The value of the last line with that name; nil when there is none.
  package subscript(_ name: String) -> String? {
    let folded = name.lowercased()
    return lines.last { $0.name.lowercased() == folded }?.value
  }
}
