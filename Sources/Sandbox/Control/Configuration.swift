/// The text of a `reconcile.yaml`, section by section.
struct Configuration {
  private(set) var sections: [(name: String, members: JSONObject)]

  /// Sets a value by its dotted name, `salesforce.scope`, adding the section where it is new.
  mutating func set(_ name: String, _ value: JSONValue) {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return }
    if let index = sections.firstIndex(where: { $0.name == parts[0] }) {
      sections[index].members[parts[1]] = value
    } else {
      sections.append((parts[0], JSONObject([(parts[1], value)])))
    }
  }

  var text: String {
    sections.map { section in
      let lines = section.members.members.map { "  \($0.0): \(Configuration.scalar($0.1))\n" }
      return "\(section.name):\n" + lines.joined()
    }.joined()
  }

  /// Text without quotes where YAML cannot but read it as text; all else in its JSON form, which is YAML too.
  private static func scalar(_ value: JSONValue) -> String {
    guard case .string(let text) = value, let first = text.utf8.first, text.utf8.last != UInt8(ascii: ":"),
      text.utf8.allSatisfy(plain.contains), !marks.contains(first), !words.contains(text.lowercased()),
      !digits.contains(first) || text.utf8.count > 12 && !text.utf8.allSatisfy(ofNumbers.contains)
    else { return value.text }
    return text
  }

  private static let digits = Set("0123456789".utf8)
  private static let ofNumbers = Set("0123456789.eE-_:x".utf8)
  private static let marks = Set("-./:@_".utf8)
  private static let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@".utf8)
  private static let words: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
}
