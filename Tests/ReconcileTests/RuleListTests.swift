import Foundation
import Testing

/// `docs/rules.md` and the tests, held against each other.
@Suite("The list of rules")
struct RuleListTests {
  /// One row of the page.
  struct Row {
    let number: Int
    let text: String
    let place: String
    var proof: String

    var isApplicable: Bool { !place.hasPrefix("not applicable: ") }
    var line: String { "| R\(number) | \(text) | \(place) | \(proof) |" }

    init?(_ line: String) {
      let cells = line.components(separatedBy: " | ")
      guard cells.count >= 4, cells[0].hasPrefix("| R"), let number = Int(cells[0].dropFirst(3)) else { return nil }
      self.number = number
      text = cells[1]
      place = cells[2]
      let rest = cells[3...].joined(separator: " | ")
      proof = rest.hasSuffix(" |") ? String(rest.dropLast(2)) : rest == "|" ? "" : rest
    }
  }

  private static let page = Binary.repository.appendingPathComponent("docs/rules.md")

  private static func lines() throws -> [String] {
    try String(contentsOf: page, encoding: .utf8).components(separatedBy: "\n")
  }

  /// The numbers that a text carries; `R12–R15` counts as four.
  static func rules(in text: String) -> Set<Int> {
    var found = Set(text.matches(of: /\bR(\d{1,3})\b/).compactMap { Int($0.output.1) })
    for match in text.matches(of: /\bR(\d{1,3})[–-]R(\d{1,3})\b/) {
      if let low = Int(match.output.1), let high = Int(match.output.2), low <= high { found.formUnion(low...high) }
    }
    return found
  }

  /// The display names of all tests with the suites' files, and all scenarios, by the rules that they carry.
  private static func proofs() throws -> [Int: [String]] {
    var result: [Int: Set<String>] = [:]
    let tests = Binary.repository.appendingPathComponent("Tests")
    let files =
      FileManager.default.enumerator(at: tests, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
    for file in files where file.pathExtension == "swift" {
      let source = try String(contentsOf: file, encoding: .utf8)
      let suite = file.deletingPathExtension().lastPathComponent
      let names =
        source.matches(of: /@Test\(\s*"((?:[^"\\]|\\.)*)"/).map(\.output.1)
        + source.matches(of: /@Test[^`"{]*func `([^`]+)`/).map(\.output.1)
      for name in names {
        for rule in rules(in: String(name)) { result[rule, default: []].insert("`\(suite)`") }
      }
    }
    for scenario in ScenarioTests.all {
      for rule in rules(in: scenario.rules.joined(separator: " ")) {
        result[rule, default: []].insert("[\(scenario.name)](../Tests/Scenarios/\(scenario.name)/README.md)")
      }
    }
    return result.mapValues { $0.sorted() }
  }

  @Test("the page has every rule from R1 to R124 once, and names the tests and scenarios that carry its number")
  func isInStep() throws {
    let lines = try Self.lines()
    let proofs = try Self.proofs()
    var rows: [Row] = []
    let wanted = lines.map { line -> String in
      guard var row = Row(line) else { return line }
      row.proof = (proofs[row.number] ?? []).joined(separator: ", ")
      rows.append(row)
      return row.line
    }
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try wanted.joined(separator: "\n").write(to: Self.page, atomically: true, encoding: .utf8)
    } else {
      #expect(lines == wanted, "RECORD=1 swift test --filter RuleListTests writes the last column anew")
    }
    #expect(rows.map(\.number) == Array(1...124))
    for row in rows {
      #expect(!row.text.isEmpty && !row.place.isEmpty, "R\(row.number)")
      #expect(!row.isApplicable || !row.proof.isEmpty, "R\(row.number) is kept somewhere and proven nowhere")
    }
  }

  @Test("the types that the page names are there")
  func namesWhatIsThere() throws {
    let sources = Binary.repository.appendingPathComponent("Sources")
    let files =
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
    let names = Set(files.filter { $0.pathExtension == "swift" }.map { $0.deletingPathExtension().lastPathComponent })
    let text = try files.filter { $0.pathExtension == "swift" }.map { try String(contentsOf: $0, encoding: .utf8) }
      .joined()
    for row in try Self.lines().compactMap(Row.init) where row.isApplicable {
      for match in row.place.matches(of: /`([^`]+)`/) {
        let name = String(match.output.1)
        let type = name.components(separatedBy: ".").first ?? name
        let isFile = name.hasSuffix(".csv") || names.contains(type)
        #expect(
          isFile || text.contains(" \(type) ") || text.contains(" \(type):") || text.contains(" \(type)("),
          "R\(row.number): \(name)")
      }
    }
  }
}
