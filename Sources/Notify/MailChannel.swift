import Foundation
import Model
import Wire
import Workspace

/// Tells by mail.
struct MailChannel: Channel {
  let kind = ChannelKind.mail
  let configuration: MailConfiguration
  let seconds: Int
  let now: @Sendable () -> Date
  let environment: [String: String]

  func deliver(_ notice: Notice) -> Delivery {
    do {
      guard let server = MailServer(configuration.server) else { throw failure("there is no such server") }
      let login = try configuration.login.map { keys in
        MailLogin(
          user: try keys.user.resolve(environment: environment),
          password: try keys.password.resolve(environment: environment))
      }
      let mail = notice.mail(
        from: configuration.sender, to: configuration.recipients, date: now(), token: Self.token())
      let errors = CurlMailer(server: server, login: login, seconds: seconds).send(mail)
      return Delivery(
        wasTold: !errors.contains(where: \.isForAll) && errors.count < configuration.recipients.count,
        failures: errors.map { failure($0.description) })
    } catch {
      return .failed((error as? Failure) ?? failure("the mail cannot be sent"))
    }
  }

  private func failure(_ sentence: String) -> Failure {
    Failure(.noticeMailFailed, "notify.smtp_url: \(sentence)", fix: "try it with `reconcile notify test`")
  }

  private static func token() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }
}
