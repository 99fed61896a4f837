import Foundation
import Model
import Testing

@testable import Wire

@Suite("Sending again")
struct RetryTests {
  typealias Answer = ScriptedTransport.Answer

  static let freely: [(Answer, Int)] = [
    (.status(200), 1), (.status(429), 5), (.status(500), 5), (.status(502), 5), (.status(503), 5), (.status(504), 5),
    (.status(400), 1), (.status(401), 1), (.status(403), 1), (.status(404), 1), (.status(409), 1), (.status(412), 1),
    (.status(422), 1), (.status(501), 1), (.fault(.unreachable), 5), (.fault(.timedOut), 5), (.fault(.cutOff), 5),
    (.fault(.tlsFailed), 1), (.fault(.tooLarge(1)), 1), (.fault(.refusedRedirect("x")), 1), (.fault(.plainHTTP), 1),
    (.fault(.badAddress), 1), (.fault(.malformed), 1),
  ]

  @Test("R110: reads and guarded writes are repeated on passing faults only", arguments: freely)
  func repeatsFreely(answer: Answer, attempts: Int) {
    #expect(Self.attempts(answer, .freely) == attempts)
  }

  static let creates: [(Answer, Int)] = [
    (.status(201), 1), (.status(429), 5), (.status(429, [("Retry-After", "1")]), 5), (.status(503), 1),
    (.status(503, [("Retry-After", "1")]), 5), (.status(500), 1), (.status(502), 1), (.status(504), 1),
    (.fault(.cutOff), 1), (.fault(.timedOut), 1), (.fault(.unreachable, mayHaveTakenEffect: false), 5),
    (.fault(.timedOut, mayHaveTakenEffect: false), 5),
  ]

  @Test("A create is repeated only when the first attempt had no effect", arguments: creates)
  func repeatsCreates(answer: Answer, attempts: Int) {
    #expect(Self.attempts(answer, .onlyWithoutEffect) == attempts)
  }

  @Test("Waits double up to the cap")
  func backOff() {
    let clock = TestClock()
    var policy = RetryPolicy()
    policy.attempts = 9
    policy.capSeconds = 10
    _ = RetryingTransport(ScriptedTransport([.status(500)]), policy: policy, pacing: clock.pacing)
      .send([Request(.get, "x")])
    #expect(clock.sleeps == [1, 2, 4, 8, 10, 10, 10, 10])
  }

  static let retryAfter: [(String, Double)] = [
    ("7", 7), ("0", 0), ("1.5", 1.5), ("999999999999", 300), ("-5", 1), ("soon", 1), ("", 1), ("inf", 1),
    ("Fri, 15 Jan 2027 08:00:20 GMT", 20), ("Fri, 15 Jan 2027 07:00:00 GMT", 0), ("Fri, 15 Jan 2100 08:00:00 GMT", 300),
  ]

  @Test("R110: Retry-After is honoured as seconds or date, within its cap", arguments: retryAfter)
  func honoursRetryAfter(header: String, wait: Double) throws {
    let clock = TestClock()
    let transport = ScriptedTransport([.status(429, [("retry-after", header)]), .status(200)])
    let result = RetryingTransport(transport, pacing: clock.pacing).send([Request(.get, "x")])
    #expect(clock.sleeps == [wait])
    #expect(try result[0].get().status == 200)
  }

  @Test("The budget of a run ends all repetitions")
  func budget() {
    var policy = RetryPolicy()
    policy.budget = 3
    let scripted = ScriptedTransport([.status(503)])
    let transport = RetryingTransport(scripted, policy: policy, pacing: TestClock().pacing)
    for _ in 1...4 { _ = transport.send([Request(.get, "x")]) }
    // The first request uses the budget up, and one that comes to nothing without any is the last one sent.
    #expect(scripted.sent.count == 1 + 3)
    #expect(transport.counter.requests == 4)
    #expect(transport.counter.repetitions == 3)
  }

