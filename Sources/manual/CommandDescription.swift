import JSON

/// A command as the command line describes it.
struct CommandDescription {
  /// Its name behind those of the commands that it belongs to: `reconcile`, `mappings`, `check`.
  let path: [String]
  let abstract: String
  let discussion: String
  let arguments: [ArgumentDescription]
  /// The commands that it is parted into; none are hidden ones, nor `help`, which has no page of its own.
  let subcommands: [CommandDescription]

  /// Reads a description; nil when it has no name.
  init?(_ json: JSONValue?, below path: [String] = []) {
    guard let json, let name = json["commandName"]?.stringValue else { return nil }
    self.path = path + [name]
    abstract = json["abstract"]?.stringValue ?? ""
    discussion = json["discussion"]?.stringValue ?? ""
    arguments = (json["arguments"]?.arrayValue ?? []).compactMap(ArgumentDescription.init)
    subcommands = (json["subcommands"]?.arrayValue ?? [])
      .filter { $0["shouldDisplay"]?.boolValue != false && $0["commandName"]?.stringValue != "help" }
      .compactMap { CommandDescription($0, below: path + [name]) }
  }

  /// The name of its page: `reconcile-mappings-check`.
  var pageName: String { path.joined(separator: "-") }
}

/// An argument, an option or a flag.
struct ArgumentDescription {
  /// `--quiet`, `-q`; none for an argument that is told by its place.
  let names: [String]
  /// What stands for the value; nil for a flag.
  let value: String?
  let isOptional: Bool
  let isRepeating: Bool
  let abstract: String
  let defaultValue: String?
  /// The words that are allowed; none when any are.
  let words: [String]

  /// Reads a description; nil for a hidden argument.
  init?(_ json: JSONValue) {
    guard json["shouldDisplay"]?.boolValue != false else { return nil }
    names = (json["names"]?.arrayValue ?? []).compactMap { name in
      name["name"]?.stringValue.map { (name["kind"]?.stringValue == "long" ? "--" : "-") + $0 }
    }
    value = json["kind"]?.stringValue == "flag" ? nil : json["valueName"]?.stringValue ?? "value"
    isOptional = json["isOptional"]?.boolValue ?? true
    isRepeating = json["isRepeating"]?.boolValue ?? false
    abstract = json["abstract"]?.stringValue ?? ""
    defaultValue = json["defaultValue"]?.stringValue
    words = (json["allValues"]?.arrayValue ?? []).compactMap(\.stringValue)
  }

  /// Whether its place tells what it is.
  var isPositional: Bool { names.isEmpty }
}
