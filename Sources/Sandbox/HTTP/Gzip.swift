internal import CZlib
import Foundation

/// Compression of answers as `Content-Encoding: gzip` has it.
enum Gzip {
  /// Whether the header `Accept-Encoding` of a request takes gzip.
  static func isAccepted(_ header: String?) -> Bool {
    (header ?? "").split(separator: ",").contains { part in
      let words = part.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
      guard words.first == "gzip" || words.first == "*" else { return false }
      let quality = words.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
      return quality > 0
    }
  }

  /// The bytes in gzip form; nil when zlib has no memory.
  static func compressed(_ data: Data) -> Data? {
    var stream = z_stream()
    let window = MAX_WBITS + 16  // 16 asks for the header and trailer of gzip.
    guard
      deflateInit2_(
        &stream, Z_BEST_SPEED, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { deflateEnd(&stream) }
    var input = [UInt8](data)
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, uLong(input.count))))
    let result = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = uInt(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = uInt(target.count)
        return deflate(&stream, Z_FINISH)
      }
    }
    guard result == Z_STREAM_END else { return nil }
    return Data(output.prefix(Int(stream.total_out)))
  }
}

extension ServiceReply {
  /// The reply with a compressed body, where the body is long enough and not encoded already.
  func compressed(from bytes: Int) -> ServiceReply {
    guard body.count >= max(1, bytes), !headers.contains(where: { $0.name.lowercased() == "content-encoding" }),
      let small = Gzip.compressed(body)
    else { return self }
    var reply = self
    reply.body = small
    reply.setHeader("Content-Encoding", "gzip")
    reply.setHeader("Vary", "Accept-Encoding")
    return reply
  }
}
