import Glibc
import Model

/// A tiny HTTP server on this machine whose answers are scripted, the broken ones above all.
package final class LoopbackServer: Sendable {
  /// A request as it arrived; names of headers in lower case.
  package struct Received: Sendable {
    package var method: String
    package var target: String
    package var headers: [String: String]
    package var body: [UInt8]
  }

  /// What is sent back, and how it goes wrong.
  package struct Answer: Sendable {
    package var status = 200
    package var headers: [(String, String)] = [("Content-Type", "application/json")]
    package var body: [UInt8] = Array("{}".utf8)
    /// Ends the connection after so many bytes of the body.
    package var cutAfter: Int?
    /// Sends no more after so many bytes of the body, and keeps the connection open.
    package var stallAfter: Int?
    /// Ends the connection without any answer.
    package var isLost = false
    /// Sends no `Content-Length` but chunks.
    package var isChunked = false
    /// Sends something that is not HTTP.
    package var isGarbage = false

    /// A plain answer.
    package init(
      status: Int = 200, headers: [(String, String)] = [("Content-Type", "application/json")],
      body: [UInt8] = Array("{}".utf8), cutAfter: Int? = nil, stallAfter: Int? = nil, isLost: Bool = false,
      isChunked: Bool = false, isGarbage: Bool = false
    ) {
      self.status = status
      self.headers = headers
      self.body = body
      self.cutAfter = cutAfter
      self.stallAfter = stallAfter
      self.isLost = isLost
      self.isChunked = isChunked
      self.isGarbage = isGarbage
    }
  }

  /// The port that it listens on.
  package let port: Int
  private let listener: Int32
  private let script: @Sendable (Received) -> Answer
  private let log = Guarded<[Received]>([])

  /// Listens on a free port and answers each request by `script`.
  ///
  /// With `listens` false the port is taken, but refuses connections.
  package init(listens: Bool = true, _ script: @escaping @Sendable (Received) -> Answer) throws {
    self.script = script
    (listener, port) = try Self.listeningSocket(listens: listens)
    if listens { Self.detach { [self] in accept() } }
  }

  /// A socket on a free port of this machine.
  static func listeningSocket(listens: Bool) throws -> (descriptor: Int32, port: Int) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
        bind(listener, raw, length) == 0 && (!listens || listen(listener, 64) == 0)
          && getsockname(listener, raw, &length) == 0
      }
    }
    struct CannotListen: Error {}
    guard bound else { throw CannotListen() }
    return (listener, Int(UInt16(bigEndian: address.sin_port)))
  }

  /// What has been asked so far.
  package var received: [Received] { log.withLock { $0 } }

  /// Scheme, host and port.
  package var url: String { "http://127.0.0.1:\(port)" }

  /// Takes no further connections.
  ///
  /// The thread that accepts them closes the socket: closed here, its number could belong to another test's server
  /// before that thread looks at it again.
  package func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
  }

  private func accept() {
    defer { close(listener) }
    while true {
      let connection = Glibc.accept(listener, nil, nil)
      guard connection >= 0 else { return }
      Self.detach { [self] in serve(connection) }
    }
  }

  private func serve(_ connection: Int32) {
    defer { close(connection) }
    while let request = Self.read(connection) {
      log.withLock { $0.append(request) }
      guard Self.write(script(request), to: connection) else { return }
    }
  }

  /// Sends an answer; false when the connection has to end with it.
  private static func write(_ answer: Answer, to connection: Int32) -> Bool {
    if answer.isLost { return false }
    if answer.isGarbage {
      send(Array("nonsense\r\n\r\n".utf8), to: connection)
      return false
    }
    var head = "HTTP/1.1 \(answer.status) Scripted\r\n"
    for (name, value) in answer.headers { head += "\(name): \(value)\r\n" }
    head += answer.isChunked ? "Transfer-Encoding: chunked\r\n" : "Content-Length: \(answer.body.count)\r\n"
    send(Array((head + "\r\n").utf8), to: connection)
    var body = answer.body
    if answer.isChunked {
      body = Array("\(String(body.count, radix: 16))\r\n".utf8) + body + Array("\r\n0\r\n\r\n".utf8)
    }
    if let count = answer.cutAfter {
      send(Array(body.prefix(count)), to: connection)
      return false
    }
    if let count = answer.stallAfter {
      send(Array(body.prefix(count)), to: connection)
      var byte: UInt8 = 0
      while recv(connection, &byte, 1, 0) > 0 {}
      return false
    }
    send(body, to: connection)
    return true
  }

  private static func send(_ bytes: [UInt8], to connection: Int32) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { raw in
        Glibc.send(connection, raw.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      sent += count
    }
  }

  private static func read(_ connection: Int32) -> Received? {
    var bytes: [UInt8] = []
    let end = Array("\r\n\r\n".utf8)
    while bytes.suffix(4) != end[...] {
      var byte: UInt8 = 0
      guard recv(connection, &byte, 1, 0) == 1 else { return nil }
      bytes.append(byte)
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
    let words = lines[0].split(separator: " ")
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
    }
    var body = [UInt8](repeating: 0, count: headers["content-length"].flatMap { Int($0) } ?? 0)
    var got = 0
    while got < body.count {
      let count = body.withUnsafeMutableBytes { raw in
        recv(connection, raw.baseAddress.map { $0 + got }, raw.count - got, 0)
      }
      guard count > 0 else { return nil }
      got += count
    }
    return Received(method: String(words[0]), target: String(words[1]), headers: headers, body: body)
  }

  static func detach(_ body: @escaping @Sendable () -> Void) {
    final class Box: Sendable {
      let body: @Sendable () -> Void
      init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(body)).toOpaque()
    pthread_create(
      &thread, nil,
      { context in
        context.map { Unmanaged<Box>.fromOpaque($0).takeRetainedValue().body() }
        return nil
      }, box)
    pthread_detach(thread)
  }
}
