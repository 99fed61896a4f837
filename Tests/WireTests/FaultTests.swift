import Foundation
import JSON
import Model
import TestSupport
import Testing

@testable import Wire

/// Faults on a real socket: none of them yields a shorter list, a second record or a token in foreign hands.
@Suite("Faults on the wire")
struct FaultTests {
  static let token = "access-token-canary-1234567890"
  static let refresh = "0.Arefresh-token-canary-1234567890"
  static let secret = "client-secret-canary-1234567890"

  /// Partner Center on this machine, with its sign-in.
  final class PartnerCenter: Sendable {
    typealias Page =
      @Sendable (_ number: Int, _ url: String, _ request: LoopbackServer.Received) -> LoopbackServer.Answer

    /// How many requests have come that were no sign-ins.
    let count = Guarded(0)
    let tokens = Guarded(0)
    let page: Page

    init(_ page: @escaping Page) { self.page = page }

    func answer(_ request: LoopbackServer.Received) -> LoopbackServer.Answer {
      if request.target.hasSuffix("/token") {
        let number = tokens.withLock { number in
          number += 1
          return number
        }
        return .init(body: Array(#"{"access_token":"\#(FaultTests.token)-\#(number)","expires_in":3600}"#.utf8))
      }
      let number = count.withLock { number in
        number += 1
        return number - 1
      }
      return page(number, "http://" + (request.headers["host"] ?? ""), request)
    }
  }

  static func page(_ ids: [String], next: String? = nil) -> LoopbackServer.Answer {
    let value = ids.map { #"{"id":"\#($0)"}"# }.joined(separator: ",")
    let link = next.map { #","@odata.nextLink":"\#($0)""# } ?? ""
    return .init(body: Array(#"{"value":[\#(value)]\#(link)}"#.utf8))
  }

  static func client(_ server: LoopbackServer, _ change: (inout TransportLimits) -> Void = { _ in }) throws
    -> PartnerCenterClient
  {
    let transport = RetryingTransport(CurlTransportTests.transport(change), pacing: TestClock().pacing)
    let redaction = Redaction()
    let tokens = try PartnerCenterTokens(
      .init(
        urls: (api: server.url, login: server.url), tenant: "t", client: (id: "app", secret: Secret(secret)),
        refreshToken: Secret(refresh)),
      transport: transport, redaction: redaction, persist: { _ in })
    return PartnerCenterClient(transport: transport, tokens: tokens, redaction: redaction)
  }

  /// What a list comes to: its ids, or the error, in which no secret may be.
  static func read(_ client: PartnerCenterClient) -> Result<[String], ServiceError> {
    do {
      return .success(try ReferralPagesTests.read(client).flatMap { $0 })
    } catch {
      let text = String(reflecting: error) + "\(error)"
      #expect(!text.contains("canary"), "\(text)")
      return .failure(error)
    }
  }

  /// Serves a script, reads the list, and tells what it came to.
  static func list(
    bodyBytes: Int = 1 << 20, milliseconds: Int = TransportLimits().totalMilliseconds,
    _ page: @escaping PartnerCenter.Page
  ) throws -> (result: Result<[String], ServiceError>, received: [LoopbackServer.Received]) {
    let service = PartnerCenter(page)
    let server = try LoopbackServer { service.answer($0) }
    defer { server.stop() }
    let client = try client(server) { limits in
      limits.bodyBytes = bodyBytes
      limits.totalMilliseconds = milliseconds
    }
    let result = read(client)
    return (result, server.received.filter { !$0.target.hasSuffix("/token") })
  }

  static func code(_ result: Result<[String], ServiceError>) -> Code? {
    switch result {
    case .success: nil
    case .failure(let error): error.code
    }
  }

  @Test("A token that runs out between two pages is renewed once, and the page asked for again")
  func expiresBetweenPages() throws {
    let (result, received) = try Self.list { number, url, _ in
      switch number {
      case 0: Self.page(["a"], next: url + "/x?k=1")
      case 1: .init(status: 401, headers: [], body: [])
      default: Self.page(["b"])
      }
    }
    #expect(try result.get() == ["a", "b"])
    #expect(received.map { $0.headers["authorization"] } == ["-1", "-1", "-2"].map { "Bearer \(Self.token)\($0)" })
    #expect(received[1].target == received[2].target)
  }

  @Test("A token that is refused again ends the list, and nothing more is sent")
  func refusedBetweenPages() throws {
    let (result, received) = try Self.list { number, url, _ in
      number == 0 ? Self.page(["a"], next: url + "/x?k=1") : .init(status: 401)
    }
    #expect(Self.code(result) == .signInRefused)
    #expect(received.count == 3)
  }

  @Test("A storm of 429 is waited out; one that does not end is an error", arguments: [3, 1000])
  func storm(length: Int) throws {
    let (result, received) = try Self.list { number, url, _ in
      if number == 0 { return Self.page(["a"], next: url + "/x?k=1") }
      return number <= length ? .init(status: 429, headers: [("Retry-After", "3")]) : Self.page(["b"])
    }
    if length == 3 {
      #expect(try result.get() == ["a", "b"])
      #expect(received.count == 5)
    } else {
      #expect(Self.code(result) == .throttled)
      #expect(received.count == 6)
    }
  }

  @Test("R117: a page that ends at any byte, on every repetition, is never a shorter list", arguments: [false, true])
  func cutPages(isChunked: Bool) throws {
    let last = Self.page(["b", "c"])
    // A chunked body has a few bytes around it; all of them but the last may be missing.
    let length = last.body.count + (isChunked ? 10 : 0)
    let service = PartnerCenter { _, url, request in
      guard request.target.contains("k=1") else { return Self.page(["a"], next: url + "/x?k=1") }
      var answer = last
      answer.isChunked = isChunked
      answer.cutAfter = length
      return answer
    }
    let offset = Offset()
    let server = try LoopbackServer { request in
      var answer = service.answer(request)
      if answer.cutAfter != nil { answer.cutAfter = offset.value.withLock(\.self) }
      return answer
    }
    defer { server.stop() }
    for count in 0..<length {
      offset.value.withLock { $0 = count }
      let code = Self.code(Self.read(try Self.client(server)))
      #expect(
        [.snapshotIncomplete, .connectionLost, .timedOut].contains(code), "cut after \(count) bytes: \(code as Code?)")
    }
  }

  final class Offset: Sendable {
    let value = Guarded(0)
  }

  @Test("A page that is cut once and whole the next time is read whole", arguments: [0, 10, 25])
  func cutOnce(count: Int) throws {
    let (result, _) = try Self.list { number, _, _ in
      var answer = Self.page(["a", "b"])
      if number == 0 { answer.cutAfter = count }
      return answer
    }
    #expect(try result.get() == ["a", "b"])
  }

  @Test(
    "A create whose answer is lost is sent once, and its outcome is unknown",
    arguments: ["lost", "cut", "stall", "html"])
  func lostCreate(how: String) throws {
    let service = PartnerCenter { _, _, _ in
      var answer = LoopbackServer.Answer(status: 201, body: Array(#"{"id":"new-referral"}"#.utf8))
      switch how {
      case "lost": answer.isLost = true
      case "cut": answer.cutAfter = 12
      case "stall": answer.stallAfter = 5
      default:
        answer.headers = [("Content-Type", "text/html")]
        answer.body = Array("<html>".utf8)
      }
      return answer
    }
    let server = try LoopbackServer { service.answer($0) }
    defer { server.stop() }
    let client = try Self.client(server) { if how == "stall" { $0.totalMilliseconds = 3000 } }
    let error = #expect(throws: ServiceError.self) { try client.create(["name": "Northwind"]) }
    #expect(error?.code == .outcomeUnknown)
    #expect(error.map { !String(reflecting: $0).contains("canary") } == true)
    #expect(server.received.count { $0.method == "POST" && !$0.target.hasSuffix("/token") } == 1)
  }

  @Test("No token goes where a next link or a redirect points", arguments: ["link", "userinfo", "redirect"])
  func foreignHost(how: String) throws {
    let foreign = try LoopbackServer { _ in Self.page(["evil"]) }
    defer { foreign.stop() }
    let target = "http://localhost:\(foreign.port)/v1.0/engagements/referrals?k=1"
    let (result, received) = try Self.list { _, url, _ in
      switch how {
      case "link": Self.page(["a"], next: target)
      case "userinfo": Self.page(["a"], next: url + "@localhost:\(foreign.port)/x?k=1")
      default: .init(status: 302, headers: [("Location", target)], body: [])
      }
    }
    let expected: Code = how == "userinfo" ? .malformedAnswer : .redirectRefused
    #expect(Self.code(result) == expected)
    #expect(received.count == 1)
    #expect(foreign.received.isEmpty)
    #expect(!"\(foreign.received)".contains("canary"))
  }

  @Test("A next link with another path or scheme is followed on the configured address alone")
  func repairedLinks() throws {
    let (result, received) = try Self.list { number, url, _ in
      switch number {
      case 0: Self.page(["a"], next: url + "/v1.0/referrals?k=1")
      case 1: Self.page(["b"], next: url.replacing("http:", with: "https:") + "/evil/../x?k=2")
      default: Self.page(["c"])
      }
    }
    #expect(try result.get() == ["a", "b", "c"])
    let list = "/v1.0/engagements/referrals"
    #expect(received.map(\.target) == ["\(list)?$orderby=createdDateTime%20asc", "\(list)?k=1", "\(list)?k=2"])
  }

  static let disorder: [(String, Code, @Sendable (Int, String) -> LoopbackServer.Answer)] = [
    (
      "a page that comes twice", .snapshotIncomplete, { number, url in page(["a", "b"], next: url + "/x?k=\(number)") }
    ),
    ("a link that comes twice", .snapshotIncomplete, { number, url in page(["\(number)"], next: url + "/x?k=1") }),
    ("a page without an end", .malformedAnswer, { _, _ in .init(body: Array(#"{"value":[{"id":"a"}"#.utf8)) }),
    (
      "HTML with status 200", .malformedAnswer,
      { _, _ in
        .init(headers: [("Content-Type", "text/html")], body: Array("<html>".utf8))
      }
    ),
    ("HTML that says it is JSON", .malformedAnswer, { _, _ in .init(body: Array("<html>".utf8)) }),
    (
      "JSON that says it is text", .malformedAnswer,
      { _, _ in
        .init(headers: [("Content-Type", "text/plain")], body: Array(#"{"value":[]}"#.utf8))
      }
    ),
    ("an empty body", .malformedAnswer, { _, _ in .init(body: []) }),
    ("no HTTP at all", .malformedAnswer, { _, _ in .init(isGarbage: true) }),
    ("an error of the service", .serviceFailed, { _, _ in .init(status: 502, body: Array("<html>".utf8)) }),
    (
      "an answer larger than the limit", .answerTooLarge,
      { _, _ in
        page((0..<2000).map { "referral-\($0)" })
      }
    ),
  ]

  @Test("R117: disorder on the wire is an error", arguments: disorder.indices)
  func refuses(index: Int) throws {
    let (name, code, answer) = Self.disorder[index]
    let (result, received) = try Self.list(bodyBytes: 20_000) { number, url, _ in answer(number, url) }
    #expect(Self.code(result) == code, "\(name)")
    #expect(received.count <= 5)
  }

  @Test(
    "A page that stalls runs into the limit, and is asked for again as often as the policy says", arguments: [0, 15])
  func stall(after count: Int) throws {
    let (result, received) = try Self.list(milliseconds: 1000) { _, _, _ in
      var answer = Self.page(["a", "b"])
      answer.stallAfter = count
      return answer
    }
    #expect(Self.code(result) == .timedOut)
    #expect(received.count == 5)
  }

  @Test("A service that is gone is given up")
  func gone() throws {
    let server = try LoopbackServer(listens: false) { _ in .init() }
    let client = try Self.client(server)
    for _ in 1...5 { #expect(Self.code(Self.read(client)) == .unreachable) }
    #expect(Self.code(Self.read(client)) == .serviceAbandoned)
    #expect(client.counter.requests == 25)
  }
}
