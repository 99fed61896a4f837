import Foundation
import JSON
import Model
import Setup

/// A diagnosis as it is printed: grouped and aligned for a person, or one JSON line a finding.
struct DoctorReport {
  private let diagnosis: Diagnosis
  private let tellsWhy: Bool

  /// A report that says of every check why it matters, or of those alone that are not ok.
  init(_ diagnosis: Diagnosis, tellsWhy: Bool) {
    self.diagnosis = diagnosis
    self.tellsWhy = tellsWhy
  }

  /// Prints it.
  func print(to console: Console) {
    if console.isJSON { printJSON(to: console) } else { printText(to: console) }
  }

  // MARK: Text

  /// Columns of a level and of a title, gaps included.
  private static let levels = Finding.Level.allCases.map(\.rawValue.count).max().map { $0 + 2 } ?? 0
  private static let titles = Precondition.allCases.map(\.row.title.count).max().map { $0 + 2 } ?? 0
  /// Columns of a line where no terminal says how many there are.
  private static let columns = 120

  private func printText(to console: Console) {
    let width = console.width ?? Self.columns
    for group in Precondition.Group.allCases {
      console.data([(group.rawValue, .bold)])
      var told: Precondition?
      for finding in diagnosis.findings where finding.check.row.group == group {
        print(finding, tellsWhy: finding.check != told && isToldWhy(finding), width: width, to: console)
        told = finding.check
      }
      console.data("")
    }
    console.data(sum)
  }

  private func print(_ finding: Finding, tellsWhy: Bool, width: Int, to console: Console) {
    let indent = 2 + Self.levels + Self.titles
    let title = finding.check.row.title.padded(to: Self.titles)
    let code = finding.code.map { " (\($0.rawValue))" } ?? ""
    let lines = Self.wrapped(finding.what + code, columns: width - indent)
    console.data([
      ("  ", .plain), (finding.level.rawValue.padded(to: Self.levels), finding.level.style), (title + lines[0], .plain),
    ])
    for line in lines.dropFirst() { console.data(String(repeating: " ", count: indent) + line) }
    let remarks = [("why", tellsWhy ? finding.check.row.why : nil), ("fix", finding.fix)]
    for (name, text) in remarks {
      guard let text else { continue }
      for (number, line) in Self.wrapped(text, columns: width - indent - 5).enumerated() {
        let margin = String(repeating: " ", count: indent) + (number == 0 ? name + ": " : "     ")
        console.data([(margin + line, .faint)])
      }
    }
  }

  /// What could not be looked at says itself what has to be so first.
  private func isToldWhy(_ finding: Finding) -> Bool {
    switch finding.level {
    case .warning, .error: true
    case .ok, .notChecked: tellsWhy
    }
  }

  private var sum: String {
    let counts = Finding.Level.allCases.map { level in (level, diagnosis.count(level)) }
    return counts.map { level, count in "\(count) \(level.noun(count))" }.joined(separator: ", ")
  }

  /// A text in lines of at most so many columns, at least one line; a word is never cut.
  private static func wrapped(_ text: String, columns: Int) -> [String] {
    var lines = [""]
    for word in text.split(separator: " ") {
      let line = lines[lines.count - 1]
      if line.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if TextTable.columns(line) + 1 + TextTable.columns(String(word)) <= max(20, columns) {
        lines[lines.count - 1] = line + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  // MARK: JSON

  private func printJSON(to console: Console) {
    for finding in diagnosis.findings {
      let row = finding.check.row
      console.data(
        JSONValue.object([
          JSONMember("message_type", .string("check")), JSONMember("check", .string(finding.check.rawValue)),
          JSONMember("group", .string(row.group.rawValue)), JSONMember("title", .string(row.title)),
          JSONMember("level", .string(finding.level.rawValue)), JSONMember("what", .string(finding.what)),
          JSONMember("why", .string(row.why)), JSONMember("code", finding.code.map { .string($0.rawValue) } ?? .null),
          JSONMember("fix", finding.fix.map { .string($0) } ?? .null),
        ]).text)
    }
    let counts = Finding.Level.allCases.map { level in
      JSONMember(level.rawValue.replacing(" ", with: "_"), .number(String(diagnosis.count(level))))
    }
    console.data(JSONValue.object([JSONMember("message_type", .string("doctor"))] + counts).text)
  }
}

extension Finding.Level {
  fileprivate var style: Console.Style {
    switch self {
    case .ok: .green
    case .warning: .yellow
    case .error: .red
    case .notChecked: .faint
    }
  }

  /// The word for so many of them.
  fileprivate func noun(_ count: Int) -> String {
    switch self {
    case .ok, .notChecked: rawValue
    case .warning, .error: count == 1 ? rawValue : rawValue + "s"
    }
  }
}

extension String {
  fileprivate func padded(to columns: Int) -> String {
    padding(toLength: max(columns, count), withPad: " ", startingAt: 0)
  }
}
