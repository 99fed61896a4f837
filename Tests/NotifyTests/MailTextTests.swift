import Foundation
import Model
import TestSupport
import Testing
import Wire
import Workspace

@testable import Notify

@Suite("Text of a mail")
struct MailTextTests {
  @Test(
    "a body is quoted-printable: seven bits, lines of at most 76 characters, nothing that a server would change",
    arguments: [
      ("plain", "plain"), ("a=b", "a=3Db"), ("Zürich", "Z=C3=BCrich"), ("end \nnext\t", "end=20\r\nnext=09"), ("", ""),
      ("one\n\ntwo", "one\r\n\r\ntwo"), ("😀", "=F0=9F=98=80"), ("\u{7F}", "=7F"),
      (String(repeating: "x", count: 76), String(repeating: "x", count: 75) + "=\r\nx"),
      (String(repeating: "é", count: 13), String(repeating: "=C3=A9", count: 12) + "=C3=\r\n=A9"),
    ])
  func body(text: String, expected: String) {
    #expect(MailText.quotedPrintable(text) == expected)
  }

  @Test(
    "a subject is plain where it is short ASCII, and encoded words elsewhere",
    arguments: [
      ("co-sell: 3 rows wait", "co-sell: 3 rows wait"), ("Zürich: x", "=?UTF-8?B?WsO8cmljaDogeA==?="),
      ("=?UTF-8?Q?x?=", "=?UTF-8?B?PT9VVEYtOD9RP3g/PQ==?="), ("a\r\nBcc: b", "=?UTF-8?B?YQ0KQmNjOiBi?="),
      (
        String(repeating: "ab ", count: 30),
        [12, 12, 6].map { "=?UTF-8?B?\(Data(String(repeating: "ab ", count: $0).utf8).base64EncodedString())?=" }
          .joined(separator: "\r\n ")
      ),
    ])
  func header(text: String, expected: String) {
    #expect(MailText.header(text) == expected)
  }

  @Test("a line that begins with a dot arrives as it was")
  func dots() throws {
    let receivers = try Receivers()
    receivers.keys["label"] = "\".Zürich\""
    #expect(try receivers.notifier().tell(Nights.night(.waiting, waiting: ["a"])) == [])
    let message = try #require(receivers.post.mails.first?.message)
    #expect(message.contains("\r\n\r\n..Z=C3=BCrich: 1 row waits for a decision.\r\n"))
    #expect(message.contains("\r\nSubject: =?UTF-8?B?LlrDvHJpY2g6IDEgcm93IHdhaXRzIGZvciBhIGRlY2lzaW9u?=\r\n"))
  }
}
