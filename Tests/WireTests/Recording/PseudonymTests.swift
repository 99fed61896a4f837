import Crypto
import Foundation
import Testing

@testable import Wire

@Suite("Made-up texts in the place of real ones")
struct PseudonymTests {
  static let pseudonym = Pseudonym(key: SymmetricKey(data: Array(repeating: 7, count: 32)))

  /// What has to stay of a text: letters by case and script, digits, and all that is neither.
  static func shape(_ text: String) -> [String] {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "a"..."z": return "lower"
      case "A"..."Z": return "upper"
      case "0"..."9": return "digit"
      default:
        guard scalar.value >= 0x80, scalar.properties.isAlphabetic || scalar.properties.numericType != nil else {
          return String(Character(scalar))
        }
        return "\(scalar.properties.generalCategory)"
      }
    }
  }

  static let texts = [
    "Northwind Traders Ltd", "  Ana Silva ", "+1 (206) 555-0100", "SW1A 2AA", "", " ", "O'Neill & Söhne GmbH", "R2-D2",
    "Müller-Lüdenscheidt AG, Zürich", "ΑΒΓ αβγ", "Иван Петрович", "東京株式会社", "日本 123", "ＡＢＣ ｄｅｆ",
    "line one\r\nline two\n\ttabbed", "✔ Northwind rollout", "a", "Z", "5", "x\u{301}y", "naïve ﬁancé", "🙂 ok 👍🏽",
    "The customer replaces its warehouse system in two steps, and wants help with the second one of these.",
  ]

  @Test("The shape of a text is kept, character by character", arguments: texts)
  func shape(text: String) {
    let masked = Self.pseudonym(text)
    #expect(Self.shape(masked) == Self.shape(text))
    #expect(masked == Self.pseudonym(text))
  }

  @Test(
    "A name of some length does not stay, and another key gives another one", arguments: texts.filter { $0.count > 7 })
  func differs(text: String) {
    let letters = text.unicodeScalars.count { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    guard letters > 5 else { return }
    #expect(Self.pseudonym(text) != text)
    #expect(Self.pseudonym(text) != Pseudonym(key: SymmetricKey(size: .bits256))(text))
  }

  @Test("Two words of one shape never become the same")
  func injective() {
    let letters = (0..<26).map { String(UnicodeScalar(UInt8(0x61 + $0))) }
    let pairs = letters.flatMap { first in letters.map { first + $0 } }
    let numbers = (0..<1000).map { String($0 + 1000) }
    for words in [letters, pairs, numbers, (0...9).map(String.init)] {
      #expect(Set(words.map { Self.pseudonym($0) }).count == words.count)
    }
    let triples = pairs.prefix(100).flatMap { pair in letters.map { pair + $0 } }
    #expect(Set(triples.map { Self.pseudonym($0) }).count == triples.count)
  }

  @Test(
    "A text that differs in case only stays so",
    arguments: ["Northwind Traders", "Ana.Silva@Northwind.Example", "ÀÉÎ äöü"])
  func cases(text: String) {
    #expect(Self.pseudonym(text).lowercased() == Self.pseudonym(text.lowercased()).lowercased())
    #expect(Self.pseudonym(text.uppercased()).lowercased() == Self.pseudonym(text).lowercased())
  }

  static let alike: [(String, String, @Sendable (String) -> String)] = [
    ("Northwind &amp; Sons", "Northwind & Sons", { $0.replacing("&amp;", with: "&") }),
    ("R&eacute;my S&Ouml;HNE", "Rémy SÖHNE", { unescaped($0) }),
    ("Caf&#233; &#x4E;ord", "Café Nord", { unescaped($0) }),
    ("  Northwind ", "Northwind", { $0.trimmingCharacters(in: .whitespaces) }),
    ("Northwind rollout \u{2714}", "Northwind rollout", { String($0.dropLast(2)) }),
    ("Ana Silva", "Ana", { String($0.prefix(3)) }),
    (
      "one two three four five six seven eight nine\r\nten", "one two three four five six seven eight nine\nten",
      {
        $0.replacing("\r\n", with: "\n")
      }
    ),
    (
      " one two three four five six seven eight nine &amp; ten", "one two three four five six seven eight nine & ten",
      {
        $0.replacing("&amp;", with: "&").trimmingCharacters(in: .whitespaces)
      }
    ),
  ]

  static func unescaped(_ text: String) -> String {
    var result = text
    while let match = result.firstMatch(of: /&#([0-9]+);/), let code = UInt32(match.1), let scalar = UnicodeScalar(code)
    {
      result.replaceSubrange(match.range, with: String(Character(scalar)))
    }
    return result
  }

  @Test("What the services and the tool do to a text may be done before or behind the replacement", arguments: alike)
  func commutes(text: String, done: String, change: @Sendable (String) -> String) {
    #expect(change(Self.pseudonym(text)) == Self.pseudonym(done))
  }

  @Test("In a long text a word depends on the others")
  func context() {
    let first = "one two three four five six seven eight nine"
    let second = "one two three four five six seven eight ten"
    #expect(Self.pseudonym(first).prefix(3) != Self.pseudonym(second).prefix(3))
    #expect(Self.pseudonym("one two").prefix(3) == Self.pseudonym("one six").prefix(3))
  }

  static let mail = [
    "ana.silva@northwind.com", "ANA@NORTHWIND.CO.UK", "a+b_c%d@x-y.org", " kim@acme.example ", "write to ana@x.com.",
    "ana@x.com, kim@y.net",
  ]

  @Test("An e-mail address stays one, below .example", arguments: mail)
  func addresses(text: String) {
    let masked = Self.pseudonym(text)
    let pattern = /[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}/
    #expect(masked.matches(of: pattern).count == text.matches(of: pattern).count)
    #expect(masked.matches(of: pattern).allSatisfy { $0.output.0.hasSuffix(".example") })
    #expect(Self.pseudonym("ana@x.com") == Self.pseudonym("ana@x.org"))
    #expect(Self.pseudonym("@ana a@b @x.com") != "")
  }
}
