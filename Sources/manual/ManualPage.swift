/// The manual page of one command.
struct ManualPage {
  let fileName: String
  let text: String

  /// The pages of a command and of those below it.
  ///
  /// One that is only a name for others has a page, too.
  static func pages(of command: CommandDescription, _ edition: Edition) -> [ManualPage] {
    [ManualPage(command, edition)] + command.subcommands.flatMap { pages(of: $0, edition) }
  }

  init(_ command: CommandDescription, _ edition: Edition) {
    fileName = command.pageName + ".1"
    let title = Roff.escaped(command.pageName.uppercased())
    let isWhole = command.path.count == 1
    let discussion = Discussion(command.discussion)
    var lines = [
      ".\\\" Written out of the command line's description of itself.",
      ".TH \(title) 1 \(edition.date) \"\(command.path[0]) \(edition.version)\" \"User Commands\"",
      ".SH NAME", "\(Roff.escaped(command.pageName)) \\- \(Self.lowered(command.abstract))",
      ".SH SYNOPSIS", Self.synopsis(command), ".SH DESCRIPTION", Roff.paragraph(command.abstract),
    ]
    lines += discussion.paragraphs.flatMap { [".PP", $0] }
    lines += Self.list(
      "COMMANDS", command.subcommands.map { (Roff.bold($0.path.last ?? ""), Roff.paragraph($0.abstract)) })
    lines += Self.list("ARGUMENTS", command.arguments.filter(\.isPositional).map(Self.entry))
    lines += Self.list("OPTIONS", command.arguments.filter { !$0.isPositional }.map(Self.entry))
    if isWhole { lines += WholeProgram.exitStatus + WholeProgram.environment + WholeProgram.files }
    if !discussion.examples.isEmpty { lines += [".SH EXAMPLES", Roff.example(discussion.examples)] }
    if !isWhole {
      lines += [".SH EXIT STATUS", "See \(Roff.bold(command.path[0]))(1): every command ends with the same numbers."]
    }
    lines += [".SH SEE ALSO", Self.seeAlso(command)]
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func synopsis(_ command: CommandDescription) -> String {
    var words = [Roff.bold(command.path.joined(separator: " "))]
    if !command.subcommands.isEmpty { words.append(Roff.italic("command")) }
    for argument in command.arguments {
      let name = argument.names.first { $0.hasPrefix("--") } ?? argument.names.first
      var word = [name.map { Roff.bold($0) }, argument.value.map { Roff.italic($0) }].compactMap { $0 }
        .joined(separator: " ")
      if argument.isOptional { word = "[" + word + "]" }
      if argument.isRepeating { word += "..." }
      words.append(word)
    }
    return words.joined(separator: "\n")
  }

  /// An argument's line and what it does.
  private static func entry(_ argument: ArgumentDescription) -> (String, String) {
    let value = argument.value.map { Roff.italic($0) }
    let names = argument.names.map { Roff.bold($0) }.joined(separator: ", ")
    var text = argument.abstract
    if !argument.words.isEmpty { text += " One of: \(argument.words.joined(separator: ", "))." }
    if let value = argument.defaultValue { text += " Default: \(value)." }
    return ([names.isEmpty ? nil : names, value].compactMap { $0 }.joined(separator: " "), Roff.paragraph(text))
  }

  /// A section of terms, none when there are none.
  static func list(_ title: String, _ entries: [(term: String, text: String)]) -> [String] {
    entries.isEmpty ? [] : [".SH \(title)"] + entries.flatMap { [".TP", $0.term, $0.text] }
  }

  private static func seeAlso(_ command: CommandDescription) -> String {
    var names = command.subcommands.map(\.pageName)
    if command.path.count > 1 { names.insert(command.path.dropLast().joined(separator: "-"), at: 0) }
    return names.map { Roff.bold($0) + "(1)" }.joined(separator: ",\n")
  }

  /// The abstract as it stands behind a name: no capital, no full stop.
  private static func lowered(_ text: String) -> String {
    let text = text.hasSuffix(".") ? String(text.dropLast()) : text
    return Roff.escaped(text.prefix(1).lowercased() + text.dropFirst())
  }
}
