import CCurl
import Glibc

/// One request on its way: an easy handle, what it still has to send, and what has arrived.
final class CurlExchange {
  let handle: UnsafeMutableRawPointer

  private let address: Address
  private let request: Request
  private let limit: Int
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private var sent = 0
  private var headerLines: [(name: String, value: String)] = []
  private var body: [UInt8] = []
  private var isTooLarge = false

  /// Makes a handle ready; nil when libcurl refuses an option, as it would then do less than what was asked.
  init?(_ request: Request, to address: Address, limits: TransportLimits, agent: String) {
    guard let handle = curl_easy_init() else { return nil }
    self.handle = handle
    self.address = address
    self.request = request
    limit = limits.bodyBytes
    guard setAddress(agent: agent), setLimits(limits), setMethod(), setHeaders(), setSinks() else { return nil }
  }

  deinit {
    curl_easy_cleanup(handle)
    curl_slist_free_all(headerList)
  }

  /// What came of it, once libcurl is done.
  func result(_ outcome: CURLcode) -> Result<Response, TransportError> {
    guard outcome == CURLE_OK else { return .failure(failure(outcome)) }
    var status = 0
    _ = reconcile_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
    let headers = Headers(headerLines)
    switch status {
    case 301, 302, 303, 307, 308:
      let target = headers["Location"].flatMap { Address($0)?.host } ?? address.host
      return .failure(TransportError(.refusedRedirect(target), host: address.host, mayHaveTakenEffect: false))
    default:
      return .success(Response(status: status, headers: headers, body: body))
    }
  }

  // MARK: Options

  private func setAddress(agent: String) -> Bool {
    set(CURLOPT_URL, request.url) && set(CURLOPT_PROTOCOLS_STR, "http,https") && set(CURLOPT_USERAGENT, agent)
      && set(CURLOPT_FOLLOWLOCATION, 0) && set(CURLOPT_NOSIGNAL, 1)
      && set(CURLOPT_HTTP_VERSION, reconcile_curl_http2_over_tls) && set(CURLOPT_SSLVERSION, reconcile_curl_tls12)
      && set(CURLOPT_ACCEPT_ENCODING, "gzip")
      // A proxy cannot reach this machine's own loopback addresses.
      && (!address.isLoopback || set(CURLOPT_PROXY, ""))
  }

  private func setLimits(_ limits: TransportLimits) -> Bool {
    set(CURLOPT_CONNECTTIMEOUT_MS, limits.connectMilliseconds) && set(CURLOPT_TIMEOUT_MS, limits.totalMilliseconds)
      && set(CURLOPT_LOW_SPEED_LIMIT, limits.lowSpeedBytes) && set(CURLOPT_LOW_SPEED_TIME, limits.lowSpeedSeconds)
      && set(CURLOPT_MAXAGE_CONN, 30)
  }

