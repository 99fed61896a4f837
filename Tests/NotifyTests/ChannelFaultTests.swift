import Foundation
import Model
import TestSupport
import Testing
import Workspace

@testable import Notify

/// Whatever is at the other end of a channel, the others are told, and the failure says what happened and no secret.
@Suite("Channels that fail")
struct ChannelFaultTests {
  private static let night = Nights.night(.waiting, waiting: ["a"])
  private static let hint = "\n  fix: try it with `reconcile notify test`"

  /// Seconds that a channel gets which is to use them up; all others have plenty.
  private static let short = 6

  /// Tells a night and gives the failures.
  private func failures(
    _ receivers: Receivers, _ night: Night = night, seconds: Int = 120
  ) throws -> [String] {
    receivers.keys["timeout_seconds"] = "\(seconds)"
    return try receivers.notifier().tell(night).map { $0.description.replacing(Self.hint, with: "") }
  }

  // MARK: The webhook

  private static let web = "E636: notify.webhook (env:HOOK): the webhook"

  @Test(
    "a webhook that answers so",
    arguments: [
      (LoopbackServer.Answer(status: 400), "\(web) refused the notice with status 400", 1),
      (LoopbackServer.Answer(status: 404), "\(web) refused the notice with status 404", 1),
      (LoopbackServer.Answer(status: 500), "\(web) refused the notice with status 500", 1),
      (LoopbackServer.Answer(status: 429), "\(web) refused the notice with status 429", 2),
      (
        LoopbackServer.Answer(status: 503, headers: [("Retry-After", "1")]),
        "\(web) refused the notice with status 503", 2
      ),
      (
        LoopbackServer.Answer(status: 302, headers: [("Location", "https://other.example/")]),
        "\(web) redirects elsewhere, where nothing is sent", 1
      ),
      (LoopbackServer.Answer(isLost: true), "the connection to the webhook ended before its answer did", 1),
      (LoopbackServer.Answer(isGarbage: true), "the answer of the webhook is not HTTP", 1),
      (LoopbackServer.Answer(stallAfter: 0), "\(web) did not answer in time", 1),
    ] as [(LoopbackServer.Answer, String, Int)])
  func webhook(answer: LoopbackServer.Answer, message: String, tries: Int) throws {
    let receivers = try Receivers(web: { _ in answer })
    let expected = message.hasPrefix("E636") ? message : "E636: notify.webhook (env:HOOK): " + message
    #expect(try failures(receivers, seconds: answer.stallAfter == nil ? 120 : Self.short) == [expected])
    #expect(receivers.web.received.count == tries)
    #expect(receivers.post.mails.count == 2 && !receivers.folder.text("notice.json").isEmpty)
  }

  @Test("a webhook whose port takes no connection")
  func refused() throws {
    let receivers = try Receivers()
    let closed = try LoopbackServer(listens: false) { _ in .init() }
    receivers.environment["HOOK"] = closed.url + "/x"
    #expect(try failures(receivers) == ["\(Self.web) cannot be reached"])
  }

  @Test(
    "an address to which nothing is sent",
    arguments: ["http://hooks.example/secret-canary", "no address secret-canary", "ftp://x/secret-canary", "https://"])
  func address(text: String) throws {
    let receivers = try Receivers()
    receivers.environment["HOOK"] = text
    let expected = """
      E127: notify.webhook (env:HOOK): what it holds is no address to which a notice may be sent
        fix: it must be https://…; plain http:// is accepted for this machine only
      """
    #expect(try failures(receivers) == [expected])
    #expect(receivers.web.received.isEmpty && receivers.post.mails.count == 2)
  }

  @Test("an address that is not there")
  func noAddress() throws {
    let receivers = try Receivers()
    receivers.environment["HOOK"] = nil
    #expect(try failures(receivers) == ["E107: notify.webhook (env:HOOK): the variable HOOK is not set"])
  }

  // MARK: Mail

  private static let first = "sales.operations@example.com"
  private static let second = "admin@example.org"

