import Foundation
import GRDB
import NIOCore
import NIOPosix

/// Sends callbacks, one after the other and away from the requests that raised them.
actor WebhookCourier {
  private let queue: DatabaseQueue
  private let identity: Identity

  init(queue: DatabaseQueue, identity: Identity) {
    self.queue = queue
    self.identity = identity
  }

  /// Tries each event that waits once: those whose time has come, or all.
  func deliver(isDue: Bool) async {
    let waiting =
      (try? await queue.read { [identity] db in
        try WebhookEvents(world: World(db: db, identity: identity, origin: "")).waiting(isDue: isDue)
      }) ?? []
    for seq in waiting where !Task.isCancelled { await deliver(seq) }
  }

  private func deliver(_ seq: Int) async {
    let callback = try? await queue.write { [identity] db in
      try WebhookEvents(world: World(db: db, identity: identity, origin: "")).claim(seq)
    }
    guard let callback else { return }
    var answer = await WebhookCourier.send(callback)
    for _ in 1..<max(1, callback.copies) { answer = await WebhookCourier.send(callback) }
    let last = answer
    try? await queue.write { [identity] db in
      try WebhookEvents(world: World(db: db, identity: identity, origin: "")).record(seq, last)
    }
  }

  private static let patience = Duration.seconds(5)

  private struct NoAnswer: Error {}

  private static func send(_ callback: Callback) async -> Callback.Answer {
    guard let address = LoopbackAddress(callback.url) else {
      return Callback.Answer(trouble: "The sandbox calls http addresses of this machine alone.")
    }
    do {
      return try await withThrowingTaskGroup(of: Callback.Answer.self) { group in
        group.addTask { Callback.Answer(status: try await post(callback, to: address)) }
        group.addTask {
          try await Task.sleep(for: patience)
          throw NoAnswer()
        }
        defer { group.cancelAll() }
        guard let answer = try await group.next() else { throw NoAnswer() }
        return answer
      }
    } catch {
      return Callback.Answer(trouble: "The address did not answer.")
    }
  }

  /// The status that the address answers with.
  private static func post(_ callback: Callback, to address: LoopbackAddress) async throws -> Int {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: address.host, port: address.port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    var head = "POST \(address.target) HTTP/1.1\r\nHost: \(address.host):\(address.port)\r\nConnection: close\r\n"
    for (name, value) in callback.headers { head += "\(name): \(value)\r\n" }
    head += "Content-Length: \(callback.body.count)\r\n\r\n"
    let bytes = Array(head.utf8) + callback.body
    return try await channel.executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(bytes: bytes))
      var answer = ByteBuffer()
      for try await part in inbound {
        answer.writeImmutableBuffer(part)
        let text = String(buffer: answer)
        if text.contains("\r\n"), let status = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) {
          return status
        }
      }
      throw NoAnswer()
    }
  }
}

/// An http address of this machine: the only ones that the sandbox calls by itself.
struct LoopbackAddress: Sendable {
  let host: String
  let port: Int
  let target: String

  init?(_ url: String) {
    guard let parts = URLComponents(string: url), parts.scheme == "http", let host = parts.host,
      host == "localhost" || host == "[::1]" || host == "::1" || LoopbackAddress.isLoopback(host)
    else { return nil }
    self.host = host.filter { $0 != "[" && $0 != "]" }
    port = parts.port ?? 80
    let path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
    target = path + (parts.percentEncodedQuery.map { "?" + $0 } ?? "")
  }

  private static func isLoopback(_ host: String) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    return parts.count == 4 && parts[0] == 127 && parts.allSatisfy { $0 != nil }
  }
}
