import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

@testable import Sandbox

/// A server of the test's own that takes callbacks, and answers with the statuses it is told.
struct CallbackListener: Sendable {
  let url: String
  private let inbox: Inbox

  /// One callback as it came.
  struct Call: Sendable {
    let path: String
    let headers: [String: String]
    let body: Data

    var json: JSONValue { (try? JSONParser.parse(body)) ?? .null }
  }

  private actor Inbox {
    var calls: [Call] = []
    var statuses: [Int] = []

    private var waiting: [CheckedContinuation<Void, Never>] = []
    var isHolding = false

    func hold() { isHolding = true }

    func release() {
      isHolding = false
      for continuation in waiting { continuation.resume() }
      waiting = []
    }

    func take(_ call: Call) async -> Int {
      calls.append(call)
      if isHolding { await withCheckedContinuation { waiting.append($0) } }
      return statuses.isEmpty ? 200 : statuses.removeFirst()
    }

    func answer(_ statuses: [Int]) { self.statuses = statuses }
  }

  /// Everything that came so far.
  var calls: [Call] { get async { await inbox.calls } }

  /// The statuses of the next answers; then 200.
  func answer(_ statuses: [Int]) async { await inbox.answer(statuses) }

  /// Keeps back every answer from now on.
  func hold() async { await inbox.hold() }

  /// Gives all answers that were kept back, and keeps back no more.
  func release() async { await inbox.release() }

  var isHolding: Bool { get async { await inbox.isHolding } }

  /// Waits until so many callbacks have come, but not for ever.
  func wait(for count: Int) async throws -> [Call] {
    try await Patience.wait { await inbox.calls.count >= count }
    return await inbox.calls
  }

  /// Listens for as long as the body takes.
  static func run(_ body: @Sendable (CallbackListener) async throws -> Void) async throws {
    let inbox = Inbox()
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    var logger = Logger(label: "listener")
    logger.logLevel = .critical
    let application = Application(
      responder: CallbackResponder { (request: Request, _: BasicRequestContext) in
        let body = try await request.body.collect(upTo: 1 << 20)
        var headers: [String: String] = [:]
        for field in request.headers { headers[field.name.canonicalName] = field.value }
        let status = await inbox.take(
          Call(path: request.uri.path, headers: headers, body: Data(body.readableBytesView)))
        return Response(status: HTTPResponse.Status(code: status))
      }, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { continuation.yield($0.localAddress?.port ?? 0) }, logger: logger)
    try await withTaskExecutorPreference(Quarters.shared) {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await application.runService(gracefulShutdownSignals: []) }
        var iterator = ports.makeAsyncIterator()
        let port = await iterator.next() ?? 0
        try await body(CallbackListener(url: "http://127.0.0.1:\(port)/pc", inbox: inbox))
        group.cancelAll()
      }
    }
  }
}