  @Test(
    "a mail server that answers so",
    arguments: [
      ("greeting", .text("421 too busy"), ["127.0.0.1 refused the mail to \(first) with status 421", "*421"]),
      ("AUTH", .text("535 no"), ["127.0.0.1 refused the user or the password"]),
      ("MAIL", .text("550 not you"), ["127.0.0.1 refused the mail to \(first) with status 550", "*550"]),
      ("RCPT TO:<sales", .text("550 nobody"), ["127.0.0.1 refused the mail to \(first) with status 550"]),
      ("RCPT TO:<admin", .text("451 later"), ["127.0.0.1 refused the mail to \(second) with status 451"]),
      ("DATA", .text("554 no"), ["127.0.0.1 refused the mail to \(first) with status 554", "*554"]),
      (".", .text("552 too much"), ["127.0.0.1 refused the mail to \(first) with status 552", "*552"]),
      ("greeting", .hang, ["127.0.0.1 did not take the mail in time"]),
      ("EHLO", .hang, ["127.0.0.1 did not take the mail in time"]),
      ("DATA", .hang, ["127.0.0.1 did not take the mail in time"]),
      (".", .hang, ["127.0.0.1 did not take the mail in time"]),
      (
        "MAIL", .close,
        [
          "the connection to 127.0.0.1 ended before the mail to \(first) was taken",
          "the connection to 127.0.0.1 ended before the mail to \(second) was taken",
        ]
      ),
    ] as [(String, MailReceiver.Reply, [String])])
  func mail(line: String, reply: MailReceiver.Reply, messages: [String]) throws {
    let receivers = try Receivers(mail: { $0.hasPrefix(line) ? reply : nil })
    let expected = messages.map { text in
      let shown =
        text.hasPrefix("*") ? "127.0.0.1 refused the mail to \(Self.second) with status \(text.dropFirst())" : text
      return "E637: notify.smtp_url: " + shown
    }
    #expect(try failures(receivers, seconds: expected[0].contains("in time") ? Self.short : 120) == expected)
    #expect(receivers.web.received.count == 1 && !receivers.folder.text("notice.json").isEmpty)
    // Whom the server takes gets the mail all the same.
    #expect(
      receivers.post.mails.map { $0.to.joined() }
        == (line.contains("sales")
          ? ["<\(Self.second)>"]
          : line.contains("admin") ? ["<\(Self.first)>"] : []))
  }

  @Test("a recipient who is refused does not let the others be told again")
  func oneRefused() throws {
    let receivers = try Receivers(mail: { $0.hasPrefix("RCPT TO:<sales") ? .text("550 nobody") : nil })
    #expect(try failures(receivers).count == 1)
    #expect(try failures(receivers, Nights.night(.waiting, at: 24, waiting: ["a"])) == [])
    #expect(receivers.post.mails.count == 1)
  }

  @Test("a mail server that does not listen, one that should speak TLS and does not, and a missing password")
  func noMail() throws {
    let receivers = try Receivers()
    let port = receivers.post.port
    receivers.keys["smtp_url"] = "smtps://127.0.0.1:\(port)"
    #expect(try failures(receivers).count == 1)
    #expect(receivers.post.logins.isEmpty)
    let closed = try LoopbackServer(listens: false) { _ in .init() }
    receivers.keys["smtp_url"] = "smtp://127.0.0.1:\(closed.port)"
    #expect(try failures(receivers) == ["E637: notify.smtp_url: 127.0.0.1 cannot be reached"])
    receivers.environment["MAIL_PASSWORD"] = nil
    #expect(
      try failures(receivers) == [
        "E107: notify.smtp_password (env:MAIL_PASSWORD): the variable MAIL_PASSWORD is not set"
      ])
  }

  // MARK: The command

  @Test(
    "a command that ends so",
    arguments: [
      ("exit 3", "ended with status 3"),
      ("echo some words; echo others >&2; exit 1", "ended with status 1; it printed: some words others"),
      ("no-such-command-at-all", nil),
      ("kill -9 $$", "was ended by signal 9"),
      ("echo begun; sleep 600", "did not end within \(short) s; it printed: begun"),
      ("echo begun; (sleep 600; echo late) & wait", "did not end within \(short) s; it printed: begun"),
      ("trap '' TERM; while :; do sleep 1; done", "did not end within \(short) s"),
      ("yes", nil),
      ("echo Bearer abcdefghijklmnop; exit 1", "ended with status 1; it printed: Bearer ***"),
    ] as [(String, String?)])
  func command(text: String, message: String?) throws {
    let receivers = try Receivers()
    receivers.keys["command"] = "\"\(text.replacing("\"", with: "\\\""))\""
    let isEndless = text == "yes" || message?.contains("did not end") == true
    let found = try failures(receivers, seconds: isEndless ? Self.short : 120)
    #expect(found.count == 1 && found[0].utf8.count < 2_000)
    if let message { #expect(found == ["E635: notify.command: the command " + message]) }
    #expect(receivers.web.received.count == 1 && receivers.post.mails.count == 2)
  }

  @Test(
    "a command that ends well tells nothing of what it printed",
    arguments: ["echo some words", "exec 0<&-", "true", "head -c 1 >/dev/null", "sleep 30 & echo left behind"])
  func goodCommand(text: String) throws {
    let receivers = try Receivers()
    receivers.keys["command"] = "\"\(text)\""
    #expect(try failures(receivers) == [])
  }

  @Test("a command that took too long is ended with all that it started")
  func grandchildren() throws {
    let receivers = try Receivers()
    receivers.keys["command"] = "\"sleep 600 & echo $! > child; wait\""
    #expect(try failures(receivers, seconds: Self.short).count == 1)
    let child = try #require(pid_t(receivers.folder.text("child").trimmingCharacters(in: .newlines)))
    // It may still be there as a process that nobody has asked about yet, but it does not run.
    let state = (try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8))?.split(separator: " ")
    #expect(state == nil || state?[2] == "Z")
  }

  // MARK: Memory and secrets

  @Test("what cannot be remembered is told as a failure, and people are told all the same")
  func memory() throws {
    let receivers = try Receivers()
    try "a file".write(toFile: receivers.folder.path + "/state", atomically: true, encoding: .utf8)
    let path = receivers.folder.path + "/state/notices.json"
    #expect(
      try failures(receivers) == [
        "E639: \(path) cannot be written: its folder cannot be made\n  fix: make the folder writable"
      ])
    #expect(receivers.web.received.count == 1)
  }

  @Test("a damaged memory is begun anew", arguments: ["", "{", "{\"told\":7}"])
  func damage(text: String) throws {
    let receivers = try Receivers()
    #expect(try failures(receivers) == [])
    #expect(try failures(receivers) == [])
    #expect(receivers.web.received.count == 1)
    try text.write(toFile: receivers.folder.path + "/state/notices.json", atomically: true, encoding: .utf8)
    #expect(try failures(receivers) == [])
    #expect(receivers.web.received.count == 2)
  }

  @Test("without a channel nothing is told and nothing remembered")
  func nobody() throws {
    let receivers = try Receivers()
    for key in ["command", "webhook", "smtp_url"] { receivers.keys[key] = nil }
    #expect(try receivers.notifier().kinds.isEmpty && failures(receivers) == [])
    #expect(!FileManager.default.fileExists(atPath: receivers.folder.path + "/state"))
  }

  @Test("a secret is in no failure, no message and no file, whatever goes wrong")
  func secrets() throws {
    let troubles: [(LoopbackServer.Answer, MailReceiver.Reply)] = [
      (
        .init(status: 400, body: Array("secret-path-canary-5f1c".utf8)),
        .text("535 user-canary-77aa password-canary-0d3e")
      ),
      (.init(isLost: true), .close), (.init(status: 302, headers: [("Location", "/secret-path-canary-5f1c")]), .close),
    ]
    for (answer, reply) in troubles {
      let receivers = try Receivers(web: { _ in answer }, mail: { $0.hasPrefix("AUTH") ? reply : nil })
      receivers.keys["command"] = "cat > notice.json; exit 1"
      let texts =
        try failures(receivers) + [receivers.folder.text("notice.json"), receivers.folder.text("state/notices.json")]
      #expect(texts.count >= 5)
      for text in texts { #expect(!text.contains("canary") && !text.contains(receivers.web.url)) }
    }
  }
}
