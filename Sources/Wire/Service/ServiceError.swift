package import Model

/// Why a service did not do what it was asked, for one request or one record of a request.
package struct ServiceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The service.
  package let side: Side
  /// The stable code.
  package let code: Code
  /// The HTTP status; nil when no answer came.
  package let status: Int?
  /// The service's own code, such as `preconditionFailed` or `UNABLE_TO_LOCK_ROW`; nil when it gave none.
  package let serviceCode: String?
  /// One sentence, without secrets, of at most 1,024 characters where it is the service's own.
  package let message: String
  /// What to do about it; nil where the message says it all.
  package let fix: String?
  /// The service's id of the request, to be quoted to its support; nil when it gave none.
  package let requestID: String?
  /// The fields that the service names.
  package let fields: [String]

  /// An error under `code`.
  package init(_ side: Side, _ code: Code, _ message: String, details: Details = Details(), fix: String? = nil) {
    self.side = side
    self.code = code
    self.message = message
    self.fix = fix
    status = details.status
    serviceCode = details.serviceCode
    requestID = details.requestID
    fields = details.fields
  }

  /// What a service tells beside its message.
  package struct Details: Hashable, Sendable {
    /// The HTTP status.
    package var status: Int?
    /// The service's own code.
    package var serviceCode: String?
    /// The service's id of the request.
    package var requestID: String?
    /// The fields that it names.
    package var fields: [String]

    /// Nothing, or what is given.
    package init(status: Int? = nil, serviceCode: String? = nil, requestID: String? = nil, fields: [String] = []) {
      self.status = status
      self.serviceCode = serviceCode
      self.requestID = requestID
      self.fields = fields
    }
  }

  /// The same as a failure for a person.
  package var failure: Failure { Failure(code, message, fix: fix) }

  /// Code, message and remedy.
  package var description: String { failure.description }
}

extension ServiceError {
  /// An error by a failure that has no answer behind it, such as a refused sign-in.
  init(_ side: Side, _ failure: Failure) {
    self.init(side, failure.code, failure.message, fix: failure.fix)
  }

  /// An error of the wire.
  ///
  /// A write that may have taken effect is unknown, not failed.
  init(_ side: Side, _ error: TransportError, isWrite: Bool) {
    if isWrite, error.mayHaveTakenEffect {
      self.init(side, .outcomeUnknown, "\(error), so that the outcome of a write is unknown")
    } else {
      self.init(side, error.code, error.description)
    }
  }

  /// The same error, or an unknown outcome where an earlier attempt of a write may have taken effect.
  func considering(_ response: Response, isWrite: Bool) -> ServiceError {
    guard isWrite, response.followsUnclearAttempt || (500...599).contains(response.status) else { return self }
    return ServiceError(
      side, .outcomeUnknown, "\(message) – the outcome of a write is unknown",
      details: Details(status: status, serviceCode: serviceCode, requestID: requestID, fields: fields))
  }
}
