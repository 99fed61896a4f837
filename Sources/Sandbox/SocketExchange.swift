import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Carries requests from the socket to the services and answers back, with the delays and breaks of faults.
struct SocketExchange: Sendable {
  let exchange: Exchange
  /// Milliseconds that every answer of a service takes at least.
  let latency: Int

  func respond(to request: Request, on channel: any Channel) async throws -> Response {
    let asked = try await SocketExchange.read(request)
    var outcome = await exchange.outcome(of: asked)
    let delay = outcome.delayMilliseconds + (asked.isControl ? 0 : latency)
    if delay > 0 { try await Task.sleep(for: .milliseconds(delay)) }
    if let bytes = outcome.gzipFromBytes { outcome.reply = outcome.reply.compressed(from: bytes) }
    if outcome.breakage != .none {
      await BrokenAnswer(reply: outcome.reply, breakage: outcome.breakage).send(on: channel)
    }
    return SocketExchange.response(outcome)
  }

  private static func read(_ request: Request) async throws -> ServiceRequest {
    let body = try await request.body.collect(upTo: 64 << 20)
    var headers: [String: String] = [:]
    for field in request.headers {
      let name = field.name.canonicalName
      headers[name] = headers[name].map { "\($0), \(field.value)" } ?? field.value
    }
    if let authority = request.head.authority { headers["host"] = authority }
    let target = request.head.path ?? "/"
    let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    return ServiceRequest(
      method: request.method.rawValue, path: halves[0], query: halves.count > 1 ? halves[1] : "", headers: headers,
      body: Data(body.readableBytesView))
  }

  private static func response(_ outcome: Outcome) -> Response {
    var fields = HTTPFields()
    for (name, value) in outcome.reply.headers {
      if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
    }
    let status = HTTPResponse.Status(code: outcome.reply.status)
    let buffer = ByteBuffer(bytes: outcome.reply.body)
    guard let trickle = outcome.trickle else {
      return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: buffer))
    }
    return Response(status: status, headers: fields, body: slow(buffer, trickle))
  }

  private static func slow(_ buffer: ByteBuffer, _ trickle: Outcome.Trickle) -> ResponseBody {
    ResponseBody(contentLength: buffer.readableBytes) { writer in
      var rest = buffer
      while let part = rest.readSlice(length: min(trickle.bytes, rest.readableBytes)), part.readableBytes > 0 {
        try await writer.write(part)
        try await Task.sleep(for: .milliseconds(trickle.milliseconds))
      }
      try await writer.finish(nil)
    }
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
