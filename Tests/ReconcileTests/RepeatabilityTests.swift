import Foundation
import Testing

/// The same input gives the same bytes, the run's name aside.
@Suite("The same snapshots, planned twice")
struct RepeatabilityTests {
  @Test("From the services, twice in a row")
  func fromServices() throws {
    let bench = try Workbench()
    let first = try planned(bench, "plan", "--json")
    let second = try planned(bench, "plan", "--json")
    #expect(first.changes.count > 1000)
    #expect(first == second)
    #expect(try Set(bench.runs().map { $0.contains(first.digest) }) == [true])
  }

  @Test("From exported files, in two workspaces")
  func fromFiles() throws {
    let exports = try Exports(referrals: 60, opportunities: 50)
    let plans = try (0..<2).map { _ in
      let workspace = try exports.workspace()
      let result = try exports.reconcile(["plan", "--json"] + exports.sources, in: workspace)
      #expect(result.status == 0, "\(result)")
      return try Plan(result, reports: workspace.appendingPathComponent("reports/latest"))
    }
    #expect(plans[0].changes.count > 1000)
    #expect(plans[0] == plans[1])
  }

  private func planned(_ bench: Workbench, _ arguments: String...) throws -> Plan {
    let result = try bench.start(arguments).wait()
    #expect(result.status == 0, "\(result)")
    return try Plan(result, reports: bench.path("reports/latest"))
  }
}

/// What a plan came to, without the name of its run.
struct Plan: Equatable {
  let digest: String
  let changes: [UInt8]
  let reconciliation: [UInt8]

  init(_ result: Command.Result, reports: URL) throws {
    let line = try #require(result.lines.first)
    digest = try #require(line.firstMatch(of: /"plan_digest":"([0-9a-f]{64})"/).map { String($0.1) })
    let run = try #require(line.firstMatch(of: /"run_id":"([^"]+)"/).map { String($0.1) })
    func bytes(_ name: String) throws -> [UInt8] {
      let text = try String(contentsOf: reports.appendingPathComponent(name), encoding: .utf8)
      return Array(text.replacingOccurrences(of: run, with: "RUN").utf8)
    }
    changes = try bytes("changes.csv")
    reconciliation = try bytes("reconciliation.csv")
  }
}
