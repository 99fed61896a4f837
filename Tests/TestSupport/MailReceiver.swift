import Foundation
import Glibc
import Model

/// A tiny mail server on this machine: it speaks EHLO, AUTH PLAIN, MAIL, RCPT and DATA, and goes wrong where it is told to.
package final class MailReceiver: Sendable {
  /// A mail as it was handed in.
  package struct Mail: Sendable {
    /// What stood behind MAIL and RCPT.
    package var from = ""
    package var to: [String] = []
    /// The message with CR and LF, dots still doubled.
    package var message = ""
  }

  /// What is answered to a line.
  package enum Reply: Sendable {
    /// These lines, as they are.
    case text(String)
    /// Nothing, while the connection stays.
    case hang
    /// The end of the connection.
    case close
  }

  /// The port that it listens on.
  package let port: Int
  private let listener: Int32
  private let script: @Sendable (String) -> Reply?
  private let state = Guarded((mails: [Mail](), lines: [String]()))

  /// Listens on a free port.
  ///
  /// `script` may answer a line otherwise than a server that takes everything: it is asked with each line as it arrived,
  /// with `greeting` before the first and with `.` after a message.
  package init(_ script: @escaping @Sendable (String) -> Reply? = { _ in nil }) throws {
    self.script = script
    (listener, port) = try LoopbackServer.listeningSocket(listens: true)
    LoopbackServer.detach { [self] in accept() }
  }

  /// The mails that were taken.
  package var mails: [Mail] { state.withLock { $0.mails } }

  /// Every line that arrived outside of a message.
  package var lines: [String] { state.withLock { $0.lines } }

  /// The user and the password that were handed over, of each sign-in.
  package var logins: [String] {
    lines.compactMap { line in
      let word = line.split(separator: " ").last.map(String.init) ?? ""
      guard !line.hasPrefix("EHLO"), let data = Data(base64Encoded: word), data.first == 0 else { return nil }
      return String(decoding: data, as: UTF8.self).split(separator: "\0").joined(separator: ":")
    }
  }

  /// Takes no further connections.
  package func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  private func accept() {
    defer { close(listener) }
    while true {
      let connection = Glibc.accept(listener, nil, nil)
      guard connection >= 0 else { return }
      LoopbackServer.detach { [self] in serve(connection) }
    }
  }

  private func serve(_ connection: Int32) {
    defer { close(connection) }
    guard answer("greeting", on: connection) else { return }
    var mail = Mail()
    while let line = Self.line(from: connection) {
      state.withLock { $0.lines.append(line) }
      if line.hasPrefix("MAIL FROM:") { mail = Mail(from: String(line.dropFirst(10))) }
      if line.hasPrefix("RCPT TO:") { mail.to.append(String(line.dropFirst(8))) }
      guard answer(line, on: connection), line != "QUIT" else { return }
      guard line == "DATA", script("DATA") == nil else { continue }
      while let part = Self.line(from: connection), part != "." { mail.message += part + "\r\n" }
      guard answer(".", on: connection) else { return }
      if script(".") == nil { state.withLock { [mail] in $0.mails.append(mail) } }
    }
  }

  /// Answers a line; false when the connection ends with it.
  private func answer(_ line: String, on connection: Int32) -> Bool {
    switch script(line) ?? .text(Self.usual(line)) {
    case .text(let text):
      let bytes = Array((text + "\r\n").utf8)
      return send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
    case .hang:
      while Self.line(from: connection) != nil {}
      return false
    case .close: return false
    }
  }

  private static func usual(_ line: String) -> String {
    switch line.prefix(4) {
    case "gree": "220 mail.test ready"
    case "EHLO": "250-mail.test\r\n250-8BITMIME\r\n250 AUTH PLAIN"
    case "AUTH": line.split(separator: " ").count > 2 ? "235 welcome" : "334 "
    case "MAIL", "RCPT", ".", "RSET", "NOOP": "250 done"
    case "DATA": "354 go on"
    case "QUIT": "221 bye"
    case "HELO": "250 mail.test"
    // What is neither is the second half of a sign-in.
    default: "235 welcome"
    }
  }

  private static func line(from connection: Int32) -> String? {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while recv(connection, &byte, 1, 0) == 1 {
      if byte == 0x0A { return String(decoding: bytes.last == 0x0D ? bytes.dropLast() : bytes, as: UTF8.self) }
      bytes.append(byte)
    }
    return nil
  }
}
