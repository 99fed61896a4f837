/// The mark that tells in the opportunity's name whether the last synchronization succeeded (R102).
package enum NameMark: String, CaseIterable, Sendable {
  case check = "✔"
  case cross = "✘"

  /// The name without any mark and blank at its ends (R104); a mark in its midst is part of the name.
  package static func strip(_ name: String) -> String {
    guard !hasPlainEnds(name) else { return name }
    var text = name[...]
    while let first = text.first, isOutside(first) { text.removeFirst() }
    while let last = text.last, isOutside(last) { text.removeLast() }
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
    guard name.utf8.count > limit, name.utf16.count > limit else { return name }
    var cut = name
    while cut.utf16.count > limit { cut.removeLast() }
    return cut
  }

  /// The mark that a name bears at its ends; a cross counts before a check mark, and nil is none.
  package static func found(in name: String) -> NameMark? {
    guard !hasPlainEnds(name) else { return nil }
    let marks = (name.prefix(while: isOutside) + name.reversed().prefix(while: isOutside)).compactMap(mark)
    return marks.contains(.cross) ? .cross : marks.first
  }

  /// Whether the bytes at both ends show that neither mark nor blank stands there, as in most names.
  private static func hasPlainEnds(_ name: String) -> Bool {
    guard let first = name.utf8.first, let last = name.utf8.last else { return true }
    return (0x21..<0x7F).contains(first) && (0x21..<0x7F).contains(last)
  }

  private static func isOutside(_ character: Character) -> Bool {
    character.isWhitespace || mark(character) != nil
  }

  /// The mark that a character is, in whichever style it is drawn; nil when it is none.
  private static func mark(_ character: Character) -> NameMark? {
    let scalars = character.unicodeScalars.filter { !("\u{FE0E}"..."\u{FE0F}").contains($0) }
    guard scalars.count == 1, let scalar = scalars.first else { return nil }
    return switch scalar {
    case "✔", "✓", "✅": .check
    case "✘", "✗", "✖", "❌": .cross
    default: nil
    }
  }
}
