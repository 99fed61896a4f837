import Foundation
package import Model

/// Takes secrets out of text that a service sent, before it goes into a message.
///
/// Known secrets are found by their first eight bytes, also percent-encoded, in base64, in hexadecimal digits, or cut short;
/// unknown ones by their looks.
package final class Redaction {
  /// The first bytes of every form of every secret that has as many.
  private var beginnings: Set<UInt64> = []
  private var short: Set<String> = []

  /// Knows nothing yet.
  package init() {}

  /// Learns a secret that will be sent, in the forms in which it may come back.
  package func learn(_ secret: Secret) {
    let text = secret.reveal()
    let bytes = Array(text.utf8)
    guard bytes.count >= Self.length else {
      if !text.isEmpty { short.insert(text) }
      return
    }
    // Its beginning is enough for the beginnings of all its forms: eight characters of base64 stand for nine bytes at most.
    for form in Self.forms(of: Array(bytes.prefix(12))) { beginnings.insert(Self.beginning(form)) }
    // Tokens have one line, and are many.
    if bytes.allSatisfy({ (0x20..<0x7F).contains($0) }) { return }
    // The body of a key differs from its first line, which all keys share.
    for line in text.split(whereSeparator: \.isNewline) where line.utf8.count >= 16 {
      beginnings.insert(Self.beginning(line.utf8))
    }
  }

  /// How many bytes of a secret are looked for.
  private static let length = 8

  private static func beginning(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.prefix(length).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// How a service may spell a secret that it sends back.
  private static func forms(of bytes: [UInt8]) -> [[UInt8]] {
    let hexadecimal = bytes.hexadecimal
    // Behind a user name and a colon the same bytes look different in base64; the first group may hold others.
    let encoded = (0..<3).map { shift in
      let whole = Array(Data(Array(repeating: 0, count: shift) + bytes).base64EncodedData())
      return shift == 0 ? whole : Array(whole.dropFirst(4))
    }
    let forURLs = encoded.map { text in
      text.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0 }
    }
    let percent = [
      Address.escaped(bytes), strict(bytes, "0123456789ABCDEF"), strict(bytes, "0123456789abcdef"),
    ]
    return [bytes, Array(hexadecimal.utf8), Array(hexadecimal.uppercased().utf8)] + percent + encoded + forURLs
  }

  /// Percent-encoded by a service that leaves letters and digits alone.
  private static func strict(_ bytes: [UInt8], _ digits: String) -> [UInt8] {
    let digits = Array(digits.utf8)
    return bytes.flatMap { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        [byte]
      default: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
  }

  /// The text without secrets, at most 1,024 characters of it, and without line breaks and control characters.
  package func clean(_ text: String) -> String {
    var text = text
    if !Self.isPlain(text) {
      for (pattern, mark) in Self.patterns { text = text.replacing(pattern) { "\($0.output.1)\(mark)" } }
    }
    text = withoutKnown(text)
    for secret in short { text = text.replacingOccurrences(of: secret, with: "***") }
    if Self.isPlain(text), text.utf8.count <= 1024 { return text }
    let printable = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) }
    return String(String(printable).trimmingCharacters(in: .whitespaces).prefix(1024))
  }

  /// Whether it is made of hexadecimal digits and dashes alone, as the ids of requests are: no pattern fits such a text.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
        UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
  }

  /// Replaces each run of token characters that begins as a known secret does.
  private func withoutKnown(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let known = place(in: rest.utf8) {
      result += rest[..<known] + "***"
      let behind = rest.utf8.index(known, offsetBy: Self.length)
      let token = rest.utf8[behind...].drop { $0 & 0xC0 == 0x80 }
      rest = Substring(token).drop(while: Self.isOfToken)
    }
    return result + rest
  }

  private static func isOfToken(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character.isSymbol && !character.isASCII
      || "._!~+/=%-".contains(character)
  }

  /// Where the first known secret begins; nil when there is none.
  private func place(in bytes: Substring.UTF8View) -> String.Index? {
    guard !beginnings.isEmpty else { return nil }
    var window: UInt64 = 0
    for (count, byte) in bytes.enumerated() {
      window = window << 8 | UInt64(byte)
      if count + 1 >= Self.length, beginnings.contains(window) {
        return bytes.index(bytes.startIndex, offsetBy: count + 1 - Self.length)
      }
    }
    return nil
  }

  /// What secrets look like; the first group stays.
  // Compiled once; a regular expression does not change by being used.
  nonisolated(unsafe) private static let patterns: [(Regex<(Substring, Substring)>, String)] =
    [
      (/((?i:bearer)\s+)[A-Za-z0-9._!~+\/=-]+/, "***"),
      (/()eyJ[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)*/, "***"),
      (/()\b00D[A-Za-z0-9]{9,15}![A-Za-z0-9._]+/, "***"),
      (/()-----BEGIN[^-]*PRIVATE KEY-----[^-]*(?:-----END[^-]*-----)?/, "***"),
      (
        /((?i:access_token|refresh_token|id_token|client_secret|client_assertion|assertion|password)["']?\s*[=:]\s*["']?)[^\s"'&,}]+/,
        "***"
      ),
    ]
}
