/// Hands mail in to a server over libcurl.
package struct CurlMailer: Sendable {
  private let server: MailServer
  private let login: MailLogin?
  private let seconds: Int

  /// A mailer that has so many seconds for all recipients of a mail together.
  package init(server: MailServer, login: MailLogin?, seconds: Int) {
    self.server = server
    self.login = login
    self.seconds = seconds
  }

  /// Sends the mail to each recipient, over one connection where the server lets it stand.
  ///
  /// - Returns: why recipients did not get it; empty when all did. What would meet every recipient is told once, of the
  ///   first of them, and the others are not tried.
  package func send(_ mail: Mail) -> [MailError] {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    return PipeSignal.held {
      guard let exchange = MailExchange(mail, server: server, login: login) else {
        return mail.to.prefix(1).map { MailError(reason: .unreachable, host: server.host, recipient: $0) }
      }
      var errors: [MailError] = []
      for recipient in mail.to {
        let left = (end - clock.now) / .milliseconds(1)
        guard let error = exchange.send(to: recipient, milliseconds: Int(left)) else { continue }
        errors.append(error)
        if error.isForAll { break }
      }
      return errors
    }
  }
}
