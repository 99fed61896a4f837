import Foundation
import JSON

/// `plan` is struck; both services stay as they were, older reports stay whole, and the next `plan` gives the plan that it
/// would have given without: the same digest, over rows, snapshots and mapping.
struct PlanTrial {
  private let world: CrashWorld
  private let moment: CrashWorld.Moment
  private let strike: Strike

  init(_ world: CrashWorld, at moment: CrashWorld.Moment, _ strike: Strike) {
    (self.world, self.moment, self.strike) = (world, moment, strike)
  }

  func run() throws -> CrashTrial.Outcome {
    var outcome = CrashTrial.Outcome()
    let bench = try world.bench(at: moment)
    let earlier = try reports(bench)
    let first = try bench.struck(["plan"], strike, strike.kinds)
    outcome.isStruck = first.count.struck > 0
    outcome.steps = first.count.steps
    outcome.violations += Ending(strike, first).violations
    outcome.violations += try ReportCheck(bench).violations()
    outcome.violations += try untouched(earlier, bench)
    let digest = try world.expectation.digests[moment] ?? ""
    if first.result.status == 0, CrashWorld.digest(of: first.result) != digest {
      outcome.violations.append("the struck run says it is done, and has another plan: \(first.result)")
    }
    let next = try bench.reconcile("plan")
    if next.status != 0 || CrashWorld.digest(of: next) != digest {
      outcome.violations.append("the next plan ended so: \(next), not with \(digest)")
    }
    outcome.violations += try ReportCheck(bench).violations() + ReportCheck(bench).leftovers()
    outcome.violations += try bench.sandbox.writes().map { "a plan wrote: \($0.text)" }
    return outcome
  }

  /// The bytes of every report of runs that were over before.
  private func reports(_ bench: Workbench) throws -> [String: Data] {
    let folder = bench.path("reports")
    let runs = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0 != "latest" }
    var reports: [String: Data] = [:]
    for run in runs {
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(run).path) {
        reports["\(run)/\(name)"] = try Data(contentsOf: folder.appendingPathComponent("\(run)/\(name)"))
      }
    }
    return reports
  }

  private func untouched(_ earlier: [String: Data], _ bench: Workbench) throws -> [String] {
    let now = try reports(bench)
    return earlier.filter { now[$0.key] != $0.value }.map { "the report \($0.key) of an earlier run was touched" }
  }
}
