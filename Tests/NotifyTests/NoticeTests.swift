import Foundation
import JSON
import Model
import TestSupport
import Testing
import Wire
import Workspace

@testable import Notify

/// Each occasion through each channel, to receivers of its own: what arrives is in `Messages/`, to the byte.
@Suite("Notices as they arrive")
struct NoticeTests {
  private static let messages = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Messages")

  private static let nights: [(name: String, night: Night, details: Bool)] = [
    ("failure", Nights.broken(.signIn, .signInRefused), false),
    ("failed-rows", Nights.night(.someFailed, outcomes: ["applied": 3, "failed": 1, "not-attempted": 1]), false),
    ("interrupted", Nights.night(.interrupted, outcomes: ["applied": 1, "planned": 4]), false),
    ("safety-stop", Nights.broken(.safetyStop, .snapshotShrunk, .canaryMissing), false),
    ("waiting", Nights.night(.waiting, waiting: ["a", "b", "c"], conflicts: 1), false),
    ("token", Nights.night(tokenDays: 7), false),
    (
      "several",
      Nights.night(
        .someFailed, outcomes: ["failed": 1], codes: [.timedOut], waiting: ["a"], conflicts: 1, tokenDays: 1),
      false
    ),
    ("details", Nights.night(.someFailed, outcomes: ["failed": 1], codes: [.timedOut], waiting: ["a", "b"]), true),
  ]

  @Test("the message of each channel; RECORD=1 writes it anew", arguments: nights.indices)
  func message(index: Int) throws {
    let (name, night, details) = Self.nights[index]
    try compare(try arrived(night, details: details), with: name)
  }

  @Test("the news that it is over")
  func recovery() throws {
    try compare(try arrived(Nights.broken(.error, .unreachable), then: Nights.night(at: 24)), with: "recovery")
  }

  @Test("a test of the channels")
  func test() throws {
    try compare(try arrived(nil), with: "test")
  }

  @Test("without details nothing of a deal or a person is told, with them it is")
  func personalData() throws {
    let night = Nights.night(.someFailed, outcomes: ["failed": 1], codes: [.timedOut], waiting: ["a"])
    for word in ["Contoso", "006Sb00000000aB", "Deal a"] {
      #expect(try !arrived(night).contains(word))
      #expect(try arrived(night, details: true).contains(word))
    }
  }

  @Test("a text from outside can neither break a message nor put a link into it")
  func hostileDetails() {
    var night = Nights.night(.waiting, waiting: ["a"])
    night.waitingDeals = ["<http://evil.example|click> [click](http://evil.example) *x*\r\nSubject: y\u{1B}[2J\u{202E}"]
    let notice = Notice([.waiting], of: night, label: "w", details: true)
    let line = "Waits: <http://evil.example|click> [click](http://evil.example) *x* Subject: y\u{FFFD}[2J\u{FFFD}"
    #expect(notice.detailLines == [line])
    #expect(notice.slack["text"]?.stringValue?.contains("&lt;http://evil.example|click&gt;") == true)
    #expect(notice.teams.text.contains(#"\\[click\\](http://evil.example) \\*x\\*"#))
    let mail = notice.mail(from: "a@b.example", to: ["c@d.example"], date: Nights.time(), token: "t")
    let text = String(decoding: mail.message, as: UTF8.self)
    #expect(text.components(separatedBy: "\r\nSubject:").count == 2)
  }

  // MARK: Receiving

  /// What all three channels got of a night, or of a test, as one text.
  private func arrived(_ first: Night?, then second: Night? = nil, details: Bool = false) throws -> String {
    var parts: [String] = []
    for shape in WebhookShape.allCases {
      let receivers = try Receivers()
      receivers.keys["webhook_shape"] = shape.rawValue
      receivers.keys["details"] = "\(details)"
      let notifier = try receivers.notifier()
      if let first { #expect(notifier.tell(first) == []) } else { #expect(notifier.test().count == 3) }
      if let second { #expect(notifier.tell(second) == []) }
      let request = try #require(receivers.web.received.last)
      #expect(request.method == "POST" && request.target == "/services/T0/secret-path-canary-5f1c")
      #expect(request.headers["content-type"] == "application/json")
      let command = try JSONValue(parsing: Array(receivers.folder.text("notice.json").utf8))
      if shape == .json {
        parts.append("== mail\n" + (try mail(receivers.post, count: second == nil ? 1 : 2)))
        #expect(try JSONValue(parsing: request.body) == command)
      }
      parts.append("== \(shape.rawValue)\n" + (try pretty(request.body)))
    }
    return parts.joined(separator: "\n")
  }

  /// The last mail, once for both recipients, with its envelope and without what differs from mail to mail.
  private func mail(_ receiver: MailReceiver, count: Int) throws -> String {
    #expect(receiver.mails.count == 2 * count)
    let mails = receiver.mails.suffix(2)
    #expect(mails.map(\.to) == [["<sales.operations@example.com>"], ["<admin@example.org>"]])
    #expect(Set(mails.map(\.message)).count == 1 && mails.allSatisfy { $0.from == "<reconcile@example.com>" })
    #expect(Set(receiver.logins) == ["user-canary-77aa:password-canary-0d3e"])
    let message = try #require(mails.first?.message)
    #expect(message.utf8.allSatisfy { (0x20..<0x7F).contains($0) || $0 == 0x0D || $0 == 0x0A })
    #expect(message.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 76 })
    #expect(!message.replacing("\r\n", with: "").contains("\n"))
    return message.replacing("\r\n", with: "\n").replacing(/<20261102T021500Z\.[0-9a-z]+@/, with: "<TIME.TOKEN@")
  }

  private func pretty(_ body: [UInt8]) throws -> String {
    let object = try JSONSerialization.jsonObject(with: Data(body))
    let data = try JSONSerialization.data(
      withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  private func compare(_ text: String, with name: String) throws {
    let file = Self.messages.appendingPathComponent(name + ".txt")
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try FileManager.default.createDirectory(at: Self.messages, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      Issue.record("\(name).txt was written anew")
    } else {
      let known = try String(contentsOf: file, encoding: .utf8)
      #expect(text == known, "RECORD=1 swift test --filter NoticeTests writes \(name).txt anew")
    }
  }
}
