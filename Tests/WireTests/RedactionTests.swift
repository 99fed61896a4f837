import Foundation
import Model
import Testing
import Wire

@Suite("Taking secrets out of text")
struct RedactionTests {
  static let canary = "0.AXcanary!CANARY~canary-9876543210"

  static let echoes: [String] = [
    "token \(canary) refused",
    "token \(canary.prefix(20)) refused",
    "token \(canary.prefix(8)) refused",
    "a\(canary)b",
    "refresh_token=\(canary)&x=1",
    "encoded \(canary.replacing("!", with: "%21")) end",
    "base64 \(Data(canary.utf8).base64EncodedString()) end",
    #"{"refresh_token":"\#(canary)"}"#,
    "strict \(canary.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "") end",
    "digits \(Array(canary.utf8).hexadecimal) end", "DIGITS \(Array(canary.utf8).hexadecimal.uppercased()) end",
    "basic \(Data("u:\(canary)".utf8).base64EncodedString()) end",
    "Basic \(Data(":\(canary)".utf8).base64EncodedString()) end",
  ]

  @Test("A known secret does not come back in any form", arguments: echoes)
  func known(text: String) {
    let redaction = Redaction()
    redaction.learn(Secret(Self.canary))
    let clean = redaction.clean(text)
    #expect(!clean.contains("0.AXcana"))
    #expect(!clean.contains("canary"))
    #expect(!clean.contains(Data(Self.canary.utf8).base64EncodedString().prefix(8)))
    #expect(clean.contains("***"))
    // Of what is spelled otherwise, no part of any length comes back either.
    let digits = Array(Self.canary.utf8).hexadecimal
    #expect(!clean.lowercased().contains(digits.suffix(16)) && !clean.contains("%21CANARY"))
    #expect(!clean.contains(Data(Self.canary.utf8).base64EncodedString().suffix(12)))
  }

  static let foreign = ["Schlüssel-für-die-Nacht", "пароль", "密码密码", "🔑🔑🔑"]

  @Test("A secret in any script goes, and what follows it stays", arguments: foreign)
  func scripts(secret: String) {
    let redaction = Redaction()
    redaction.learn(Secret(secret))
    #expect(redaction.clean("it was “\(secret)”, he said") == "it was “***”, he said")
    #expect(redaction.clean("\(secret)") == "***")
    #expect(redaction.clean("twice \(secret), \(secret) and é") == "twice ***, *** and é")
  }

  static let unknown: [(String, String)] = [
    ("Authorization: Bearer abc.DEF-123 is bad", "Authorization: Bearer *** is bad"),
    ("assertion eyJhbGciOi.eyJpc3M.c2ln is bad", "assertion *** is bad"),
    ("session 00Dxx0000001gPL!AR8AQ.x_y is bad", "session *** is bad"),
    ("client_secret=hunter2&x=1", "client_secret=***&x=1"),
    (#"{"access_token" : "abc", "x": 1}"#, #"{"access_token" : "***", "x": 1}"#),
    ("-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY----- end", "*** end"),
    ("nothing to hide: Amount 5,000", "nothing to hide: Amount 5,000"),
  ]

  @Test("What looks like a secret goes, too", arguments: unknown)
  func byLooks(text: String, expected: String) {
    #expect(Redaction().clean(text) == expected)
  }

  @Test("Messages are one line of at most 1,024 characters")
  func shape() {
    #expect(Redaction().clean("a\r\nb\u{1b}[31m\0") == "a  b [31m")
    #expect(Redaction().clean(String(repeating: "x", count: 5000)).count == 1024)
  }

  @Test("A short secret is taken out where it stands alone or not")
  func short() {
    let redaction = Redaction()
    redaction.learn(Secret("hunter2"))
    redaction.learn(Secret(""))
    #expect(redaction.clean("it was hunter2!") == "it was ***!")
  }
}
