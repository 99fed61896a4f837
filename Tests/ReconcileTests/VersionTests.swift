import Foundation
import Testing

@testable import reconcile

/// `--version`: what a report of a problem should begin with.
@Suite("--version")
struct VersionTests {
  @Test("The release in the first line, then the build and what it runs with")
  func text() throws {
    let result = try Command(
      ["--version"], in: FileManager.default.temporaryDirectory, environment: Workbench.environment
    ).wait()
    #expect(result.status == 0 && result.err.isEmpty)
    #expect(result.lines.first == "reconcile \(BuildFacts.version)")
    let expected = [
      #"commit      (unknown, for the build was not told|[0-9a-f]{12}(-dirty)?( of \d{4}-\d{2}-\d{2})?)"#,
      #"built with  Swift \d+\.\d+(\.\d+)?( or later)?, (optimised|for debugging)"#,
      #"runs with   libcurl [\d.]+ with \S+, SQLite 3\.\d+\.\d+, simdjson [\d.]+ \(\w+\), libcsv 3\.\d+\.\d+"#,
      #"runs on     .+, (x86_64|arm64)"#,
    ]
    #expect(result.lines.count == expected.count + 1, "\(result)")
    for (line, pattern) in zip(result.lines.dropFirst(), expected) {
      #expect(try Regex(pattern).wholeMatch(in: line) != nil, "\(line)")
    }
  }

  @Test(
    "The commit as the build was told it",
    arguments: [
      ("", "", "unknown, for the build was not told"), ("1a2b3c4d5e6f", "2026-11-02", "1a2b3c4d5e6f of 2026-11-02"),
      ("1a2b3c4d5e6f-dirty", "", "1a2b3c4d5e6f-dirty"),
    ])
  func commit(told: String, date: String, expected: String) {
    #expect(BuildFacts.commit(told, of: date) == expected)
  }

  @Test("The compiler as the build was told it, else as far as the sources can tell")
  func compiler() {
    #expect(BuildFacts.compiler("6.3.1") == "6.3.1")
    #expect(BuildFacts.compiler("").hasPrefix("6."))
  }
}
