/// The mark that tells in the opportunity's name whether the last synchronization succeeded (R102).
package enum NameMark: String, CaseIterable, Sendable {
  case check = "✔"
  case cross = "✘"

  /// The name without any mark and blank at its ends (R104); a mark in its midst is part of the name.
  package static func strip(_ name: String) -> String {
    var text = name[...]
    while let first = text.first, isOutside(first) { text.removeFirst() }
    while let last = text.last, isOutside(last) { text.removeLast() }
    return String(text)
  }

  /// The name with this mark behind it; without one when both do not fit into `limit` characters (R101).
  package func added(to name: String, limit: Int = 120) -> String {
    let marked = "\(name) \(rawValue)"
    return marked.count <= limit ? marked : name
  }

  /// The mark that a name bears at its ends; a cross counts before a check mark, and nil is none.
  package static func found(in name: String) -> NameMark? {
    let marks = (name.prefix(while: isOutside) + name.reversed().prefix(while: isOutside)).compactMap(mark)
    return marks.contains(.cross) ? .cross : marks.first
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
