import Foundation
import Testing

/// The folders of `Tests/Scenarios`, each played by `scripts/scenario` as a person would play it.
@Suite("Scenarios")
struct ScenarioTests {
  /// One situation: what is said of it, and what is played.
  struct Scenario: CustomTestStringConvertible, Sendable {
    let name: String
    let lines: [String]

    /// The first line of its description.
    var title: String { lines.first.map { String($0.drop { "# ".contains($0) }) } ?? "" }

    /// The rules that it shows, as the last line of its description names them.
    var rules: [String] {
      let last = lines.last { !$0.isEmpty } ?? ""
      guard last.hasPrefix("Rules: ") else { return [] }
      return last.dropFirst(7).split(separator: " ").map(String.init)
    }

    var testDescription: String { "\(rules.joined(separator: " ")): \(title) (\(name))" }
  }

  static let folder = Binary.repository.appendingPathComponent("Tests/Scenarios")

  /// All scenarios, by name.
  static let all: [Scenario] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().map { name in
      let file = folder.appendingPathComponent(name).appendingPathComponent("README.md")
      let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
      return Scenario(name: name, lines: text.components(separatedBy: "\n"))
    }
  }()

  @Test("every scenario brings what it expects", arguments: all)
  func plays(_ scenario: Scenario) throws {
    let result = try Self.play(scenario.name)
    #expect(result.status == 0, "\(result.output)")
  }

  @Test("at least forty situations, each told in words, with a script, its rules and what it expects")
  func areComplete() throws {
    #expect(Self.all.count >= 40)
    for scenario in Self.all {
      #expect(!scenario.title.isEmpty, "\(scenario.name)")
      #expect(!scenario.rules.isEmpty, "\(scenario.name) names no rule in the last line of its README.md")
      #expect(scenario.rules.allSatisfy { Int($0.dropFirst()).map((1...124).contains) ?? false }, "\(scenario.name)")
      for part in ["script", "expected"] {
        let path = Self.folder.appendingPathComponent(scenario.name).appendingPathComponent(part).path
        #expect(FileManager.default.fileExists(atPath: path), "\(scenario.name) has no \(part)")
      }
    }
  }

  @Test("each setting of the connector has its scenario")
  func settingsOfTheConnector() {
    let names = Self.all.map(\.name).filter { $0.hasPrefix("setting-") }
    #expect(
      names == [
        "setting-active-stage", "setting-check-mark", "setting-country-code", "setting-currency", "setting-deal-value",
        "setting-on-hold-stage", "setting-sync-co-sell-opportunity",
      ])
  }

  @Test("docs/scenarios.md lists every scenario with its rules")
  func isListed() throws {
    let page = Binary.repository.appendingPathComponent("docs/scenarios.md")
    let mark = "## All scenarios\n\n"
    let text = try String(contentsOf: page, encoding: .utf8)
    let head = try #require(text.range(of: mark)).upperBound
    let table = Self.all.map {
      "| [\($0.name)](../Tests/Scenarios/\($0.name)/README.md) | \($0.title) | \($0.rules.joined(separator: " ")) |"
    }
    let wanted = (["| scenario | what it shows | rules |", "|---|---|---|"] + table).joined(separator: "\n") + "\n"
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try (text[..<head] + wanted).write(to: page, atomically: true, encoding: .utf8)
    } else {
      #expect(text[head...] == wanted, "RECORD=1 swift test --filter ScenarioTests writes the list anew")
    }
  }

  @Test("a difference fails, and names the file")
  func canFail() throws {
    let copy = FileManager.default.temporaryDirectory.appendingPathComponent("scenarios-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: copy) }
    let name = "unknown-category"
    try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: Self.folder.appendingPathComponent(name), to: copy.appendingPathComponent(name))
    let golden = copy.appendingPathComponent("\(name)/expected/night/reconciliation.csv")
    let text = try String(contentsOf: golden, encoding: .utf8)
    try text.replacingOccurrences(of: "E701", with: "E702").write(to: golden, atomically: true, encoding: .utf8)
    let result = try Self.play(name, in: copy)
    #expect(result.status == 1)
    #expect(result.output.contains("expected/night/reconciliation.csv"), "\(result.output)")
  }

  /// Plays one scenario with the program under test.
  private static func play(_ name: String, in scenarios: URL = folder) throws -> (status: Int32, output: String) {
    let output = FileManager.default.temporaryDirectory.appendingPathComponent("scenario-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: output) }
    try Data().write(to: output)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = [Binary.repository.appendingPathComponent("scripts/scenario").path, name]
    process.environment = Workbench.environment.filter { $0.key != "RECORD" }.merging([
      "RECONCILE": Binary.reconcile.path, "SCENARIOS": scenarios.path,
    ]) { $1 }
    process.standardInput = FileHandle.nullDevice
    let handle = try FileHandle(forWritingTo: output)
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try String(contentsOf: output, encoding: .utf8))
  }
}
