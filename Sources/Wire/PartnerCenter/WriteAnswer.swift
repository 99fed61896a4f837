package import JSON

/// What Partner Center says about a write that it has carried out.
package struct WriteAnswer: Sendable, Hashable {
  /// The HTTP status, 200–299.
  package let status: Int
  /// The service's id of the request; nil when it gave none.
  package let requestID: String?
  /// The record afterwards; nil where the service sent none.
  package let body: JSONValue?

  /// An answer.
  package init(status: Int, requestID: String?, body: JSONValue?) {
    self.status = status
    self.requestID = requestID
    self.body = body
  }
}
