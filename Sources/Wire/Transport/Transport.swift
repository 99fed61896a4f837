/// Something that carries requests to a service and brings the answers back.
///
/// `CurlTransport` is the real one; a simulator takes its place in tests. A transport sends what it is given, once: it
/// knows neither tokens nor retries.
package protocol Transport: AnyObject {
  /// Sends the requests, several at a time where it can, and returns one result for each in the same order.
  func send(_ requests: [Request]) -> [Result<Response, TransportError>]
}
