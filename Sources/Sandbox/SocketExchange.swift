import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Carries requests from the socket to the services and answers back, with the delays and cuts of faults.
struct SocketExchange: Sendable {
  let exchange: Exchange
  /// Milliseconds that every answer of a service takes at least.
  let latency: Int

  private struct ConnectionCut: Error {}

  func respond(to request: Request, on channel: any Channel) async throws -> Response {
    let body = try await request.body.collect(upTo: 64 << 20)
    var headers: [String: String] = [:]
    for field in request.headers { headers[field.name.canonicalName] = field.value }
    if let authority = request.head.authority { headers["host"] = authority }
    let target = request.head.path ?? "/"
    let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let asked = ServiceRequest(
      method: request.method.rawValue, path: halves[0], query: halves.count > 1 ? halves[1] : "", headers: headers,
      body: Data(body.readableBytesView))
    let outcome = await exchange.outcome(of: asked)
    let isControl = asked.segments.first == "_sandbox"
    let delay = outcome.delayMilliseconds + (isControl ? 0 : latency)
    if delay > 0 { try await Task.sleep(for: .milliseconds(delay)) }
    if outcome.isLost { try? await channel.close() }
    return response(outcome)
  }

  private func response(_ outcome: Exchange.Outcome) -> Response {
    var fields = HTTPFields()
    for (name, value) in outcome.reply.headers {
      if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
    }
    let status = HTTPResponse.Status(code: outcome.reply.status)
    let buffer = ByteBuffer(bytes: outcome.reply.body)
    if let bytes = outcome.cutAfterBytes { return cut(status, fields, buffer, after: bytes) }
    return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: buffer))
  }

  /// Promises the whole body, sends a part of it and breaks the connection.
  private func cut(_ status: HTTPResponse.Status, _ fields: HTTPFields, _ buffer: ByteBuffer, after bytes: Int)
    -> Response
  {
    let length = max(buffer.readableBytes, bytes + 1)
    let part = buffer.getSlice(at: 0, length: min(bytes, buffer.readableBytes)) ?? ByteBuffer()
    return Response(
      status: status, headers: fields,
      body: ResponseBody(contentLength: length) { writer in
        if part.readableBytes > 0 { try await writer.write(part) }
        throw ConnectionCut()
      })
  }
}

/// A request's context that knows the connection, so that a fault can close it.
struct SocketContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }
}
