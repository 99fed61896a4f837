import Foundation
import JSON
import Model
import TestSupport
import Testing
import Wire

@Suite("The transport over libcurl")
struct CurlTransportTests {
  static let page = Array(
    #"{"@odata.count":2,"value":[{"id":"1","name":"Northwind"},{"id":"2","name":"Contoso"}]}"#.utf8)

  static func transport(_ change: (inout TransportLimits) -> Void = { _ in }) -> CurlTransport {
    var limits = TransportLimits()
    change(&limits)
    return CurlTransport(limits: limits)
  }

  @Test("A request arrives as it was given, and its answer whole")
  func roundTrip() throws {
    let server = try LoopbackServer { _ in
      .init(status: 201, headers: [("Content-Type", "application/json"), ("ETag", "\"x\"")], body: Self.page)
    }
    defer { server.stop() }
    let transport = Self.transport()
    for method in [Request.Method.post, .patch] {
      let request = Request(method, server.url + "/a?b=c", headers: [("If-Match", "\"tag\"")], body: Array("{}".utf8))
      let response = try #require(transport.send([request]).first).get()
      #expect(response.status == 201)
      #expect(response.headers["etag"] == "\"x\"")
      #expect(response.body == Self.page)
    }
    #expect(server.received.map(\.method) == ["POST", "PATCH"])
    #expect(server.received.allSatisfy { $0.target == "/a?b=c" && $0.headers["if-match"] == "\"tag\"" })
    #expect(server.received.allSatisfy { $0.body == Array("{}".utf8) && $0.headers["expect"] == nil })
  }

  @Test("Results come in the order of the requests")
  func order() throws {
    let server = try LoopbackServer { request in .init(body: Array("\"\(request.target)\"".utf8)) }
    defer { server.stop() }
    let requests = (0..<40).map { Request(.get, server.url + "/\($0)") }
    let bodies = try Self.transport().send(requests).map { String(decoding: try $0.get().body, as: UTF8.self) }
    #expect(bodies == (0..<40).map { "\"/\($0)\"" })
  }

  @Test("R117: a page cut at any byte is an error, never a shorter page", arguments: [false, true])
  func cut(isChunked: Bool) throws {
    let server = try LoopbackServer { request in
      .init(body: Self.page, cutAfter: Int(request.target.dropFirst()), isChunked: isChunked)
    }
    defer { server.stop() }
    let requests = (0..<Self.page.count).map { Request(.get, server.url + "/\($0)") }
    for (length, result) in Self.transport().send(requests).enumerated() {
      #expect(throws: TransportError.self, "cut after \(length) bytes") { try result.get() }
    }
  }

  @Test("A stalled answer runs into a limit", arguments: [nil, 0, 10] as [Int?])
  func stall(after count: Int?) throws {
    let server = try LoopbackServer { _ in .init(body: Self.page, stallAfter: count ?? 5) }
    defer { server.stop() }
    let transport = Self.transport { limits in
      // With `nil` the low-speed limit has to act, which counts in whole seconds; else the total one.
      limits.totalMilliseconds = count == nil ? 20_000 : 300
      limits.lowSpeedSeconds = 1
    }
    let error = #expect(throws: TransportError.self) { try transport.send([Request(.get, server.url)])[0].get() }
    #expect(error?.reason == .timedOut)
    #expect(error?.mayHaveTakenEffect == true)
  }

  @Test("A body over the limit is refused")
  func tooLarge() throws {
    let server = try LoopbackServer { _ in .init(body: Self.page) }
    defer { server.stop() }
    let transport = Self.transport { $0.bodyBytes = Self.page.count - 1 }
    let error = #expect(throws: TransportError.self) { try transport.send([Request(.get, server.url)])[0].get() }
    #expect(error?.reason == .tooLarge(Self.page.count - 1))
  }

  @Test("A redirect is refused, and no token goes where it points", arguments: [301, 302, 303, 307, 308])
  func redirect(status: Int) throws {
    let other = try LoopbackServer { _ in .init() }
    let target = "http://localhost:\(other.port)/x"
    let server = try LoopbackServer { _ in .init(status: status, headers: [("Location", target)]) }
    defer {
      server.stop()
      other.stop()
    }
    let request = Request(.get, server.url, headers: [("Authorization", "Bearer secret")])
    let error = #expect(throws: TransportError.self) { try Self.transport().send([request])[0].get() }
    #expect(error?.reason == .refusedRedirect("localhost"))
    #expect(error?.code == .redirectRefused)
    #expect(other.received.isEmpty)
  }

  @Test(
    "Plain http is for this machine alone",
    arguments: [
      ("http://example.com/", TransportError.Reason.plainHTTP), ("http://127.0.0.1.example.com/", .plainHTTP),
      ("http://10.0.0.1/", .plainHTTP), ("ftp://127.0.0.1/", .badAddress), ("file:///etc/passwd", .badAddress),
      ("not an address", .badAddress), ("http://user:password@127.0.0.1/", .badAddress), ("", .badAddress),
    ])
  func plainHTTP(url: String, reason: TransportError.Reason) {
    let error = #expect(throws: TransportError.self) { try Self.transport().send([Request(.get, url)])[0].get() }
    #expect(error?.reason == reason)
    #expect(error?.mayHaveTakenEffect == false)
  }

  @Test("A port where nobody listens is unreachable, without effect")
  func unreachable() throws {
    let server = try LoopbackServer(listens: false) { _ in .init() }
    let error = #expect(throws: TransportError.self) {
      try Self.transport().send([Request(.post, server.url, body: [])])[0].get()
    }
    #expect(error?.reason == .unreachable)
    #expect(error?.mayHaveTakenEffect == false)
  }

