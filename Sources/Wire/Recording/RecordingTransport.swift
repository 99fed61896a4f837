import JSON

/// Carries requests by another transport and keeps each exchange, masked.
///
/// It sits under the retry layer, so that a repetition is an exchange of its own.
package final class RecordingTransport: Transport {
  private let inner: any Transport
  private let recording: Recording
  private let service: RecordedService

  /// Records what `inner` carries to a side.
  package init(_ inner: any Transport, to recording: Recording, service: RecordedService) {
    self.inner = inner
    self.recording = recording
    self.service = service
    for (name, address) in service.addresses { recording.learn(name, address) }
  }

  /// Sends the requests, and records them in their order.
  package func send(_ requests: [Request]) -> [Result<Response, TransportError>] {
    let results = inner.send(requests)
    for (request, result) in zip(requests, results) {
      learnInstance(result)
      recording.add(request, result, of: service.main)
    }
    return results
  }

  /// The answer to a sign-in tells under which address the org serves.
  private func learnInstance(_ result: Result<Response, TransportError>) {
    guard case .salesforce = service, case .success(let response) = result, response.isSuccess,
      response.body.count < 1 << 16, let answer = try? JSONValue(parsing: response.body),
      answer["access_token"] != nil, let instance = answer["instance_url"]?.stringValue.flatMap(Address.init)
    else { return }
    recording.learn(.salesforce, instance.origin)
  }
}
