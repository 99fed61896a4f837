import Dispatch
import Foundation
import Glibc

@testable import Sandbox

/// A plain TCP connection, for what an HTTP client would hide: bytes on the wire, and where they end.
struct RawConnection: Sendable {
  private let descriptor: Int32

  struct Trouble: Error {}

  init(port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    var limit = timeval(tv_sec: Patience.seconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    guard descriptor >= 0, result == 0 else { throw Trouble() }
  }

  func close() { _ = Glibc.close(descriptor) }

  func send(_ text: String) throws {
    let bytes = Array(text.utf8)
    guard Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { throw Trouble() }
  }

  /// Everything up to the end of the connection.
  func rest() async -> RawAnswer { RawAnswer(await read { _ in false }) }

  /// One whole answer of a connection that stays open: its head and as much body as it promises.
  func answer() async -> RawAnswer { RawAnswer(await read { RawAnswer($0).isWhole }) }

  /// The head of an answer and the first bytes of its body.
  func answer(bodyBytes count: Int) async -> RawAnswer { RawAnswer(await read { RawAnswer($0).body.count >= count }) }

  private func read(until isEnough: @escaping @Sendable ([UInt8]) -> Bool) async -> [UInt8] {
    // Blocking reads stay away from the threads on which the server under test runs.
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        var found: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while !isEnough(found) {
          let count = recv(descriptor, &buffer, buffer.count, 0)
          if count <= 0 { break }
          found += buffer[0..<count]
        }
        continuation.resume(returning: found)
      }
    }
  }
}

/// The bytes of an answer, taken apart.
struct RawAnswer: Sendable {
  let head: String
  let body: [UInt8]
  /// Whether the empty line after the headers came.
  let hasWholeHead: Bool

  init(_ bytes: [UInt8]) {
    let mark = Array("\r\n\r\n".utf8)
    let end = bytes.indices.first { bytes[$0...].starts(with: mark) }
    hasWholeHead = end != nil
    head = String(decoding: bytes[..<(end ?? bytes.count)], as: UTF8.self)
    body = end.map { Array(bytes[($0 + 4)...]) } ?? []
  }

  var status: Int? { head.split(separator: " ").dropFirst().first.flatMap { Int($0.prefix(3)) } }

  func header(_ name: String) -> String? {
    head.components(separatedBy: "\r\n").dropFirst().first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
      .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
  }

  var promised: Int? { header("Content-Length").flatMap { Int($0) } }

  var isWhole: Bool { hasWholeHead && body.count >= promised ?? 0 }
}

extension LiveSandbox {
  var port: Int { URL(string: text(salesforce["instance_url"]))?.port ?? 0 }

  /// The text of a GET of an address of this sandbox.
  func raw(_ url: String, token: String? = nil, headers: [String] = []) -> String {
    let parts = URLComponents(string: url)
    let query = parts?.percentEncodedQuery.map { "?" + $0 } ?? ""
    let lines =
      ["GET \(parts?.percentEncodedPath ?? "/")\(query) HTTP/1.1", "Host: 127.0.0.1:\(port)"]
      + (token.map { ["Authorization: Bearer \($0)"] } ?? []) + headers
    return lines.joined(separator: "\r\n") + "\r\n\r\n"
  }
}
