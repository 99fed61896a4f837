import JSON
import Model

/// Reads what a service answers: JSON, or an error in the service's own shape.
struct JSONAnswer {
  let side: Side
  let redaction: Redaction
  /// The header in which the service gives its id of the request.
  let requestIDHeader: String

  /// The document in an answer of success.
  ///
  /// HTML, an empty body and a foreign content type are malformed.
  func document(_ response: Response) throws(ServiceError) -> JSONValue {
    try check(response)
    do {
      return try JSONValue(parsing: response.body)
    } catch {
      throw malformed(response, "it answered with malformed JSON: \(error)")
    }
  }

  /// Refuses an answer that cannot hold a document, without reading it.
  func check(_ response: Response) throws(ServiceError) {
    guard response.status != 204, !response.body.isEmpty else {
      throw malformed(response, "it answered with nothing where a body was due")
    }
    if let type = response.headers["Content-Type"]?.lowercased() {
      let media = String(Substring(type.utf8.prefix { $0 != UInt8(ascii: ";") })).filter { !$0.isWhitespace }
      guard media == "application/json" || media.hasSuffix("+json") else {
        throw malformed(response, "it answered with \(redaction.clean(String(media))) where JSON was due")
      }
    }
  }

  /// An error for an answer that makes no sense.
  func malformed(_ response: Response, _ what: String) -> ServiceError {
    ServiceError(side, .malformedAnswer, "\(side.title): \(what)", details: details(response))
  }

  /// The status and the service's request id of an answer.
  func details(_ response: Response) -> ServiceError.Details {
    .init(status: response.status, requestID: requestID(response))
  }

  /// The service's id of the request; nil when it gives none.
  func requestID(_ response: Response) -> String? {
    response.headers[requestIDHeader].map { redaction.clean($0) }
  }

  /// A write whose answer is one of success but cannot be read: it has probably taken effect, but nothing proves what.
  func unproved(_ error: ServiceError) -> ServiceError {
    guard error.code == .malformedAnswer else { return error }
    return ServiceError(
      side, .outcomeUnknown, "\(error.message); the outcome of a write is unknown",
      details: .init(status: error.status, serviceCode: error.serviceCode, requestID: error.requestID))
  }
}
