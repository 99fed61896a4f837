import Foundation
import NIOCore
import NIOHTTP1

/// An answer that is written to the socket byte by byte, past the server's own encoder, and then broken off.
struct BrokenAnswer: Sendable {
  let reply: ServiceReply
  let breakage: Outcome.Breakage

  /// What reaches the client before the connection closes.
  var bytes: [UInt8] {
    switch breakage {
    case .lost: []
    case .inHead(let count): Array(head(promising: reply.body.count).prefix(count))
    case .inBody(let count):
      // One byte more is promised than is sent, or the client would see a whole answer.
      head(promising: max(reply.body.count, count + 1)) + reply.body.prefix(count)
    case .overlong(let excess): head(promising: reply.body.count + excess) + reply.body
    case .none, .behind: head(promising: reply.body.count) + reply.body
    }
  }

  private func head(promising length: Int) -> [UInt8] {
    var text = "HTTP/1.1 \(reply.status) \(HTTPResponseStatus(statusCode: reply.status).reasonPhrase)\r\n"
    for (name, value) in reply.headers { text += "\(name): \(value)\r\n" }
    return Array((text + "Content-Length: \(length)\r\n\r\n").utf8)
  }

  /// Writes what is to be written and closes the connection.
  func send(on channel: any Channel) async {
    let bytes = bytes
    if !bytes.isEmpty {
      let written = channel.eventLoop.makePromise(of: Void.self)
      channel.eventLoop.execute {
        do {
          let encoder = try channel.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
          encoder.writeAndFlush(NIOAny(ByteBuffer(bytes: bytes)), promise: written)
        } catch {
          written.fail(error)
        }
      }
      try? await written.futureResult.get()
    }
    try? await channel.close()
  }
}