  @Test("A budget that is spent stops no request that is answered")
  func spentButAnswered() {
    var policy = RetryPolicy()
    policy.budget = 1
    let scripted = ScriptedTransport { _, count in count == 0 ? .status(503) : .status(200) }
    let transport = RetryingTransport(scripted, policy: policy, pacing: TestClock().pacing)
    for _ in 1...9 { _ = transport.send([Request(.get, "x")]) }
    #expect(scripted.sent.count == 10)
  }

  /// Every fault, and how often a request that it meets goes out: one that may be repeated, and a create.
  static let faults: [(Answer, freely: Int, create: Int)] = [
    (.status(429), 5, 5), (.status(429, [("Retry-After", "1")]), 5, 5), (.status(500), 5, 1), (.status(502), 5, 1),
    (.status(503), 5, 1), (.status(503, [("Retry-After", "1")]), 5, 5), (.status(504), 5, 1), (.status(507), 1, 1),
    (.status(500, [("Retry-After", "1")]), 5, 1), (.status(408), 1, 1), (.status(400), 1, 1),
    (.fault(.unreachable, mayHaveTakenEffect: false), 5, 5), (.fault(.unreachable), 5, 1),
    (.fault(.timedOut, mayHaveTakenEffect: false), 5, 5), (.fault(.timedOut), 5, 1),
    (.fault(.cutOff, mayHaveTakenEffect: false), 5, 5), (.fault(.cutOff), 5, 1), (.fault(.truncated), 5, 1),
    (.fault(.tlsFailed, mayHaveTakenEffect: false), 1, 1), (.fault(.tooLarge(1)), 1, 1),
    (.fault(.refusedRedirect("x")), 1, 1), (.fault(.plainHTTP, mayHaveTakenEffect: false), 1, 1),
    (.fault(.badAddress, mayHaveTakenEffect: false), 1, 1), (.fault(.malformed), 1, 1),
  ]

  @Test("What decides on a repetition is the fault and what a second time would do, not the verb", arguments: faults)
  func everyFault(answer: Answer, freely: Int, create: Int) {
    for method in [Request.Method.get, .post, .patch, .delete] {
      #expect(Self.attempts(answer, .freely, method) == freely, "\(method)")
      #expect(Self.attempts(answer, .onlyWithoutEffect, method) == create, "\(method)")
    }
    #expect(Request(.post, "x").repeatability == .onlyWithoutEffect)
    #expect(Request(.get, "x").repeatability == .freely)
  }

  @Test("Salesforce's edge answers 406 and 420 in passing, Partner Center does not", arguments: [406, 420])
  func edgeStatuses(status: Int) {
    #expect(Self.attempts(.status(status), .freely, policy: .salesforce) == 5)
    #expect(Self.attempts(.status(status), .onlyWithoutEffect, policy: .salesforce) == 1)
    #expect(Self.attempts(.status(status), .freely) == 1)
  }

  @Test("Only what failed is sent again, and results keep their places")
  func partial() throws {
    let scripted = ScriptedTransport { request, count in
      request.url == "b" && count < 3 ? .status(503) : .status(200, body: request.url)
    }
    let results = RetryingTransport(scripted, pacing: TestClock().pacing)
      .send(["a", "b", "c"].map { Request(.get, $0) })
    #expect(try results.map { String(decoding: try $0.get().body, as: UTF8.self) } == ["a", "b", "c"])
    #expect(scripted.sent.map(\.url) == ["a", "b", "c", "b"])
    #expect(try results.map { try $0.get().followsUnclearAttempt } == [false, true, false])
  }

  static func attempts(
    _ answer: Answer, _ repeatability: Request.Repeatability, _ method: Request.Method = .post,
    policy: RetryPolicy = RetryPolicy()
  ) -> Int {
    let scripted = ScriptedTransport([answer])
    _ = RetryingTransport(scripted, policy: policy, pacing: TestClock().pacing)
      .send([Request(method, "x", repeatability: repeatability)])
    return scripted.sent.count
  }
}
