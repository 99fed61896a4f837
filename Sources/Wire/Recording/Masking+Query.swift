import Model

extension Masking {
  /// A query of Salesforce with its literals replaced, each by the rule for the field before it.
  func soql(_ text: String) -> String {
    literals(in: text, escape: "\\")
  }

  /// An expression of OData, likewise; a quote in a literal is written twice.
  func odata(_ text: String) -> String {
    literals(in: text, escape: "'")
  }

  /// Words between a field and its literal.
  private static let operators: Set<String> = [
    "in", "not", "like", "includes", "excludes", "and", "or", "eq", "ne", "gt", "ge", "lt", "le", "where", "any", "all",
  ]

  private func literals(in text: String, escape: Character) -> String {
    var result = ""
    var field = ""
    var word = ""
    var rest = text[...]
    while let character = rest.first {
      if character == "'" {
        let (literal, end) = Self.literal(rest.dropFirst(), escape: escape)
        let masked = self.text(literal, named: field)
        result += "'" + Self.quoted(masked, escape: escape) + (end == nil ? "" : "'")
        rest = end ?? rest[rest.endIndex...]
        word = ""
        continue
      }
      if character.isLetter || character.isNumber || "_./:$@-".contains(character) {
        word.append(character)
      } else {
        if !word.isEmpty, !Self.operators.contains(word.lowercased()) { field = Self.name(word) }
        word = ""
      }
      result.append(character)
      rest = rest.dropFirst()
    }
    return scrubbed(result)
  }

  private static func name(_ word: String) -> String {
    String(word.split { "/.:".contains($0) }.last ?? "")
  }

  /// The content of a literal, and what follows its closing quote; nil where it does not close.
  private static func literal(_ text: Substring, escape: Character) -> (String, Substring?) {
    var content = ""
    var rest = text
    while let character = rest.first {
      rest = rest.dropFirst()
      if character == escape, escape == "\\" || rest.first == "'" {
        guard let next = rest.first else { break }
        content.append(escape == "\\" ? unescaped(next) : next)
        rest = rest.dropFirst()
      } else if character == "'" {
        return (content, rest)
      } else {
        content.append(character)
      }
    }
    return (content, nil)
  }

  private static func unescaped(_ character: Character) -> Character {
    switch character {
    case "n": "\n"
    case "r": "\r"
    case "t": "\t"
    case "b": "\u{8}"
    case "f": "\u{c}"
    default: character
    }
  }

  private static func quoted(_ text: String, escape: Character) -> String {
    guard escape == "\\" else { return text.doubling("'") }
    return String(SOQL.literal(text).dropFirst().dropLast())
  }
}
