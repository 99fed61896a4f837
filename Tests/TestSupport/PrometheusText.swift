import Foundation

/// A strict reader of Prometheus's text format, written from its description and sharing nothing with the writer.
///
/// Every family has HELP and TYPE, once each and in front of its samples, which stand together; no sample occurs twice.
package struct PrometheusText {
  package struct Mistake: Error {
    package let line: Int
    package let what: String
  }

  package struct Sample: Hashable {
    package let name: String
    package let labels: [String: String]
    package let value: Double
  }

  package private(set) var types: [String: String] = [:]
  private var helps: Set<String> = []
  private var all: [Sample] = []

  package init(_ text: String) throws {
    guard text.hasSuffix("\n"), !text.contains("\r") else { throw Mistake(line: 0, what: "the last line has no end") }
    var open = ""
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().enumerated() {
      func fail(_ what: String) -> Mistake { Mistake(line: index + 1, what: what) }
      if line.hasPrefix("# HELP ") {
        let words = line.split(separator: " ", maxSplits: 3)
        guard words.count == 4, helps.insert(String(words[2])).inserted else { throw fail("HELP") }
        open = String(words[2])
      } else if line.hasPrefix("# TYPE ") {
        let words = line.split(separator: " ")
        guard words.count == 4, String(words[2]) == open, types[open] == nil,
          ["gauge", "counter"].contains(words[3])
        else { throw fail("TYPE") }
        types[open] = String(words[3])
      } else {
        let sample = try Self.sample(line, fail)
        guard sample.name == open, types[open] != nil else { throw fail("outside of its family") }
        guard !all.contains(where: { $0.name == sample.name && $0.labels == sample.labels }) else {
          throw fail("twice")
        }
        all.append(sample)
      }
    }
    guard helps == Set(types.keys), helps == Set(all.map(\.name)) else { throw Mistake(line: 0, what: "empty family") }
  }

  package func samples(_ name: String) -> Set<Sample> { Set(all.filter { $0.name == name }) }

  package func value(_ name: String, _ labels: [String: String]) -> Double? {
    all.first { $0.name == name && $0.labels == labels }?.value
  }

  private static func sample(_ line: Substring, _ fail: (String) -> Mistake) throws -> Sample {
    var rest = Array(line)[...]
    func word() -> String {
      let word = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") }
      rest = rest.dropFirst(word.count)
      return String(word)
    }
    func take(_ character: Character) throws {
      guard rest.popFirst() == character else { throw fail("no \(character)") }
    }
    let name = word()
    guard let first = name.first, !first.isNumber else { throw fail("no name") }
    var labels: [String: String] = [:]
    try take("{")
    while rest.first != "}" {
      if !labels.isEmpty { try take(",") }
      let label = word()
      try take("=")
      try take("\"")
      var value = ""
      while let character = rest.popFirst(), character != "\"" {
        guard character == "\\" else {
          value.append(character)
          continue
        }
        switch rest.popFirst() {
        case "n": value.append("\n")
        case "\\": value.append("\\")
        case "\"": value.append("\"")
        case let other: throw fail("\\\(other.map(String.init) ?? "") is no escape")
        }
      }
      guard !label.isEmpty, labels.updateValue(value, forKey: label) == nil else { throw fail("label") }
    }
    try take("}")
    try take(" ")
    guard let number = Double(String(rest)) else { throw fail("\(String(rest)) is no number") }
    return Sample(name: name, labels: labels, value: number)
  }
}
