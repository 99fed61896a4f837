import Model
import Yams

/// The values of `reconcile.yaml` and of the environment, each checked against the type of its key.
struct ConfigurationFile {
  /// A value and where it comes from.
  struct Entry: Sendable {
    /// The canonical text; of a list, its items parted by line breaks.
    let text: String
    /// `reconcile.yaml:7: partner_center.tenant`, or the name of the variable.
    let origin: String
  }

  static let name = "reconcile.yaml"

  private(set) var entries: [ConfigurationKey: Entry] = [:]
  /// The line of each key that the file has.
  private(set) var lines: [ConfigurationKey: Int] = [:]
  /// The line of each section that the file has.
  private(set) var sectionLines: [String: Int] = [:]
  private(set) var failures: [Failure] = []

  /// Reads a file's text, then lets the environment override it.
  init(_ text: String, environment: [String: String]) {
    readFile(text)
    for key in ConfigurationKey.allCases {
      guard let text = environment[key.environmentName], !text.isEmpty else { continue }
      let items = text.split(separator: ",").map(String.init).map(Self.trimmed)
      take(key, isList(key) ? items.joined(separator: "\n") : text, origin: key.environmentName)
    }
  }

  /// Parts that a file may repeat by YAML's aliases; each can repeat others, so that a few lines grow without end.
  private static let mostAliases = 16

  private mutating func readFile(_ text: String) {
    guard Self.aliases(in: text) <= Self.mostAliases else {
      fail(.configurationSyntax, "\(Self.name):1: the file repeats parts of itself by aliases; write each value out")
      return
    }
    do {
      guard let root = try Yams.compose(yaml: text) else { return }
      guard case .mapping(let sections) = root else {
        fail(.configurationSyntax, "\(Self.name):1: the file must consist of sections")
        return
      }
      for (name, section) in sections { readSection(name, section) }
    } catch let error as YamlError {
      fail(.configurationSyntax, Self.message(of: error))
    } catch {
      fail(.configurationSyntax, "\(Self.name):1: the file is not YAML")
    }
  }

  private mutating func readSection(_ name: Node, _ section: Node) {
    let place = "\(Self.name):\(line(of: name))"
    guard case .scalar(let scalar) = name, ConfigurationKey.sections.contains(scalar.string) else {
      let sections = ConfigurationKey.sections.joined(separator: ", ")
      fail(.configurationUnknownKey, "\(place): unknown section \(Self.shown(name)); known: \(sections)")
      return
    }
    sectionLines[scalar.string] = line(of: name)
    if isNull(section) { return }
    guard case .mapping(let pairs) = section else {
      fail(.configurationWrongType, "\(place): \(scalar.string) must hold keys")
      return
    }
    for (key, value) in pairs { readPair(key, value, section: scalar.string) }
  }

  private mutating func readPair(_ name: Node, _ value: Node, section: String) {
    let label = "\(section).\(Self.shown(name))"
    let origin = "\(Self.name):\(line(of: name)): \(label)"
    guard let key = ConfigurationKey(rawValue: label) else {
      let names = ConfigurationKey.allCases.filter { $0.section == section }.map(\.name)
      fail(.configurationUnknownKey, "\(origin) is not a key; known here: \(names.joined(separator: ", "))")
      return
    }
    if isNull(value) { return }
    lines[key] = line(of: name)
    if isList(key) {
      guard case .sequence(let items) = value, items.allSatisfy({ $0.scalar != nil }) else {
        fail(.configurationWrongType, "\(origin) must be a list such as [\"one\", \"two\"]")
        return
      }
      take(key, items.compactMap { $0.scalar?.string }.joined(separator: "\n"), origin: origin)
    } else if case .scalar(let scalar) = value {
      take(key, scalar.string, origin: origin)
    } else {
      fail(.configurationWrongType, "\(origin) must be a single value")
    }
  }

  /// Keeps a value, or notes what is wrong with it.
  private mutating func take(_ key: ConfigurationKey, _ text: String, origin: String) {
    do throws(ConfigurationType.Problem) {
      entries[key] = Entry(text: try key.type.canonical(text), origin: origin)
    } catch {
      failures.append(Failure(error.code, "\(origin) \(error.message)", fix: error.fix))
    }
  }

  private mutating func fail(_ code: Code, _ message: String) {
    failures.append(Failure(code, message))
  }

  // MARK: YAML

  private func isList(_ key: ConfigurationKey) -> Bool {
    key.type.isList
  }

  private func isNull(_ node: Node) -> Bool {
    guard let scalar = node.scalar else { return false }
    let isPlain = scalar.style == .plain || scalar.style == .any
    return isPlain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  /// How often a text names an anchor of its own.
  private static func aliases(in text: String) -> Int {
    guard text.contains("&"), text.contains("*") else { return 0 }
    let anchors = Set(text.matches(of: /&([A-Za-z0-9_-]+)/).map(\.output.1))
    return text.matches(of: /\*([A-Za-z0-9_-]+)/).count { anchors.contains($0.output.1) }
  }

  private func line(of node: Node) -> Int { node.mark?.line ?? 1 }

  /// A key as it is shown: its text, cut, or a stand-in for what is no text.
  private static func shown(_ node: Node) -> String {
    node.scalar.map { String($0.string.prefix(60)) } ?? "that is no word"
  }

  private static func trimmed(_ text: String) -> String {
    String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }

  private static func message(of error: YamlError) -> String {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      "\(name):\(mark.line): \(problem)"
    case .reader(let problem, _, _, _): "\(name):1: \(problem)"
    case .duplicatedKeysInMapping(let duplicates, let context):
      "\(name):\(context.mark.line): \(duplicates.sorted().joined(separator: ", ")) stands twice"
    case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded: "\(name):1: the file is not YAML"
    }
  }
}
