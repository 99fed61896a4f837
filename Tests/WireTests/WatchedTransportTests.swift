import Testing

@testable import Wire

@Suite struct WatchedTransportTests {
  @Test("every attempt is told with its answer, and one without an answer as such")
  func tells() throws {
    let script = Script([
      .success(Response(status: 200)), .success(Response(status: 503)),
      .failure(TransportError(.timedOut, host: "h", mayHaveTakenEffect: true)), .success(Response(status: 200)),
    ])
    var seen: [Int?] = []
    let transport = WatchedTransport(script) { seen.append($0?.status) }
    let request = Request(.get, "https://h/")
    let results = transport.send([request, request, request])
    #expect(results.count == 3)
    _ = transport.send([request])
    #expect(seen == [200, 503, nil, 200])
  }

  /// Answers as it was told, in order.
  private final class Script: Transport {
    private var answers: [Result<Response, TransportError>]

    init(_ answers: [Result<Response, TransportError>]) {
      self.answers = answers
    }

    func send(_ requests: [Request]) -> [Result<Response, TransportError>] {
      requests.map { _ in answers.removeFirst() }
    }
  }
}
