import Wire

/// A transport that tells of every answer that comes back.
final class WatchedTransport: Transport {
  private let carrier: any Transport
  private let onAnswer: (Response) -> Void

  /// Tells `onAnswer` what `carrier` brings.
  init(_ carrier: any Transport, onAnswer: @escaping (Response) -> Void) {
    self.carrier = carrier
    self.onAnswer = onAnswer
  }

  func send(_ requests: [Request]) -> [Result<Response, TransportError>] {
    let results = carrier.send(requests)
    for case .success(let response) in results { onAnswer(response) }
    return results
  }
}
