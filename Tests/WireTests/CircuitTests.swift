import Foundation
import JSON
import Model
import Testing

@testable import Wire

@Suite("Giving up a dead service")
struct CircuitTests {
  enum Step {
    case nothing
    case nothingWithoutBudget
    case answered
    case neither
    case seconds(Double)
  }

  static let steps: [([Step], Circuit.Admission)] = [
    ([], .all),
    ([.nothing, .nothing, .nothing, .nothing], .all),
    ([.nothing, .nothing, .nothing, .nothing, .nothing], .none),
    ([.nothing, .nothing, .nothing, .nothing, .answered, .nothing], .all),
    ([.nothing, .nothing, .nothing, .nothing, .neither, .nothing], .none),
    ([.nothingWithoutBudget], .none),
    ([.answered, .nothingWithoutBudget], .none),
    ([.neither, .neither, .neither, .neither, .neither, .neither], .all),
    ([.nothingWithoutBudget, .seconds(59)], .none),
    ([.nothingWithoutBudget, .seconds(60)], .one),
    ([.nothingWithoutBudget, .seconds(60), .answered], .all),
    ([.nothingWithoutBudget, .seconds(60), .nothing], .none),
    ([.nothingWithoutBudget, .seconds(60), .neither], .one),
    ([.nothingWithoutBudget, .seconds(60), .nothing, .seconds(59)], .none),
    ([.nothingWithoutBudget, .seconds(60), .nothing, .seconds(60)], .one),
    ([.nothingWithoutBudget, .seconds(60), .answered, .nothing, .nothing, .nothing, .nothing], .all),
  ]

  @Test("What may be sent after a row of outcomes", arguments: steps)
  func table(steps: [Step], admission: Circuit.Admission) {
    var circuit = Circuit()
    var now = Date(timeIntervalSince1970: 0)
    for step in steps {
      switch step {
      case .nothing: circuit.note(.nothing("x"), now: now, coolDown: 60, isSpent: false)
      case .nothingWithoutBudget: circuit.note(.nothing("x"), now: now, coolDown: 60, isSpent: true)
      case .answered: circuit.note(.answered, now: now, coolDown: 60, isSpent: false)
      case .neither: circuit.note(.neither, now: now, coolDown: 60, isSpent: false)
      case .seconds(let seconds): now += seconds
      }
    }
    #expect(circuit.admission(now: now) == admission)
  }

  static let read = Request(.get, "https://a.example/x")

  @Test("After five requests that came to nothing the next is refused unsent, and says why")
  func opens() throws {
    let scripted = ScriptedTransport([.status(503)])
    let transport = RetryingTransport(scripted, pacing: TestClock().pacing)
    for _ in 1...5 { #expect(try transport.send([Self.read])[0].get().status == 503) }
    #expect(scripted.sent.count == 25)
    let error = #expect(throws: TransportError.self) { try transport.send([Self.read])[0].get() }
    #expect(error?.code == .serviceAbandoned)
    #expect(error?.mayHaveTakenEffect == false)
    #expect(
      error?.description
        == "a.example is not asked for now: 5 requests in a row came to nothing, the last with: status 503")
    #expect(scripted.sent.count == 25)
    #expect(transport.counter.requests == 25)
  }

  @Test("A refused write is not in doubt")
  func refusedWrite() {
    let scripted = ScriptedTransport([.fault(.unreachable, mayHaveTakenEffect: false)])
    let client = PartnerCenterClientTests.client(scripted)
    for _ in 1...5 { #expect(throws: ServiceError.self) { try client.get("1") } }
    let error = #expect(throws: ServiceError.self) { try client.create(["name": "x"]) }
    #expect(error?.code == .serviceAbandoned)
  }

  @Test("After the cool-down one request tries; the others of its batch wait for what it comes to")
  func probes() {
    let clock = TestClock()
    var isDown = true
    let scripted = ScriptedTransport { _, _ in isDown ? .status(500) : .status(200) }
    let transport = RetryingTransport(scripted, pacing: clock.pacing)
    for _ in 1...5 { _ = transport.send([Self.read]) }
    clock.advance(60)
    #expect(transport.send([Self.read, Self.read, Self.read]).count { (try? $0.get()) != nil } == 1)
    #expect(scripted.sent.count == 26)
    isDown = false
    #expect(transport.send([Self.read]).count { (try? $0.get()) != nil } == 0)
    clock.advance(60)
    #expect(transport.send([Self.read, Self.read, Self.read]).count { (try? $0.get().isSuccess) == true } == 3)
    #expect(scripted.sent.count == 29)
  }

  @Test("Each host has its own circuit")
  func hosts() {
    let scripted = ScriptedTransport { request, _ in request.url.contains("a.example") ? .status(503) : .status(200) }
    let transport = RetryingTransport(scripted, pacing: TestClock().pacing)
    for _ in 1...6 { _ = transport.send([Self.read]) }
    let results = transport.send([Self.read, Request(.get, "https://b.example/x")])
    #expect(results.map { (try? $0.get()) != nil } == [false, true])
  }
}

@Suite("Waits are told")
struct WaitTests {
  typealias Answer = ScriptedTransport.Answer

