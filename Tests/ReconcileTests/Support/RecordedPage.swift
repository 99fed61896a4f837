import Foundation
import Testing

/// A page of docs/ that shows what commands print, each in an indented block that begins with its prompt.
struct RecordedPage {
  private let url: URL
  /// What a line begins with that shows a command to be run.
  private let prompt: String

  /// A page by its name within docs/; only commands that begin so are run.
  init(_ name: String, commands beginning: String) {
    url = Binary.repository.appendingPathComponent("docs/" + name)
    prompt = "    $ " + beginning
  }

  /// Compares the page with what its commands print, or writes it anew with `RECORD=1`; gives how many commands it has.
  ///
  /// `output` runs a command, which is handed over without the program's name, and gives its lines.
  func check(_ output: (String) throws -> [String]) throws -> Int {
    let lines = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
    var wanted: [String] = []
    var commands = 0
    var index = 0
    while index < lines.count {
      let line = lines[index]
      wanted.append(line)
      index += 1
      guard line.hasPrefix(prompt) else { continue }
      commands += 1
      wanted += try output(String(line.dropFirst("    $ reconcile ".count))).map { $0.isEmpty ? "" : "    " + $0 }
      while index < lines.count, lines[index].isEmpty || lines[index].hasPrefix("    ") { index += 1 }
      wanted.append("")
    }
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try wanted.joined(separator: "\n").write(to: url, atomically: true, encoding: .utf8)
      Issue.record("\(url.lastPathComponent) was written anew")
    } else {
      #expect(lines == wanted, "RECORD=1 swift test --filter PageTests writes the output anew")
    }
    return commands
  }

  /// The lines of what a command printed, with one run's name for all.
  static func lines(of result: Command.Result) -> [String] {
    var lines = (result.out + result.err).replacing(/\d{8}T\d{6}Z-[a-z]{4}/, with: "20261126T020000Z-abcd")
      .components(separatedBy: "\n")
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}
