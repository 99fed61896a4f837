/// Tells the status of every answer, each repetition for itself, on its way from another transport.
package final class CountingTransport: Transport {
  private let transport: any Transport
  private let onAnswer: (Int?) -> Void

  /// Tells `onAnswer` what comes of each request that `transport` carries: a status, or nil when there was no answer.
  package init(_ transport: any Transport, onAnswer: @escaping (Int?) -> Void) {
    self.transport = transport
    self.onAnswer = onAnswer
  }

  /// Sends the requests as the other transport does.
  package func send(_ requests: [Request]) -> [Result<Response, TransportError>] {
    let results = transport.send(requests)
    for result in results {
      switch result {
      case .success(let response): onAnswer(response.status)
      case .failure: onAnswer(nil)
      }
    }
    return results
  }
}