  @Test("A server without TLS is refused")
  func noTLS() throws {
    let server = try LoopbackServer { _ in .init() }
    defer { server.stop() }
    let url = "https://127.0.0.1:\(server.port)/"
    let error = #expect(throws: TransportError.self) {
      try Self.transport { $0.totalMilliseconds = 1000 }.send([Request(.get, url)])[0].get()
    }
    #expect(error?.mayHaveTakenEffect == false)
  }

  @Test("What is not HTTP is an error")
  func garbage() throws {
    let server = try LoopbackServer { _ in .init(isGarbage: true) }
    defer { server.stop() }
    let error = #expect(throws: TransportError.self) { try Self.transport().send([Request(.get, server.url)])[0].get() }
    #expect(error?.reason == .malformed)
    #expect(error?.mayHaveTakenEffect == true)
  }

  @Test("A write whose connection dies without an answer is sent once, also on a kept connection")
  func lostWrite() throws {
    let server = try LoopbackServer { request in .init(isLost: request.method == "POST") }
    defer { server.stop() }
    let transport = Self.transport()
    _ = try transport.send([Request(.get, server.url)])[0].get()
    let error = #expect(throws: TransportError.self) {
      try transport.send([Request(.post, server.url, body: Array("{}".utf8))])[0].get()
    }
    #expect(error?.reason == .cutOff)
    #expect(error?.mayHaveTakenEffect == true)
    #expect(server.received.filter { $0.method == "POST" }.count == 1)
  }

  @Test("A header line with a line break in it is not sent")
  func headerInjection() throws {
    let server = try LoopbackServer { _ in .init() }
    defer { server.stop() }
    let request = Request(.get, server.url, headers: [("If-Match", "x\r\nX-Evil: 1")])
    #expect(throws: TransportError.self) { try Self.transport().send([request])[0].get() }
    #expect(server.received.isEmpty)
  }

  @Test("A compressed page is asked for and unpacked, cut at any byte refused, and too large a one, too")
  func compressed() throws {
    let packed = try #require(Data(base64Encoded: Self.packedPage)).map { $0 }
    let server = try LoopbackServer { request in
      let count = Int(request.target.dropFirst()) ?? packed.count
      return .init(headers: [("Content-Encoding", "gzip")], body: Array(packed.prefix(count)))
    }
    defer { server.stop() }
    let body = try Self.transport().send([Request(.get, server.url + "/whole")])[0].get().body
    #expect(body.count > packed.count)
    #expect(server.received[0].headers["accept-encoding"] == "gzip")
    let small = Self.transport { $0.bodyBytes = body.count - 1 }
    #expect(throws: TransportError.self) { try small.send([Request(.get, server.url + "/whole")])[0].get() }
    // The length fits here: only the packed stream tells that something is missing, and it may be its checksum alone.
    let cuts = (1..<packed.count).map { Request(.get, server.url + "/\($0)") }
    for (index, result) in Self.transport().send(cuts).enumerated() {
      guard let short = try? result.get().body, short != body else { continue }
      #expect(throws: JSONError.self, "cut after \(index + 1) bytes") { try JSONValue(parsing: short) }
    }
  }

  /// A page of fifty records, packed by gzip.
  static let packedPage =
    "H4sIAAAAAAACA6tWKkvMKU1VsoquVspMUbJSMlTSUcpLzAWKKPnlF5VklGfmpSjV6ozKjsqOyo7KjsoOQdnYWgDUGLVR5wUAAA=="
}
