import CCurl

/// The parts of a URL, read by the same parser that sends the request: two parsers could disagree about the host.
struct Address: Equatable {
  let scheme: String
  /// The host in lower case; an IPv6 address without its brackets.
  let host: String
  /// The port, the scheme's own where none is written.
  let port: String
  /// Whether the port is written out.
  let hasPort: Bool
  /// The path, percent-encoded, with its leading slash.
  let path: String
  /// The query without its question mark, percent-encoded; empty when there is none.
  let query: String

  /// Reads an absolute http or https address; nil for anything else, also for one with a user name in it.
  init?(_ text: String) {
    guard let url = curl_url() else { return nil }
    defer { curl_url_cleanup(url) }
    // libcurl would write a blank in a query as a plus sign, which means a blank in forms only.
    let spelt = text.utf8.contains(UInt8(ascii: " ")) ? text.replacing(" ", with: "%20") : text
    guard curl_url_set(url, CURLUPART_URL, spelt, UInt32(CURLU_URLENCODE)) == CURLUE_OK else { return nil }
    func part(_ part: CURLUPart, _ flags: Int32 = 0) -> String? {
      var pointer: UnsafeMutablePointer<CChar>?
      guard curl_url_get(url, part, &pointer, UInt32(flags)) == CURLUE_OK, let pointer else { return nil }
      defer { curl_free(pointer) }
      return String(cString: pointer)
    }
    guard let scheme = part(CURLUPART_SCHEME)?.lowercased(), scheme == "https" || scheme == "http",
      let host = part(CURLUPART_HOST)?.lowercased(), let port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT),
      let path = part(CURLUPART_PATH), part(CURLUPART_USER) == nil, part(CURLUPART_PASSWORD) == nil
    else { return nil }
    self.scheme = scheme
    self.host = host.trimmingBrackets
    self.port = port
    hasPort = part(CURLUPART_PORT) != nil
    self.path = path
    query = part(CURLUPART_QUERY) ?? ""
  }

  /// Scheme, host and port: what an address begins with.
  var origin: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return "\(scheme)://\(name)" + (hasPort ? ":\(port)" : "")
  }

  /// The address up to where a service's own paths begin: with its path, without a slash at the end.
  var base: String {
    var base = origin + path
    while base.hasSuffix("/") { base.removeLast() }
    return base
  }

  /// Whether the host is this machine, so that plain http reveals nothing.
  var isLoopback: Bool { Self.isLoopback(host) }

  /// Whether a host, in lower case and without brackets, is this machine.
  static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "::1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// Whether the port is the one that goes without saying.
  var isDefaultPort: Bool { port == (scheme == "https" ? "443" : "80") }

  /// Whether tokens may be sent there.
  var isSafe: Bool { scheme == "https" || isLoopback }

  /// Text as one path segment or query value: all but unreserved characters percent-encoded.
  static func escaped(_ text: String) -> String { String(decoding: escaped(Array(text.utf8)), as: UTF8.self) }

  /// The same of the text's bytes.
  static func escaped(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count * 2)
    for byte in text {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        result.append(byte)
      default:
        result.append(UInt8(ascii: "%"))
        result.append(digit(byte >> 4))
        result.append(digit(byte & 15))
      }
    }
    return result
  }

  /// A hexadecimal digit, as a capital.
  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }

  /// Names and values as a form body.
  static func form(_ pairs: [(String, String)]) -> [UInt8] {
    Array(pairs.map { escaped($0.0) + "=" + escaped($0.1) }.joined(separator: "&").utf8)
  }
}

extension String {
  fileprivate var trimmingBrackets: String {
    hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : self
  }
}
