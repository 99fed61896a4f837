import Foundation
import Model
import Testing

@testable import Workspace

@Suite("The sections notify and metrics")
struct NoticeConfigurationTests {
  @Test("all that stands in the file")
  func complete() throws {
    let text = """
      notify:
        on: [failure, token]
        label: Co-sell, production
        command: ./tell.sh --loud
        webhook: file:secrets/hook
        webhook_shape: teams
        smtp_url: smtps://mail.example.com
        smtp_user: env:SMTP_USER
        smtp_password: cmd:pass show smtp
        mail_from: reconcile@example.com
        mail_to: [a@example.com, b.c+d@example.org]
        timeout_seconds: 5
        details: true
      metrics: { file: metrics/reconcile.prom }
      """
    let configuration = try Configuration(text, in: nowhere)
    let notices = try configuration.notices()
    #expect(notices.occasions == [.failure, .token] && notices.label == "Co-sell, production")
    #expect(notices.folder == "/nonexistent/workspace" && notices.command == "./tell.sh --loud")
    #expect(notices.webhook?.path == "/nonexistent/workspace/secrets/hook" && notices.webhookShape == .teams)
    #expect(notices.seconds == 5 && notices.details)
    let mail = try #require(notices.mail)
    #expect(mail.server == "smtps://mail.example.com" && mail.sender == "reconcile@example.com")
    #expect(mail.recipients == ["a@example.com", "b.c+d@example.org"])
    #expect(mail.login?.user.source == .environment("SMTP_USER"))
    #expect(mail.login?.password.description == "notify.smtp_password (cmd)")
    #expect(configuration.metricsFile == "/nonexistent/workspace/metrics/reconcile.prom")
    #expect(configuration.label == "Co-sell, production")
  }

  @Test("without the sections: every occasion, no channel, no file", arguments: ["", "notify:\nmetrics:\n"])
  func empty(text: String) throws {
    let configuration = try Configuration(text, in: nowhere)
    let notices = try configuration.notices()
    #expect(notices.occasions == Set(Occasion.allCases) && notices.label == "workspace")
    #expect(notices.command == nil && notices.webhook == nil && notices.mail == nil)
    #expect(notices.webhookShape == .json && notices.seconds == 30 && !notices.details)
    #expect(configuration.metricsFile == nil)
  }

  @Test("on: [] is nobody's business, and the environment names occasions and recipients by commas")
  func lists() throws {
    #expect(try Configuration("notify: { on: [] }", in: nowhere).notices().occasions == [])
    let environment = [
      "RECONCILE_NOTIFY_ON": "waiting, safety-stop", "RECONCILE_NOTIFY_SMTP_URL": "smtp://mail.example.com:587",
      "RECONCILE_NOTIFY_MAIL_FROM": "r@example.com", "RECONCILE_NOTIFY_MAIL_TO": "a@example.com, b@example.com",
      "RECONCILE_METRICS_FILE": "/var/x.prom",
    ]
    let configuration = try Configuration("notify: { on: [] }", in: nowhere, environment: environment)
    let notices = try configuration.notices()
    #expect(
      notices.occasions == [.waiting, .safetyStop] && notices.mail?.recipients == ["a@example.com", "b@example.com"])
    #expect(notices.mail?.login == nil && configuration.metricsFile == "/var/x.prom")
  }

  @Test(
    "a value that cannot be",
    arguments: [
      (
        "on: [failures]",
        "E104 reconcile.yaml:2: notify.on names \"failures\"; known: safety-stop, failure, waiting, token, recovery"
      ),
      ("on: failure", "E104 reconcile.yaml:2: notify.on must be a list such as [\"one\", \"two\"]"),
      (
        "webhook: https://hooks.example/secret",
        "E106 reconcile.yaml:2: notify.webhook holds the secret itself; a secret is named here, never written"
      ),
      (
        "webhook_shape: discord",
        "E104 reconcile.yaml:2: notify.webhook_shape is \"discord\"; allowed: json, slack, teams"
      ),
      (
        "smtp_url: mail.example.com",
        "E104 reconcile.yaml:2: notify.smtp_url is \"mail.example.com\"; it must be a mail server such as smtps://host "
          + "or smtp://host:587"
      ),
      (
        "mail_from: Reconcile <r@example.com>",
        "E104 reconcile.yaml:2: notify.mail_from holds \"Reconcile <r@example.com>\"; it must be a bare mail address "
          + "such as name@example.com"
      ),
      (
        "mail_to: [a@example.com, b]",
        "E104 reconcile.yaml:2: notify.mail_to holds \"b\"; it must be a bare mail address such as name@example.com"
      ),
      ("mail_to: []", "E104 reconcile.yaml:2: notify.mail_to must name at least one mail address"),
      ("details: yes", "E104 reconcile.yaml:2: notify.details is \"yes\"; allowed: true, false"),
      (
        "timeout_seconds: 0",
        "E104 reconcile.yaml:2: notify.timeout_seconds is \"0\"; it must be a whole number from 1 to 600"
      ),
    ])
  func wrong(line: String, message: String) {
    #expect(failures("notify:\n  \(line)\n") == [message])
  }

  @Test("E105: mail lacks what it needs, and half a sign-in is none")
  func missing() throws {
    let configuration = try Configuration(
      "notify:\n  smtp_url: smtps://mail.example.com\n  smtp_user: env:U\n", in: nowhere)
    #expect {
      _ = try configuration.notices()
    } throws: { error in
      (error as? ConfigurationMistakes)?.failures.map(\.message) == [
        "reconcile.yaml:1: notify.mail_from is missing", "reconcile.yaml:1: notify.mail_to is missing",
        "reconcile.yaml:1: notify.smtp_password is missing",
      ]
    }
  }

  @Test("the days of a token are those of its file; a token kept elsewhere tells none")
  func token() throws {
    let path = NSTemporaryDirectory() + "token-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try "x".write(toFile: path, atomically: true, encoding: .utf8)
    let configuration = try Configuration("partner_center: { refresh_token: \"file:\(path)\" }", in: nowhere)
    #expect(configuration.tokenDaysLeft(now: Date()) == 90)
    #expect(configuration.tokenDaysLeft(now: Date().addingTimeInterval(86_400 * 83.5)) == 7)
    let other = try Configuration("partner_center: { refresh_token: env:T }", in: nowhere)
    #expect(other.tokenDaysLeft(now: Date()) == nil)
    #expect(try Configuration("", in: nowhere).tokenDaysLeft(now: Date()) == nil)
  }
}
