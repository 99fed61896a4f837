import Model
import TestSupport
import Testing

@testable import Wire

@Suite("A mail server's address, and how safe the way there is")
struct MailServerTests {
  @Test(
    "an address that can be read",
    arguments: [
      ("smtps://mail.example.com", MailServer(host: "mail.example.com", port: 465, security: .tls)),
      ("smtps://Mail.Example.com:2465/", MailServer(host: "mail.example.com", port: 2465, security: .tls)),
      ("smtp://mail.example.com", MailServer(host: "mail.example.com", port: 587, security: .startTLS)),
      ("smtp://mail.example.com:25", MailServer(host: "mail.example.com", port: 25, security: .startTLS)),
      ("smtp://127.0.0.1", MailServer(host: "127.0.0.1", port: 25, security: .none)),
      ("smtp://localhost:2525", MailServer(host: "localhost", port: 2525, security: .none)),
      ("smtp://[::1]:2525", MailServer(host: "::1", port: 2525, security: .none)),
      ("smtp://[2001:db8::1]", MailServer(host: "2001:db8::1", port: 587, security: .startTLS)),
      ("smtps://127.0.0.1", MailServer(host: "127.0.0.1", port: 465, security: .tls)),
      ("smtp://127.0.0.1.example.com", MailServer(host: "127.0.0.1.example.com", port: 587, security: .startTLS)),
    ])
  func good(text: String, server: MailServer) {
    #expect(MailServer(text) == server)
  }

  @Test(
    "an address that is none",
    arguments: [
      "", "mail.example.com", "http://mail.example.com", "smtp://", "smtp://user:pw@mail.example.com", "smtp://host:0",
      "smtp://host:70000", "smtp://host/path", "smtp://host?x", "smtp://ho st", "smtp://-host", "smtp://host\n",
    ])
  func bad(text: String) {
    #expect(MailServer(text) == nil)
  }

  @Test("where encryption is demanded and not offered, neither password nor mail leaves")
  func noEncryption() throws {
    let receiver = try MailReceiver()
    let server = MailServer(host: "127.0.0.1", port: receiver.port, security: .startTLS)
    #expect(send(to: server) == [MailError(reason: .noEncryption, host: "127.0.0.1", recipient: "a@example.com")])
    #expect(receiver.lines.count { $0.hasPrefix("EHLO") } == 1)
    #expect(!receiver.lines.contains { $0.hasPrefix("AUTH") || $0.hasPrefix("MAIL") } && receiver.mails.isEmpty)
  }

  @Test("a server that begins to encrypt and cannot, and one that was to encrypt from the first byte")
  func brokenEncryption() throws {
    let receiver = try MailReceiver { line in
      if line.hasPrefix("EHLO") { return .text("250-mail.test\r\n250 STARTTLS") }
      return line == "STARTTLS" ? .text("220 go on\r\nnonsense") : nil
    }
    for security in [MailServer.Security.startTLS, .tls] {
      let errors = send(to: MailServer(host: "127.0.0.1", port: receiver.port, security: security))
      #expect(!errors.isEmpty && errors.allSatisfy { [.tlsFailed, .cutOff].contains($0.reason) })
    }
    #expect(receiver.mails.isEmpty && receiver.logins.isEmpty)
  }

  private func send(to server: MailServer) -> [MailError] {
    let login = MailLogin(user: Secret("user"), password: Secret("password"))
    let mail = Mail(
      from: "r@example.com", to: ["a@example.com", "b@example.com"], message: Array("Subject: x\r\n\r\ny\r\n".utf8))
    return CurlMailer(server: server, login: login, seconds: 3).send(mail)
  }
}
