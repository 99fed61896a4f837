import Foundation
import JSON
import Model
import TestSupport
import Testing
import Wire

@Suite("Works that wait side by side")
struct LanesTests {
  private struct Trouble: Error, Equatable {
    let work: Int
  }

  /// Keeps how many requests came at a time.
  private final class GroupedTransport: Transport {
    private(set) var groups: [[String]] = []

    func send(_ requests: [Request]) -> [ScriptedTransport.Answer] {
      groups.append(requests.map { String($0.url.split(separator: "/").last ?? "") })
      return requests.map { _ in .json(200, #"{"id":"x","eTag":"1"}"#) }
    }
  }

  private func client(_ transport: any Transport, sharedBy lanes: Lanes) -> PartnerCenterClient {
    let client = PartnerCenterClient(
      transport: RetryingTransport(transport, pacing: TestClock().pacing),
      tokens: ScriptedSignIn(origin: "https://api.partner.microsoft.com"), redaction: Redaction())
    client.share(lanes)
    return client
  }

  @Test("Calls of works that wait for one service leave together, in the order of the works, whatever the threads do")
  func together() throws {
    for _ in 1...20 {
      let lanes = Lanes(.inTurn, width: 5)
      let transport = GroupedTransport()
      let client = client(transport, sharedBy: lanes)
      try lanes.run(Array(1...7)) { work in
        for step in 1...2 { _ = try client.get("\(work)-\(step)") }
      }
      #expect(
        transport.groups == [
          ["1-1", "2-1"], ["1-2", "3-1"], ["4-1", "5-1"], ["4-2", "6-1"], ["7-1", "2-2"], ["7-2", "3-2"],
          ["5-2", "6-2"],
        ], "\(transport.groups)")
    }
  }

  @Test("Only one work runs at a time, and each is carried out once", arguments: [Lanes.Order.together, .inTurn])
  func once(order: Lanes.Order) throws {
    let lanes = Lanes(order, width: 8)
    let client = client(GroupedTransport(), sharedBy: lanes)
    var running = 0
    var most = 0
    var done: [Int] = []
    try lanes.run(Array(0..<200)) { work in
      running += 1
      most = max(most, running)
      running -= 1
      _ = try client.get("\(work)")
      done.append(work)
    }
    #expect(most == 1)
    #expect(done.sorted() == Array(0..<200))
  }

  @Test("What one claims, no other has: a look and what follows from it are one")
  func claims() throws {
    let lanes = Lanes(.together, width: 10)
    let client = client(GroupedTransport(), sharedBy: lanes)
    var made: [String: Int] = [:]
    try lanes.run(Array(0..<100)) { work in
      let name = "account \(work % 3)"
      try lanes.claiming([name, ""]) {
        guard made[name] == nil else { return }
        _ = try client.get("look-\(work)")
        made[name, default: 0] += 1
      }
    }
    #expect(made == ["account 0": 1, "account 1": 1, "account 2": 1])
  }

  @Test("After an error nothing is begun or sent any more, what is under way ends, and the first error is told")
  func failure() throws {
    let lanes = Lanes(.inTurn, width: 6)
    let transport = GroupedTransport()
    let client = client(transport, sharedBy: lanes)
    var ended: [String] = []
    let error = #expect(throws: Trouble.self) {
      try lanes.run(Array(1...30)) { work in
        do {
          _ = try client.get("\(work)")
          if work == 2 { throw Trouble(work: work) }
          ended.append("\(work)")
        } catch let error as ServiceError {
          ended.append("\(work) \(error.code.rawValue)")
          throw Trouble(work: work)
        }
      }
    }
    #expect(error == Trouble(work: 2))
    let refused = ended.filter { $0.hasSuffix(Code.serviceAbandoned.rawValue) }
    let sent = transport.groups.flatMap(\.self)
    #expect(!refused.isEmpty && refused.allSatisfy { !sent.contains(String($0.prefix { $0 != " " })) }, "\(ended)")
    #expect(Set(sent) == Set(ended).subtracting(refused).union(["2"]))
    #expect(sent.count + refused.count < 30)
    #expect(!lanes.isShut)
  }

  @Test("A service is asked as often at a time as it may be, and never more often")
  func parallelism() throws {
    let inFlight = Guarded((now: 0, most: 0))
    let isFull = DispatchSemaphore(value: 0)
    let server = try LoopbackServer { _ in
      let now = inFlight.withLock { state in
        state.now += 1
        state.most = max(state.most, state.now)
        return state.now
      }
      // The first waits until another one is there, so that a pipe that is never full is not taken for a full one.
      if now == 1 { _ = isFull.wait(timeout: .now() + 120) } else { isFull.signal() }
      inFlight.withLock { $0.now -= 1 }
      return .init(headers: [("Content-Type", "application/json")], body: Array(#"{"id":"x"}"#.utf8))
    }
    defer { server.stop() }
    let lanes = Lanes(.together)
    let client = PartnerCenterClient(
      transport: RetryingTransport(CurlTransport(limits: .partnerCenter)), tokens: ScriptedSignIn(origin: server.url),
      redaction: Redaction())
    client.share(lanes)
    try lanes.run(Array(0..<60)) { work in _ = try client.get("\(work)") }
    #expect(server.received.count == 60)
    #expect(inFlight.withLock { $0.most } == TransportLimits.partnerCenter.parallelism)
  }

  @Test("A token that has run out is renewed once for all")
  func renewal() throws {
    let lanes = Lanes(.together, width: 20)
    let signIn = ScriptedSignIn(origin: "https://api.partner.microsoft.com")
    let transport = ScriptedTransport { request, _ in
      request.headers.contains { $0.value == "Bearer token-1" }
        ? .json(401, #"{"error":{"code":"expired","message":"expired"}}"#) : .json(200, #"{"id":"x"}"#)
    }
    let client = PartnerCenterClient(
      transport: RetryingTransport(transport, pacing: TestClock().pacing), tokens: signIn, redaction: Redaction())
    client.share(lanes)
    try lanes.run(Array(0..<40)) { work in _ = try client.get("\(work)") }
    #expect(signIn.renewals == 1)
  }
}
