/// The mark that tells in the opportunity's name whether the last synchronization succeeded (R102).
package enum NameMark: String, CaseIterable, Sendable {
  case check = "✔"
  case cross = "✘"

  /// The name without any mark, wherever it stands (R104).
  package static func strip(_ name: String) -> String {
    var text = name[...]
    var isChanging = true
    while isChanging {
      isChanging = false
      text = text.drop { $0.isWhitespace }
      while text.last?.isWhitespace == true { text.removeLast() }
      for sign in signs where text.hasPrefix(sign) {
        text = text.dropFirst(sign.count)
        isChanging = true
      }
      for sign in signs where text.hasSuffix(sign) {
        text = text.dropLast(sign.count)
        isChanging = true
      }
    }
    return String(text)
  }

  /// The longest name that an opportunity takes, in UTF-16 units as Salesforce counts (R101).
  package static let limit = 120

  /// The name with this mark behind it; without one when both do not fit into the field.
  package func added(to name: String) -> String {
    let marked = "\(name) \(rawValue)"
    return marked.utf16.count <= Self.limit ? marked : name
  }

  /// As much of a name as the field takes.
  package static func fitting(_ name: String) -> String {
    guard name.utf16.count > limit else { return name }
    var cut = name
    while cut.utf16.count > limit { cut.removeLast() }
    return cut
  }

  /// The mark that a name bears; nil when it bears none.
  package static func found(in name: String) -> NameMark? {
    guard name != strip(name) else { return nil }
    return crosses.contains { name.contains($0) } ? .cross : .check
  }

  private static let checks = ["✔️", "✔", "✓", "✅"]
  private static let crosses = ["✘", "❌", "✖️", "✖", "✗"]
  private static let signs = checks + crosses
}
