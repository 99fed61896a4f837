import Foundation

extension Masking {
  /// A form with its values replaced.
  func form(_ text: String) -> String {
    text.split(separator: "&", omittingEmptySubsequences: false).map { pair in
      guard let equals = pair.firstIndex(of: "=") else { return pseudonym(String(pair)) }
      let name = Self.decoded(pair[..<equals])
      let value = Self.decoded(pair[pair.index(after: equals)...])
      return Address.escaped(self.name(name)) + "=" + Address.escaped(field(value, named: name))
    }.joined(separator: "&")
  }

  private func field(_ value: String, named name: String) -> String {
    switch name.lowercased() {
    // In a form this is the proof of a sign-in, not an error's name.
    case "code", "code_verifier": "***"
    case "scope":
      value.split(separator: " ", omittingEmptySubsequences: false).map { part in
        Shape.isIdentifier(part) ? scrubbed(String(part)) : address(String(part))
      }.joined(separator: " ")
    case "grant_type": value.hasPrefix("urn:ietf:") && Shape.isWord(value) ? value : text(value, named: name)
    default: text(value, named: name)
    }
  }

  private static func decoded(_ text: Substring) -> String {
    let text = text.replacing("+", with: " ")
    return text.removingPercentEncoding ?? String(text)
  }
}
