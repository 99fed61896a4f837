import HTTPTypes
import Hummingbird
import Model
import NIOCore

/// Takes calls, one look after the other, the cheap ones first; only a call that passes all of them is answered with 200.
struct Reception: Sendable {
  private let settings: ListenSettings
  private let shelf: CertificateShelf
  private let writer: TouchWriter
  private let report: @Sendable (CallReport) -> Void
  private let gate = Guarded((running: 0, rate: ListenSettings.rate))
  private let refusals = Guarded(RefusalTally())

  /// A reception that believes what the trust says, and tells what comes.
  init(
    _ settings: ListenSettings, trust: CertificateTrust, writer: TouchWriter,
    report: @escaping @Sendable (CallReport) -> Void
  ) {
    self.settings = settings
    self.writer = writer
    self.report = report
    shelf = CertificateShelf(trust, hosts: settings.certificateHosts)
  }

  /// The answer to a call.
  func respond(to request: Request) async -> Response {
    // Asked by what keeps the listener running.
    if request.method == .get, request.uri.path == "/healthz" { return Response(status: .ok) }
    do throws(CallRefusal) {
      try enter()
      defer { gate.withLock { $0.running -= 1 } }
      report(try await take(request))
      return Response(status: .ok)
    } catch {
      if let line = refusals.withLock({ $0.report(error, at: .now) }) { report(line) }
      return Self.answer(error)
    }
  }

  private func take(_ request: Request) async throws(CallRefusal) -> CallReport {
    guard request.uri.path == settings.path else { throw .path }
    guard request.method == .post else { throw .method }
    guard Self.isJSON(request.headers[.contentType]) else { throw .mediaType }
    let call = try SignedCall(request.headers.map { (name: $0.name.canonicalName, value: $0.value) })
    let body = try await Self.body(of: request)
    try await verify(call, body)
    let notice = try EventNotice(body, resourceHosts: settings.resourceHosts)
    guard let referral = notice.referral else { return .test }
    guard await writer.note(referral) else { throw .queue }
    return .queued(notice.event, referral: referral)
  }

  /// Whether the bytes are signed by the key of a trusted certificate; before that, nothing is read out of them.
  private func verify(_ call: SignedCall, _ body: [UInt8]) async throws(CallRefusal) {
    if try await shelf.key(at: call.certificateURL).hasSigned(body, call.signature) { return }
    let fresh = try await shelf.key(at: call.certificateURL, isDoubted: true)
    guard fresh.hasSigned(body, call.signature) else { throw .signature }
  }

  private func enter() throws(CallRefusal) {
    try gate.withLock { (gate) throws(CallRefusal) in
      guard gate.running < ListenSettings.mostAtOnce, gate.rate.take(at: .now) else { throw .busy }
      gate.running += 1
    }
  }

  private static func isJSON(_ type: String?) -> Bool {
    let media = type?.split(separator: ";", omittingEmptySubsequences: false).first ?? ""
    return media.filter { $0 != " " && $0 != "\t" }.lowercased() == "application/json"
  }

  private static func body(of request: Request) async throws(CallRefusal) -> [UInt8] {
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > ListenSettings.mostBytes {
      throw .tooLarge
    }
    do {
      return try await withThrowingTaskGroup(of: [UInt8].self) { group in
        group.addTask {
          let buffer = try await request.body.collect(upTo: ListenSettings.mostBytes)
          return Array(buffer.readableBytesView)
        }
        group.addTask {
          try await Task.sleep(for: .seconds(ListenSettings.bodySeconds))
          throw CallRefusal.tooSlow
        }
        defer { group.cancelAll() }
        return try await group.next() ?? []
      }
    } catch is NIOTooManyBytesError {
      throw .tooLarge
    } catch let refusal as CallRefusal {
      throw refusal
    } catch {
      throw .body
    }
  }

  private static func answer(_ refusal: CallRefusal) -> Response {
    var fields = HTTPFields()
    switch refusal {
    case .method: fields[.allow] = "POST"
    case .certificateUnavailable, .busy, .queue: fields[.retryAfter] = "5"
    case .path, .mediaType, .tooLarge, .tooSlow, .header, .algorithm, .certificateAddress, .certificateRefused,
      .signature, .body, .event, .resource:
      break
    }
    return Response(status: HTTPResponse.Status(code: refusal.status), headers: fields)
  }
}