  private func setMethod() -> Bool {
    guard let body = request.body else {
      return request.method == .get || set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
    }
    return set(CURLOPT_POST, 1) && set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
      && reconcile_curl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)) == CURLE_OK
      && reconcile_curl_set_sink(handle, CURLOPT_READFUNCTION, sendBody) == CURLE_OK
      && reconcile_curl_set_pointer(handle, CURLOPT_READDATA, context) == CURLE_OK
      && reconcile_curl_set_seek(handle, CURLOPT_SEEKFUNCTION, refuseToRewind) == CURLE_OK
  }

  private func setHeaders() -> Bool {
    // Without this line libcurl waits for the service's leave before it sends a large body.
    let lines = request.headers + [(name: "Expect", value: "")]
    for line in lines {
      let text = line.value.isEmpty ? "\(line.name):" : "\(line.name): \(line.value)"
      guard !text.utf8.contains(where: { $0 < 0x20 }), let list = curl_slist_append(headerList, text) else {
        return false
      }
      headerList = list
    }
    return reconcile_curl_set_list(handle, CURLOPT_HTTPHEADER, headerList) == CURLE_OK
  }

  private func setSinks() -> Bool {
    reconcile_curl_set_sink(handle, CURLOPT_WRITEFUNCTION, receiveBody) == CURLE_OK
      && reconcile_curl_set_pointer(handle, CURLOPT_WRITEDATA, context) == CURLE_OK
      && reconcile_curl_set_sink(handle, CURLOPT_HEADERFUNCTION, receiveHeader) == CURLE_OK
      && reconcile_curl_set_pointer(handle, CURLOPT_HEADERDATA, context) == CURLE_OK
  }

  private var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  private func set(_ option: CURLoption, _ value: Int) -> Bool {
    reconcile_curl_set_long(handle, option, value) == CURLE_OK
  }

  private func set(_ option: CURLoption, _ value: String) -> Bool {
    reconcile_curl_set_string(handle, option, value) == CURLE_OK
  }

  // MARK: Bytes

  fileprivate func take(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard body.count + bytes.count <= limit else {
      isTooLarge = true
      return 0
    }
    body.append(contentsOf: bytes)
    return bytes.count
  }

  fileprivate func takeHeader(_ line: String) {
    // A status line begins an answer anew: what came before it was an interim one.
    if line.hasPrefix("HTTP/") { headerLines = [] }
    guard let colon = line.firstIndex(of: ":") else { return }
    let value = line[line.index(after: colon)...].trimmingPrefix { $0.isWhitespace }
    headerLines.append((String(line[..<colon]), String(value.reversed().drop { $0.isWhitespace }.reversed())))
  }

  fileprivate func give(_ room: UnsafeMutableRawBufferPointer) -> Int {
    guard let body = request.body, sent < body.count else { return 0 }
    let count = min(room.count, body.count - sent)
    room.copyBytes(from: body[sent..<sent + count])
    sent += count
    return count
  }

  // MARK: Failures

  private func failure(_ outcome: CURLcode) -> TransportError {
    var started: curl_off_t = 0
    _ = reconcile_curl_get_offset(handle, CURLINFO_PRETRANSFER_TIME_T, &started)
    return TransportError(reason(outcome), host: address.host, mayHaveTakenEffect: started > 0)
  }

  private func reason(_ outcome: CURLcode) -> TransportError.Reason {
    if isTooLarge { return .tooLarge(limit) }
    switch outcome {
    case CURLE_OPERATION_TIMEDOUT: return .timedOut
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
      return .tlsFailed
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT: return .unreachable
    case CURLE_URL_MALFORMAT: return .badAddress
    // The scheme has been looked at before: the third one speaks of an answer without a status line.
    case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_UNSUPPORTED_PROTOCOL: return .malformed
    case CURLE_PARTIAL_FILE: return .truncated
    default: return body.isEmpty ? .cutOff : .truncated
    }
  }
}

private func exchange(_ context: UnsafeMutableRawPointer?) -> CurlExchange? {
  context.map { Unmanaged<CurlExchange>.fromOpaque($0).takeUnretainedValue() }
}

private let receiveBody: reconcile_curl_sink = { bytes, size, count, context in
  exchange(context)?.take(UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
}

private let receiveHeader: reconcile_curl_sink = { bytes, size, count, context in
  let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
  exchange(context)?.takeHeader(String(decoding: line, as: UTF8.self))
  return size * count
}

private let sendBody: reconcile_curl_sink = { bytes, size, count, context in
  exchange(context)?.give(UnsafeMutableRawBufferPointer(start: bytes, count: size * count)) ?? 0
}

/// libcurl sends a request again by itself when a kept connection turns out to be dead.
///
/// For a write that might be twice, so that its body cannot be rewound and the call fails instead.
private let refuseToRewind: reconcile_curl_seek = { _, _, _ in Int32(CURL_SEEKFUNC_FAIL) }
