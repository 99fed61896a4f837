/// The mark behind an opportunity's name: at most one (R103).
enum SyncMark: String {
  case succeeded = " ✔"
  case failed = " ✘"

  /// The longest name that Salesforce takes.
  static let limit = 120

  /// The signs that stand for a mark, also those that people or other releases of the connector set.
  private static let signs = ["✔️", "✔", "✓", "✅", "✘", "❌", "✖️", "✖", "✗"]

  /// The name with this mark and without any other; without mark where it would become too long (R101).
  func marking(_ name: String) -> String {
    let plain = Self.stripped(name)
    let marked = plain + rawValue
    return marked.utf16.count > Self.limit ? plain : marked
  }

  /// The name without marks and without blanks around it (R104).
  static func stripped(_ name: String) -> String {
    var rest = name[...]
    var length = rest.count + 1
    while rest.count < length {
      length = rest.count
      rest = rest.drop(while: \.isWhitespace)
      while rest.last?.isWhitespace == true { rest.removeLast() }
      for sign in signs {
        if rest.hasPrefix(sign) { rest = rest.dropFirst(sign.count) }
        if rest.hasSuffix(sign) { rest = rest.dropLast(sign.count) }
      }
    }
    return String(rest)
  }
}
