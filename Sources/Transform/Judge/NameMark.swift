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

  /// The name with this mark behind it; without one when both do not fit into `limit` characters (R101).
  package func added(to name: String, limit: Int = 120) -> String {
    let marked = "\(name) \(rawValue)"
    return marked.count <= limit ? marked : name
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
