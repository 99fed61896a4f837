/// The id of a Salesforce record in its 18-character form, which is safe to compare whatever the case.
package enum SalesforceID {
  /// The 18-character form of an id of 15 or 18 characters; nil when the text is no id.
  package static func normalized(_ text: String) -> String? {
    let count = text.utf8.count
    guard count == 15 || count == 18, text.utf8.allSatisfy(isAlphanumeric) else { return nil }
    guard count == 15 else { return text }
    return text + suffix(of: Array(text.utf8))
  }

  /// Three characters, one for each five of the fifteen: bit k is set where character k is a capital letter.
  private static func suffix(of bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345")
    let characters = (0..<3).map { group in
      let bits = (0..<5).reduce(0) { sum, bit in
        let byte = bytes[group * 5 + bit]
        return byte >= 0x41 && byte <= 0x5A ? sum | (1 << bit) : sum
      }
      return alphabet[bits]
    }
    return String(characters)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
