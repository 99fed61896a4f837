import Foundation
import JSON
import TestSupport
import Testing

/// `reconcile notify test`, to receivers on this machine.
@Suite("notify test")
struct NotifyCommandTests {
  /// A workspace that holds nothing but the section notify.
  private final class Place {
    let folder: URL
    let web: LoopbackServer
    let post: MailReceiver
    var environment = Workbench.environment

    init(status: Int = 200) throws {
      folder = FileManager.default.temporaryDirectory.appendingPathComponent("reconcile-notify-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      web = try LoopbackServer { _ in .init(status: status) }
      post = try MailReceiver()
      environment["HOOK"] = web.url + "/hook-canary"
      environment["PASSWORD"] = "password-canary"
      environment["USER_OF_MAIL"] = "user-canary"
    }

    deinit {
      web.stop()
      post.stop()
      try? FileManager.default.removeItem(at: folder)
    }

    func run(_ keys: [String], _ options: String...) throws -> Command.Result {
      let text = "notify:\n  label: cosell\n" + keys.map { "  \($0)\n" }.joined()
      try Data(text.utf8).write(to: folder.appendingPathComponent("reconcile.yaml"))
      return try Command(["notify", "test"] + options, in: folder, environment: environment).wait()
    }

    /// All three channels.
    var all: [String] {
      [
        "command: cat > notice.json", "webhook: env:HOOK", "webhook_shape: slack",
        "smtp_url: smtp://127.0.0.1:\(post.port)", "smtp_user: env:USER_OF_MAIL", "smtp_password: env:PASSWORD",
        "mail_from: r@example.com", "mail_to: [a@example.com]",
      ]
    }
  }

  @Test("each channel is told, and what came of each is printed")
  func told() throws {
    let place = try Place()
    let result = try place.run(place.all)
    #expect(result.status == 0 && result.err.isEmpty && result.out == "command: told\nwebhook: told\nmail: told\n")
    let notice = try Data(contentsOf: place.folder.appendingPathComponent("notice.json"))
    #expect(try JSONValue(parsing: Array(notice))["title"] == "cosell: this is a test of notices")
    let body = try #require(place.web.received.first?.body)
    #expect(try JSONValue(parsing: body) == ["text": "*cosell: this is a test of notices*"])
    #expect(place.post.mails.first?.message.hasSuffix("\r\n\r\ncosell: this is a test of notices.\r\n") == true)
    #expect(place.post.logins == ["user-canary:password-canary"])
    #expect(try !FileManager.default.contentsOfDirectory(atPath: place.folder.path).contains("state"))
  }

  @Test("one that fails makes the status 1, and the others are told; no secret is printed")
  func failed() throws {
    let place = try Place(status: 410)
    let result = try place.run(place.all, "--json")
    #expect(result.status == 1, "\(result)")
    let lines = try result.lines.map { try JSONValue(parsing: $0) }
    #expect(lines.map { $0["outcome"] } == ["told", "failed", "told"])
    #expect(lines.map { $0["codes"] } == [[], ["E636"], []])
    #expect(result.err.contains("the webhook refused the notice with status 410"))
    #expect(!(result.out + result.err).contains("canary"))
    #expect(place.post.mails.count == 1)
  }

  @Test("E126: without a channel there is nobody to tell; E105: half a channel; E101: no configuration")
  func nobody() throws {
    let place = try Place()
    let none = try place.run([])
    let text = """
      reconcile: E126: there is nobody to tell: the section notify names no channel
        fix: add command, webhook or smtp_url to reconcile.yaml

      """
    #expect(none.status == 65 && none.out.isEmpty && none.err == text)
    let half = try place.run(["smtp_url: smtps://mail.example.com", "mail_from: r@example.com"])
    #expect(half.status == 65 && half.err.hasPrefix("reconcile: E105: reconcile.yaml:1: notify.mail_to is missing"))
    try FileManager.default.removeItem(at: place.folder.appendingPathComponent("reconcile.yaml"))
    let missing = try Command(["notify", "test"], in: place.folder, environment: place.environment).wait()
    #expect(missing.status == 65 && missing.err.hasPrefix("reconcile: E101:"))
  }
}
