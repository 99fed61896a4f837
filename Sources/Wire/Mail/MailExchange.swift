import CCurl
import Glibc
import Model

/// One mail on its way: an easy handle that keeps its connection from recipient to recipient.
final class MailExchange {
  private let handle: UnsafeMutableRawPointer
  private let mail: Mail
  private let server: MailServer
  private var sent = 0

  /// Makes a handle ready; nil when libcurl refuses an option, as it would then do less than what was asked.
  init?(_ mail: Mail, server: MailServer, login: MailLogin?) {
    guard CurlTransport.isReady, let handle = curl_easy_init() else { return nil }
    self.handle = handle
    self.mail = mail
    self.server = server
    guard setServer(), setLogin(login), setMessage() else { return nil }
  }

  deinit { curl_easy_cleanup(handle) }

  /// Sends the mail to one recipient; nil when the server took it.
  func send(to recipient: String, milliseconds: Int) -> MailError? {
    guard milliseconds > 0 else { return error(.timedOut, recipient) }
    let recipients = curl_slist_append(nil, recipient)
    defer { curl_slist_free_all(recipients) }
    guard reconcile_curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients) == CURLE_OK,
      set(CURLOPT_TIMEOUT_MS, milliseconds), set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds)
    else { return error(.unreachable, recipient) }
    sent = 0
    let outcome = curl_easy_perform(handle)
    // The list goes with this call: nothing may point at it afterwards.
    _ = reconcile_curl_set_list(handle, CURLOPT_MAIL_RCPT, nil)
    if outcome == CURLE_OPERATION_TIMEDOUT { hangUp() }
    return outcome == CURLE_OK ? nil : error(reason(outcome), recipient)
  }

  /// Ends the connection to a server that does not answer: libcurl would say goodbye first, and wait two minutes for a reply.
  private func hangUp() {
    var socket = CURL_SOCKET_BAD
    guard reconcile_curl_get_socket(handle, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK, socket != CURL_SOCKET_BAD
    else { return }
    shutdown(socket, Int32(SHUT_RDWR))
  }

  // MARK: Options

  private func setServer() -> Bool {
    set(CURLOPT_URL, server.url) && set(CURLOPT_PROTOCOLS_STR, "smtp,smtps") && set(CURLOPT_NOSIGNAL, 1)
      && set(CURLOPT_SSLVERSION, reconcile_curl_tls12) && set(CURLOPT_PROXY, "")
      && set(CURLOPT_USE_SSL, Int(security.rawValue))
  }

  private var security: curl_usessl {
    switch server.security {
    case .none: CURLUSESSL_NONE
    case .startTLS, .tls: CURLUSESSL_ALL
    }
  }

  private func setLogin(_ login: MailLogin?) -> Bool {
    guard let login else { return true }
    return set(CURLOPT_USERNAME, login.user.reveal()) && set(CURLOPT_PASSWORD, login.password.reveal())
  }

  private func setMessage() -> Bool {
    set(CURLOPT_MAIL_FROM, mail.from) && set(CURLOPT_UPLOAD, 1)
      && reconcile_curl_set_sink(handle, CURLOPT_READFUNCTION, sendMessage) == CURLE_OK
      && reconcile_curl_set_pointer(handle, CURLOPT_READDATA, Unmanaged.passUnretained(self).toOpaque()) == CURLE_OK
  }

  private func set(_ option: CURLoption, _ value: Int) -> Bool {
    reconcile_curl_set_long(handle, option, value) == CURLE_OK
  }

  private func set(_ option: CURLoption, _ value: String) -> Bool {
    reconcile_curl_set_string(handle, option, value) == CURLE_OK
  }

  // MARK: Bytes and endings

  fileprivate func give(_ room: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(room.count, mail.message.count - sent)
    room.copyBytes(from: mail.message[sent..<sent + count])
    sent += count
    return count
  }

  private func reason(_ outcome: CURLcode) -> MailError.Reason {
    switch outcome {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT: return .unreachable
    case CURLE_OPERATION_TIMEDOUT: return .timedOut
    case CURLE_USE_SSL_FAILED: return .noEncryption
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
      return .tlsFailed
    case CURLE_LOGIN_DENIED: return .signInRefused
    default:
      var status = 0
      _ = reconcile_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
      return status >= 400 ? .refused(status) : .cutOff
    }
  }

  private func error(_ reason: MailError.Reason, _ recipient: String) -> MailError {
    MailError(reason: reason, host: server.host, recipient: recipient)
  }
}

private let sendMessage: reconcile_curl_sink = { bytes, size, count, context in
  guard let context else { return 0 }
  let room = UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
  return Unmanaged<MailExchange>.fromOpaque(context).takeUnretainedValue().give(room)
}