  final class Told {
    var waits: [Wait] = []
  }

  static let faults: [(Answer, Wait.Reason, Double)] = [
    (.status(429, [("Retry-After", "12")]), .throttled, 12), (.status(429), .throttled, 1),
    (.status(503), .failed(503), 1), (.fault(.unreachable), .unreachable, 1), (.fault(.timedOut), .timedOut, 1),
    (.fault(.cutOff), .connectionLost, 1), (.fault(.truncated), .connectionLost, 1),
  ]

  @Test("Before each repetition, with host, length, reason and count", arguments: faults)
  func told(answer: Answer, reason: Wait.Reason, seconds: Double) {
    let told = Told()
    let clock = TestClock()
    let scripted = ScriptedTransport([answer, .status(200)])
    let transport = RetryingTransport(scripted, pacing: clock.pacing)
    transport.onWait = { told.waits.append($0) }
    _ = transport.send([Request(.get, "https://a.example/x")])
    #expect(told.waits == [Wait(host: "a.example", seconds: seconds, reason: reason, attempt: 2, attempts: 5)])
    #expect(clock.sleeps == [seconds])
    #expect(transport.counter.waits == 1)
    #expect(transport.counter.waitedSeconds == seconds)
  }

  @Test("Of several requests the longest wait is told, once")
  func longest() {
    let told = Told()
    let scripted = ScriptedTransport { request, count in
      guard count < 3 else { return .status(200) }
      return request.url.contains("b.example") ? .status(429, [("Retry-After", "7")]) : .status(503)
    }
    let transport = RetryingTransport(scripted, pacing: TestClock().pacing)
    transport.onWait = { told.waits.append($0) }
    _ = transport.send(["a", "b", "c"].map { Request(.get, "https://\($0).example/") })
    #expect(told.waits == [Wait(host: "b.example", seconds: 7, reason: .throttled, attempt: 2, attempts: 5)])
  }

  @Test("Waits for locked rows and for jobs are told and counted, too")
  func others() {
    let told = Told()
    let clock = TestClock()
    let transport = RetryingTransport(ScriptedTransport([.status(200)]), pacing: clock.pacing)
    transport.onWait = { told.waits.append($0) }
    _ = transport.send([Request(.get, "https://a.example/x")])
    #expect(transport.pause(before: 2))
    transport.wait(3, .job("InProgress"), host: "a.example")
    #expect(
      told.waits == [
        Wait(host: "a.example", seconds: 1, reason: .lockedRows, attempt: 2, attempts: 5),
        Wait(host: "a.example", seconds: 3, reason: .job("InProgress")),
      ])
    #expect(clock.sleeps == [1, 3])
    #expect(transport.counter.waits == 2)
    #expect(transport.counter.waitedSeconds == 4)
  }

  static let sentences: [(Wait.Reason, Double, Int, String)] = [
    (.throttled, 12, 5, "api.example asks to wait: next try in 12 s (2 of 5)"),
    (.failed(503), 0.4, 5, "api.example answered 503: next try in under 1 s (2 of 5)"),
    (.unreachable, 59.6, 5, "api.example cannot be reached: next try in 60 s (2 of 5)"),
    (.timedOut, 1, 5, "api.example did not answer in time: next try in 1 s (2 of 5)"),
    (.connectionLost, 2, 5, "the connection to api.example was lost: next try in 2 s (2 of 5)"),
    (.lockedRows, 2, 5, "api.example holds rows locked: next try in 2 s (2 of 5)"),
    (.job("InProgress"), 8, 0, "api.example works on a job (InProgress): next look in 8 s"),
  ]

  @Test("A wait is one short sentence", arguments: sentences)
  func sentence(reason: Wait.Reason, seconds: Double, attempts: Int, text: String) {
    let wait = Wait(
      host: "api.example", seconds: seconds, reason: reason, attempt: attempts > 0 ? 2 : 0, attempts: attempts)
    #expect(wait.description == text)
  }
}
