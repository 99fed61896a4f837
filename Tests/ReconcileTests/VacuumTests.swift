import Foundation
import JSON
import Testing

/// Old runs leave the workspace: after a night, and by `reconcile vacuum`.
@Suite("Retention")
struct VacuumTests {
  /// A workspace with so many nights, each with something to write, and nothing removed.
  private static func bench(nights: Int) throws -> Workbench {
    let bench = try Workbench(.init(seed: 7, referrals: 12, opportunities: 14))
    try bench.settle()
    let pair = try #require(try bench.sandbox.linkedPairs().first)
    for night in 0..<nights {
      try bench.sandbox.edit(opportunity: pair.opportunity, "Amount", .number("\(50_000 + night)"))
      let result = try bench.night()
      #expect(result.status == 0 && result.isSilent, "\(result)")
    }
    bench.environment["RECONCILE_RETENTION_RUNS"] = "2"
    return bench
  }

  @Test("a night keeps so many runs, their reports, and what both sides agreed on")
  func afterANight() throws {
    let bench = try Self.bench(nights: 3)
    let before = try bench.reportFolders()
    let keep = ["RECONCILE_RETENTION_RUNS": "2"]
    let night = try bench.night(with: keep)
    #expect(night.status == 0 && night.isSilent, "\(night)")
    #expect(try bench.runStates().count == 2)
    let left = try bench.reportFolders()
    #expect(left.count == 2 && left.contains(where: before.contains))
    #expect(try bench.reconcile("plan", "--detailed-exitcode").status == 0)
    #expect(try bench.reconcile("verify").status == 0)
    // A folder that a death left behind goes with the next night; somebody else's stays.
    let gone = try #require(before.first { !left.contains($0) })
    for name in [gone, "20200101T000000Z-else"] {
      try FileManager.default.createDirectory(at: bench.path("reports/" + name), withIntermediateDirectories: true)
    }
    _ = try bench.night(with: keep)
    let folders = try bench.reportFolders()
    #expect(!folders.contains(gone) && folders.contains("20200101T000000Z-else") && folders.count == 3)
  }

  @Test("a removed run is named as such by every command that asks for it")
  func removedRun() throws {
    let bench = try Self.bench(nights: 2)
    let gone = try #require(try bench.runNames().first)
    #expect(try bench.reconcile("vacuum").status == 0)
    for command in [["show", gone], ["undo", gone], ["apply", gone], ["plan", "--replan", gone]] {
      let result = try bench.start(command).wait()
      let message = try Regex(
        "reconcile: E631: the run \(gone) was removed on [0-9-]{10}, as retention.runs asks\n"
          + "  fix: `reconcile runs` lists the runs that are left\n")
      #expect(result.status == 64 && result.out.isEmpty, "\(result)")
      #expect(result.err.wholeMatch(of: message) != nil, "\(result)")
    }
    let pair = try #require(try bench.sandbox.linkedPairs().first)
    let life = try bench.reconcile("record", pair.opportunity)
    #expect(life.status == 0 && life.err.contains(/\d+ earlier runs were removed \(retention.runs\), with what they/))
    #expect(try bench.reconcile("runs").err.contains(/\d+ earlier runs were removed/))
  }

  @Test("--dry-run tells what vacuum then does, and leaves everything as it was")
  func rehearsal() throws {
    let bench = try Self.bench(nights: 4)
    let folders = try bench.reportFolders()
    let runs = try bench.runs()
    let names = try bench.runNames()
    let told = try JSONValue(
      parsing: bench.reconcile("vacuum", "--dry-run", "--json").out.trimmingCharacters(in: .newlines))
    #expect(try bench.runs() == runs && bench.reportFolders() == folders)
    let done = try JSONValue(parsing: bench.reconcile("vacuum", "--json").out.trimmingCharacters(in: .newlines))
    for name in ["runs", "rows", "report_folders", "report_bytes", "ledger_bytes_before"] {
      #expect(told[name] == done[name] && done[name] != nil, "\(name)")
    }
    #expect(told["dry_run"] == true && done["dry_run"] == false)
    #expect(done["runs"]?.arrayValue?.compactMap(\.stringValue) == Array(names.dropLast(2)))
    let after = try #require(done["ledger_bytes_after"]?.numberText.flatMap { Int($0) })
    let length = try FileManager.default.attributesOfItem(atPath: bench.path("state/ledger.sqlite").path)[.size]
    #expect((length as? NSNumber)?.intValue == after)
    let before = try #require(done["ledger_bytes_before"]?.numberText.flatMap { Int($0) })
    #expect(after < before)
    #expect(try bench.reconcile("plan", "--detailed-exitcode").status == 0)
    let again = try bench.reconcile("vacuum")
    #expect(again.status == 0 && again.out.contains("No run is older") == false, "\(again)")
    #expect(try bench.reconcile("vacuum").out.contains("No run is older than those that are kept."))
  }

  @Test("retention.reports keeps reports longer than their runs; an undo of a run that stays still works")
  func reportsLonger() throws {
    let bench = try Self.bench(nights: 4)
    bench.environment["RECONCILE_RETENTION_REPORTS"] = "4"
    #expect(try bench.reconcile("vacuum").status == 0)
    #expect(try bench.reportFolders().count == 4 && bench.runNames().count == 2)
    let pair = try #require(try bench.sandbox.linkedPairs().first)
    #expect(try bench.reconcile("undo", bench.newestRun()).status == 0)
    #expect(try bench.reconcile("apply").status == 0)
    #expect(try bench.sandbox.referral(pair.referral)?.at("details.dealValue")?.numberText == "50002")
  }

  @Test(
    "a death or a full disk anywhere within vacuum loses nothing, and the next one finishes",
    arguments: ["kill", "full"])
  func struck(by cause: String) throws {
    let bench = try Self.bench(nights: 3)
    let kept = bench.path("kept")
    try FileManager.default.createDirectory(at: kept, withIntermediateDirectories: true)
    for name in ["state", "reports"] {
      try FileManager.default.copyItem(at: bench.path(name), to: kept.appendingPathComponent(name))
    }
    func restore() throws {
      for name in ["state", "reports"] {
        try FileManager.default.removeItem(at: bench.path(name))
        try FileManager.default.copyItem(at: kept.appendingPathComponent(name), to: bench.path(name))
      }
    }
    let steps = try bench.struck(["vacuum"], .none, cause == "kill" ? .all : .disk).count.steps
    let runs = try bench.runs()
    let folders = try bench.reportFolders()
    #expect(steps > 20 && runs.count == 2)
    var struck = 0
    for step in stride(from: 1, through: steps, by: max(1, steps / 12)) {
      try restore()
      let strike: Strike = cause == "kill" ? .kill(.before, step) : .fail(.from, step, .full)
      let (result, count) = try bench.struck(["vacuum"], strike, cause == "kill" ? .all : .disk)
      struck += count.struck > 0 ? 1 : 0
      if cause == "full" { #expect([0, 1].contains(result.status), "\(step): \(result)") }
      if result.status == 1 { #expect(result.err.contains(/E504|E525/), "\(step): \(result)") }
      #expect(try bench.reconcile("vacuum").status == 0, "\(step)")
      #expect(try bench.runs() == runs && bench.reportFolders() == folders, "\(step)")
    }
    print("vacuum, \(cause): \(steps) steps, \(struck) struck")
    #expect(struck > 8)
    #expect(try bench.reconcile("plan", "--detailed-exitcode").status == 0)
  }
}
