import Foundation

/// A page of the documentation whose fenced blocks of the kind `console` are a session: commands behind `$ `, and what they print.
///
/// A block that is called `console second terminal` holds one command that goes on until the session ends, and writes to a file
/// when it is ready. One that is called `console if NAME` is played where there is a program of that name.
struct ConsolePage {
  /// A part of the page, in the page's order.
  enum Part {
    /// Lines that are no session.
    case text([String])
    case session(Session)
  }

  /// The commands of a block.
  struct Session {
    /// What stands behind the three backticks.
    let title: String
    var steps: [Step]
  }

  /// A command and the lines that it prints.
  struct Step: Equatable {
    let command: String
    var output: [String]
  }

  var parts: [Part]

  /// The page of a text.
  init(_ text: String) {
    var parts: [Part] = []
    var lines: [String] = []
    var session: Session?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if var current = session {
        if line == "```" {
          parts.append(.session(current))
          session = nil
        } else if line.hasPrefix("$ ") {
          current.steps.append(Step(command: String(line.dropFirst(2)), output: []))
          session = current
        } else if let last = current.steps.indices.last {
          current.steps[last].output.append(line)
          session = current
        }
      } else if line.hasPrefix("```console") {
        parts.append(.text(lines))
        lines = []
        session = Session(title: String(line.dropFirst(3)), steps: [])
      } else {
        lines.append(line)
      }
    }
    self.parts = parts + [.text(lines)]
  }

  /// The page as text.
  var text: String {
    parts.map { part in
      switch part {
      case .text(let lines): lines.joined(separator: "\n")
      case .session(let session):
        "\n```\(session.title)\n" + session.steps.map(\.text).joined() + "```\n"
      }
    }.joined()
  }

  /// All commands.
  var steps: [Step] {
    parts.flatMap { part -> [Step] in
      switch part {
      case .text: []
      case .session(let session): session.steps
      }
    }
  }
}

extension ConsolePage.Step {
  fileprivate var text: String { (["$ " + command] + output).map { $0 + "\n" }.joined() }
}
