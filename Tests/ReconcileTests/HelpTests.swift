import ArgumentParser
import Foundation
import JSON
import Testing

@testable import reconcile

/// What the command line says of itself: help with examples that are right, manual pages, completions.
@Suite("Help")
struct HelpTests {
  /// A command as `--experimental-dump-help` describes it.
  struct Description: CustomTestStringConvertible, Sendable {
    let path: [String]
    let discussion: String
    let isLeaf: Bool

    var testDescription: String { path.joined(separator: " ") }

    /// The lines behind `Example:` or below it.
    var examples: [String] {
      let lines = discussion.split(separator: "\n", omittingEmptySubsequences: false)
      guard let start = lines.firstIndex(where: { $0.hasPrefix("Example:") || $0 == "Examples:" }) else { return [] }
      let first = lines[start].drop { $0 != ":" }.dropFirst()
      return ([first] + lines[(start + 1)...].prefix { $0.hasPrefix("  ") })
        .map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
    }
  }

  /// Every command that a person can see.
  static let commands: [Description] = {
    let dump = try? Command(["--experimental-dump-help"], in: temporary, environment: Workbench.environment).wait()
    guard let json = dump.flatMap({ try? JSONValue(parsing: $0.out) })?["command"] else { return [] }
    return descriptions(json, below: [])
  }()

  private static let temporary = FileManager.default.temporaryDirectory

  private static func descriptions(_ json: JSONValue, below path: [String]) -> [Description] {
    let name = json["commandName"]?.stringValue ?? ""
    guard name != "help", json["shouldDisplay"]?.boolValue != false else { return [] }
    let inner = json["subcommands"]?.arrayValue ?? []
    let below = inner.flatMap { descriptions($0, below: path + [name]) }
    let own = Description(
      path: path + [name], discussion: json["discussion"]?.stringValue ?? "", isLeaf: below.isEmpty)
    return [own] + below
  }

  @Test("The command line has its commands")
  func all() {
    let names = Set(Self.commands.map(\.testDescription))
    #expect(names.isSuperset(of: ["reconcile", "reconcile plan", "reconcile mappings check", "reconcile sandbox"]))
    #expect(Self.commands.filter(\.isLeaf).count >= 16)
  }

  @Test("Every command shows an example of itself, and each is right", arguments: commands.filter(\.isLeaf))
  func examples(of command: Description) throws {
    #expect(!command.examples.isEmpty, "\(command.testDescription) has no example")
    for example in command.examples {
      #expect(example.hasPrefix(command.testDescription), "\(example)")
      #expect(example.count <= 78, "\(example) is broken where a terminal ends")
      #expect(throws: Never.self, "\(example)") { try Self.parse(example) }
    }
    let help = try Command(
      Array(command.path.dropFirst()) + ["--help"], in: Self.temporary, environment: Workbench.environment
    ).wait()
    #expect(help.status == 0)
    for example in command.examples { #expect(help.out.contains("  " + example), "\(example)") }
  }

  @Test("An example that is wrong is found out", arguments: ["reconcile plan --replann x", "reconcile nothing"])
  func wrongExample(line: String) {
    #expect(throws: (any Error).self) { try Self.parse(line) }
  }

  /// Reads a line as the command line does, without running it.
  static func parse(_ line: String) throws {
    let words = line.split(separator: " ").map(String.init).prefix { !["|", "||", "&&", ";"].contains($0) }
    _ = try Reconcile.parseAsRoot(words.dropFirst().filter { !$0.hasPrefix(">") && !$0.hasPrefix("<") })
  }

  // MARK: Completions

  /// A shell and how it reads a script without running it; nil where it is not installed.
  private static func shell(_ name: String) -> String? {
    ["/bin/", "/usr/bin/"].map { $0 + name }.first(where: FileManager.default.isExecutableFile)
  }

  @Test(
    "Completions are scripts that their shell can read, and name every command", arguments: ["bash", "zsh", "fish"])
  func completions(name: String) throws {
    let script = try Command(
      ["--generate-completion-script", name], in: Self.temporary, environment: Workbench.environment
    ).wait()
    #expect(script.status == 0)
    for command in Self.commands where command.path.count == 2 {
      #expect(script.out.contains(command.path[1]), "\(command.testDescription)")
    }
    guard let shell = Self.shell(name) else { return }
    let file = Self.temporary.appendingPathComponent("completion-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(script.out.utf8).write(to: file)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: shell)
    process.arguments = ["-n", file.path]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test(
    "bash offers what fits",
    arguments: [
      (["reconcile", "ma"], "mappings"), (["reconcile", "mappings", "su"], "suggest"),
      (["reconcile", "plan", "--detail"], "--detailed-exitcode"), (["reconcile", "apply", "--allow", "clo"], "close"),
    ])
  func bash(words: [String], expected: String) throws {
    let script = """
      eval "$('\(Binary.reconcile.path)' --generate-completion-script bash)"
      COMP_WORDS=(\(words.joined(separator: " "))) COMP_CWORD=\(words.count - 1)
      COMP_LINE='\(words.joined(separator: " "))' COMP_POINT=${#COMP_LINE} COMP_TYPE=9
      function=$(complete -p reconcile | sed 's/.*-F \\([^ ]*\\).*/\\1/')
      "$function" reconcile "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}" 2>/dev/null
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let offered = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(offered.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) } == [expected])
  }
}
