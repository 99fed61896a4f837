import Foundation
import Testing

@testable import bench

/// The suite plays every night of every round, ours and each peer in turn, on the same files.
@Suite("Suite of the bench")
struct SuiteTests {
  @Test("Two rounds of all nights, the peers in between, and later nights in the last round alone")
  func nights() throws {
    try withPrograms { programs in
      let report = try programs.suite(nights: 4, rounds: 2, peers: [.duckdb, .polars]).run([5])
      let size = try #require(report.sizes.first)
      let ours = size.figures.filter { $0.who == SizeFigures.ours }
      #expect(ours.map(\.night) == [.first, .quiet, .changed, .waiting, .replan])
      #expect(ours.allSatisfy { $0.rounds.count == 2 })
      #expect(size.cost(SizeFigures.ours, .changed)?.requests == 2)
      #expect(size.cost(SizeFigures.ours, .changed)?.stages == ["judge": 1.5])
      #expect(size.cost(SizeFigures.ours, .quiet)?.state == 7)
      #expect(size.figures.filter { $0.who == "DuckDB" }.map(\.rounds.count) == [2, 2, 2, 2])
      #expect(size.later.map(\.night) == [3, 4])
      #expect(size.agreement == "all found the same 3 changed cells")
      #expect(size.files == FileSizes(referrals: 3, opportunities: 2))
      #expect(report.versions["commit"] == "abc of 2026-11-02" && report.versions["duckdb"] == "duckdb 9")
      #expect(try programs.calls == SuiteTests.calls)
    }
  }

  /// Which export each program was given, in the order of the calls of two rounds.
  private static let calls =
    ["export 1", "export 2"] + round + ["replan edited"] + round
    + ["replan edited", "export 3", "plan n3", "export 4", "plan n4"]
  private static let round = [
    "plan n1", "duckdb n1", "plan n1", "duckdb n1", "plan n2", "duckdb n2", "plan n2", "duckdb n2",
  ]

  @Test("A peer that fails is left out from then on, and the report says why")
  func failing() throws {
    try withPrograms { programs in
      let size = try #require(try programs.suite(nights: 2, rounds: 2, peers: [.polars]).run([5]).sizes.first)
      #expect(size.leftOut["Polars"]?.contains("with_polars.py") == true)
      #expect(size.leftOut["Polars"]?.hasSuffix("ended with status 1") == true)
      #expect(!size.figures.contains { $0.who == "Polars" })
      #expect(size.agreement == nil)
    }
  }

  @Test("Without Python the peers are left out, and nothing else is missing")
  func withoutPython() throws {
    try withPrograms { programs in
      let suite = programs.suite(nights: 2, rounds: 1, peers: [.duckdb, .sqlite], hasPython: false)
      let size = try #require(try suite.run([5]).sizes.first)
      #expect(size.leftOut == ["DuckDB": "there is no Python with it", "sqlite3": "there is no Python with it"])
      #expect(size.figures.map(\.night) == [.first, .quiet, .changed, .waiting, .replan])
    }
  }

  private func withPrograms(_ body: (Programs) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suite-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(Programs(in: folder))
  }
}

/// Programs that play `reconcile` and Python, and note how they are called.
private struct Programs {
  private let folder: URL
  private var log: URL { folder.appendingPathComponent("calls") }
  private var binary: String { folder.appendingPathComponent("reconcile").path }
  private var python: String { folder.appendingPathComponent("python").path }

  init(in folder: URL) throws {
    self.folder = folder
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try script(
      binary,
      """
      case $1 in
      --version) echo "reconcile 9.9"; echo "commit      abc of 2026-11-02" ;;
      sandbox)
        echo "export ${11}" >> \(log.path)
        mkdir -p "$9/salesforce"; echo '{}' > "$9/referrals.json"; echo x > "$9/salesforce/Opportunity.csv" ;;
      plan)
        if [ "$2" = --replan ]; then
          grep -q Opportunity.Description,always,never, "$5/mappings/fields.csv" && echo "replan edited" >> \(log.path)
        else
          grep -q Opportunity.Description,always,always, "$4/mappings/fields.csv" || exit 1
          echo "plan $(basename "$(dirname "$6")")" >> \(log.path)
          mkdir -p "$4/state" "$4/reports/latest"; echo ledger > "$4/state/ledger.sqlite"
          echo '{"requests":{"salesforce":2},"milliseconds":{"judge":1500}}' > "$4/reports/latest/summary.json"
        fi ;;
      esac
      """)
    try script(
      python,
      """
      case $1 in
      --version) echo "Python 9" ;;
      *same_cells.py) echo "all found the same 3 changed cells" ;;
      *with_duckdb.py)
        if [ "$2" = --version ]; then echo "duckdb 9"; exit; fi
        echo "duckdb $(basename "$(dirname "$2")")" >> \(log.path); mkdir -p "$4" "$5" ;;
      *) exit 1 ;;
      esac
      """)
  }

  func suite(nights: Int, rounds: Int, peers: [Peer], hasPython: Bool = true) -> Suite {
    Suite(
      binary: binary, nights: nights, rounds: rounds, peers: peers, python: hasPython ? python : nil, data: nil,
      folder: folder.appendingPathComponent("scratch"))
  }

  /// What was called, line by line.
  var calls: [String] {
    get throws { try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map(String.init) }
  }

  /// A copy by another process: one that this process had open for writing could not be started while any test forks.
  private func script(_ path: String, _ text: String) throws {
    try Data("#!/bin/sh\n\(text)\n".utf8).write(to: URL(fileURLWithPath: path + ".text"))
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path + ".text")
    _ = try Measured.run("/bin/cp", [path + ".text", path])
  }
}
