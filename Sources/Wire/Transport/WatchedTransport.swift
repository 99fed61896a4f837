/// Tells every answer, each repetition for itself, on its way from another transport.
package final class WatchedTransport: Transport {
  private let transport: any Transport
  private let onAnswer: (Response?) -> Void

  /// Tells `onAnswer` what comes of each request that `transport` carries; nil when there was no answer.
  package init(_ transport: any Transport, onAnswer: @escaping (Response?) -> Void) {
    self.transport = transport
    self.onAnswer = onAnswer
  }

  /// Sends the requests as the other transport does.
  package func send(_ requests: [Request]) -> [Result<Response, TransportError>] {
    let results = transport.send(requests)
    for result in results { onAnswer(try? result.get()) }
    return results
  }
}
