/// Which value replaced which, by the hand of a user: the judge's own knowledge, of which the product has no part.
///
/// Every value that a user enters is new, so that each value anywhere has a known author.
struct Lineage {
  private var parents: [Token: Set<Token>] = [:]

  /// A user saw `old` and put `new` in its place, or decided that `new` shall stand instead of it.
  mutating func replaced(_ old: Token, by new: Token) {
    if old != new { parents[new, default: []].insert(old) }
  }

  /// Whether whoever entered `new` had seen `old`, at first or second hand: only then may it be put over it.
  func knows(_ new: Token, _ old: Token) -> Bool {
    var seen: Set<Token> = []
    var open = [new]
    while let token = open.popLast() {
      if token == old { return true }
      if seen.insert(token).inserted { open += parents[token] ?? [] }
    }
    return false
  }
}

/// A value of a field, without the dress in which a side shows it.
struct Token: Hashable, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// The fields that are followed value by value, with the labels of the mapping.
enum TrackedField: String, CaseIterable {
  case name = "Deal name"
  case value = "Deal value"
  case date = "Closing date"
  case notes = "Notes"

  /// The token in a text of either side, or of the report.
  func token(_ text: String) -> Token {
    switch self {
    case .name, .notes:
      // `Deal v17`, with or without a mark.
      guard let start = text.firstIndex(of: "v"), text.index(after: start) < text.endIndex else { return Token(text) }
      return Token("\(self == .name ? "name" : "notes"):" + text[start...].prefix { $0 == "v" || $0.isNumber })
    case .value:
      return Token("value:\(Double(text).map { Int($0) }.map(String.init) ?? text)")
    case .date: return Token("date:" + text.prefix(10))
    }
  }
}
