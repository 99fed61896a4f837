import Foundation

/// One line of Prometheus's text format: a name, labels and a number.
struct Sample: Equatable {
  let name: String
  /// In the order written.
  let labels: [Label]
  /// A number as its text.
  let value: String

  /// A label and its value.
  struct Label: Equatable {
    let name: String
    let value: String
  }

  /// The line.
  var text: String {
    let pairs = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }
    return "\(name){\(pairs.joined(separator: ","))} \(value)"
  }

  /// The samples of a file that this program wrote; a line that it cannot have written is left out.
  static func read(_ text: String) -> [Sample] {
    text.split(separator: "\n").compactMap { Sample(line: $0) }
  }

  private init?(line: Substring) {
    guard let match = line.wholeMatch(of: Self.pattern)?.output, Double(match.3) != nil else { return nil }
    name = String(match.1)
    labels = match.2.matches(of: Self.labelPattern).map {
      Label(name: String($0.output.1), value: Self.unescaped($0.output.2))
    }
    value = String(match.3)
  }

  init(_ name: String, _ labels: [Label], _ value: String) {
    self.name = name
    self.labels = labels
    self.value = value
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }

  private static func unescaped(_ text: Substring) -> String {
    var result = ""
    var isEscaped = false
    for character in text {
      if isEscaped {
        result.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        result.append(character)
      }
    }
    return result
  }

  // Compiled once; a regular expression does not change by being used.
  nonisolated(unsafe) private static let pattern =
    /(reconcile_[a-z_]+)\{((?:[a-z_]+="(?:[^"\\]|\\.)*",?)*)\} ([0-9.+e-]+)/
  nonisolated(unsafe) private static let labelPattern = /([a-z_]+)="((?:[^"\\]|\\.)*)"/
}
