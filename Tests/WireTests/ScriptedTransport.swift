import Foundation
import JSON
import Model
import Wire

/// A transport that answers by a script and keeps what it was sent.
final class ScriptedTransport: Transport {
  typealias Answer = Result<Response, TransportError>

  private(set) var sent: [Request] = []
  private let script: (Request, Int) -> Answer

  /// Answers by `script`, which is told how many requests came before.
  init(_ script: @escaping (Request, Int) -> Answer) {
    self.script = script
  }

  /// Answers with the given results one after the other, and with the last one from then on.
  convenience init(_ answers: [Answer]) {
    self.init { _, count in answers[min(count, answers.count - 1)] }
  }

  func send(_ requests: [Request]) -> [Answer] {
    requests.map { request in
      sent.append(request)
      return script(request, sent.count - 1)
    }
  }
}

extension Result where Success == Response, Failure == TransportError {
  static func status(_ status: Int, _ headers: [(name: String, value: String)] = [], body: String = "") -> Self {
    .success(Response(status: status, headers: Headers(headers), body: Array(body.utf8)))
  }

  static func json(_ status: Int, _ body: String, _ headers: [(name: String, value: String)] = []) -> Self {
    .status(status, headers + [(name: "Content-Type", value: "application/json; charset=utf-8")], body: body)
  }

  static func fault(_ reason: TransportError.Reason, mayHaveTakenEffect: Bool = true) -> Self {
    .failure(TransportError(reason, host: "service.example", mayHaveTakenEffect: mayHaveTakenEffect))
  }
}

/// A clock that sleeps by moving its hands, and dice that always show the most.
final class TestClock: Sendable {
  private let state = Guarded<(now: Date, sleeps: [Double])>((Date(timeIntervalSince1970: 1_800_000_000), []))

  var sleeps: [Double] { state.withLock { $0.sleeps } }
  var now: Date { state.withLock { $0.now } }

  func advance(_ seconds: Double) { state.withLock { $0.now += seconds } }

  var pacing: Pacing {
    Pacing(
      now: { [self] in now },
      sleep: { [self] seconds in
        state.withLock {
          $0.now += seconds
          $0.sleeps.append(seconds)
        }
      },
      random: { $0 })
  }
}

/// A sign-in that hands out `token-1`, `token-2` and so on.
final class ScriptedSignIn: SignIn {
  private(set) var renewals = 0
  private let origin: String
  private let refusesRenewal: Bool

  init(origin: String, refusesRenewal: Bool = false) {
    self.origin = origin
    self.refusesRenewal = refusesRenewal
  }

  func grant() throws(Failure) -> Grant { Grant(token: Secret("token-\(renewals + 1)"), origin: origin) }

  func renew() throws(Failure) -> Grant {
    guard !refusesRenewal else { throw Failure(.signInRefused, "refused") }
    renewals += 1
    return try grant()
  }

  func isExpired(_ response: Response) -> Bool { response.status == 401 }
}
