import Foundation
package import Model

/// Takes secrets out of text that a service sent, before it goes into a message.
///
/// Known secrets are found by their first eight characters, also percent-encoded, in base64, in hexadecimal digits, or cut
/// short; unknown ones by their looks.
package final class Redaction {
  private var prefixes: Set<String> = []
  private var short: Set<String> = []

  /// Knows nothing yet.
  package init() {}

  /// Learns a secret that will be sent, in the forms in which it may come back.
  package func learn(_ secret: Secret) {
    let text = secret.reveal()
    guard text.count >= 8 else {
      if !text.isEmpty { short.insert(text) }
      return
    }
    // Its beginning is enough for the beginnings of all its forms: eight characters of base64 stand for nine bytes at most.
    for form in Self.forms(of: String(text.prefix(12))) { prefixes.insert(String(form.prefix(8))) }
    // Tokens have one line, and are many.
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return }
    // The body of a key differs from its first line, which all keys share.
    for line in text.split(whereSeparator: \.isNewline) where line.count >= 16 {
      prefixes.insert(String(line.prefix(8)))
    }
  }

  /// How a service may spell a secret that it sends back.
  private static func forms(of text: String) -> [String] {
    let bytes = Array(text.utf8)
    let hexadecimal = bytes.hexadecimal
    // Behind a user name and a colon the same bytes look different in base64; the first group may hold others.
    let encoded = (0..<3).map { shift in
      let whole = Data(Array(repeating: 0, count: shift) + bytes).base64EncodedString()
      return shift == 0 ? whole : String(whole.dropFirst(4))
    }
    return [text, Address.escaped(text), strict(bytes, "0123456789ABCDEF"), strict(bytes, "0123456789abcdef")]
      + encoded + encoded.map { String($0.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }) }
      + [hexadecimal, hexadecimal.uppercased()]
  }

  /// Percent-encoded by a service that leaves letters and digits alone.
  private static func strict(_ bytes: [UInt8], _ digits: String) -> String {
    let digits = Array(digits.utf8)
    let encoded = bytes.flatMap { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        [byte]
      default: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  /// The text without secrets, at most 1,024 characters of it, and without line breaks and control characters.
  package func clean(_ text: String) -> String {
    var text = text
    if !Self.isPlain(text) {
      for (pattern, mark) in Self.patterns { text = text.replacing(pattern) { "\($0.output.1)\(mark)" } }
    }
    for prefix in prefixes { text = Self.removing(prefix, from: text) }
    for secret in short { text = text.replacingOccurrences(of: secret, with: "***") }
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

  /// Replaces each run of token characters that begins with `prefix`.
  private static func removing(_ prefix: String, from text: String) -> String {
    guard text.contains(prefix) else { return text }
    var result = ""
    var rest = text[...]
    while let found = rest.range(of: prefix) {
      result += rest[..<found.lowerBound] + "***"
      rest = rest[found.upperBound...].drop { $0.isLetter || $0.isNumber || "._!~+/=%-".contains($0) }
    }
    return result + rest
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
