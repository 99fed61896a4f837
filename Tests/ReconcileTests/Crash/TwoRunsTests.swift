import Foundation
import JSON
import Testing

/// Two runs at once, and signals: what a person at a terminal and a clock that strikes twice can do.
@Suite("Two runs, and signals")
struct TwoRunsTests {
  @Test("of two runs at once the second ends at once with 6, and names the first")
  func twoAtOnce() throws {
    let rounds = CrashWish.isWhole ? 100 : 5
    let bench = try Workbench(.init(seed: 7, referrals: 8, opportunities: 8, latency: 20))
    var refused = 0
    var done = 0
    for _ in 0..<rounds {
      let both = [try bench.start(["plan"]), try bench.start(["plan"])]
      let results = try both.map { try $0.wait() }
      #expect(results.contains { $0.status == 0 }, "\(results)")
      for result in results where result.status != 0 {
        refused += 1
        #expect(result.status == 6 && result.err.contains("E501"), "\(result)")
        #expect(result.err.contains(/pid \d+, plan, since/), "\(result)")
      }
      done += results.count { $0.status == 0 }
    }
    #expect(refused > rounds / 2, "\(refused) of \(rounds)")
    #expect(try bench.runs().count == done)
    if CrashWish.isWhole { print("crash: two runs at once, \(rounds) times: \(refused) refused") }
  }

  @Test(
    "the first signal lets the request in flight end, a second one ends the process at once",
    arguments: [
      (SIGINT, SIGINT), (SIGINT, SIGTERM), (SIGTERM, SIGTERM), (SIGTERM, SIGINT),
    ])
  func signals(first: Int32, second: Int32) throws {
    let bench = try Workbench(.init(seed: 7, referrals: 12, opportunities: 14))
    _ = try bench.reconcile("plan")
    try bench.decideAll()
    try bench.sandbox.emptyLog()
    try bench.sandbox.faults(["path": "^[^?]*(sobjects|composite)", "nth": 4, "then": ["delay_ms": 90_000]])
    let apply = try bench.start(["apply"])
    try bench.wait(for: "the delayed request") {
      try bench.sandbox.log().count { $0["path"]?.stringValue?.contains(/sobjects|composite/) == true } >= 4
    }
    apply.signal(first)
    usleep(300_000)
    #expect(apply.isRunning, "the request in flight was cut short")
    let asked = Date()
    apply.signal(second)
    let result = try apply.wait()
    #expect(result.status == 130, "\(result)")
    #expect(Date().timeIntervalSince(asked) < 80)
    try bench.sandbox.clearFaults()
    #expect(try [0, 3].contains(bench.reconcile("apply", "--resume").status))
    try CrashWorld.comeToRest(bench)
  }

  @Test("SIGTERM ends with 130 in good order; --resume finishes")
  func terminated() throws {
    let bench = try Workbench(.init(seed: 7, referrals: 12, opportunities: 14))
    _ = try bench.reconcile("plan")
    try bench.decideAll()
    try bench.sandbox.faults(["probability": 1, "then": ["delay_ms": 30]])
    let apply = try bench.start(["apply"])
    try bench.wait(for: "the second write") { try bench.sandbox.writes().count >= 2 }
    apply.signal(SIGTERM)
    let result = try apply.wait()
    #expect(result.status == 130 && result.err.contains("--resume"), "\(result)")
    try bench.sandbox.clearFaults()
    #expect(try [0, 3].contains(bench.reconcile("apply", "--resume").status))
    try CrashWorld.comeToRest(bench)
  }
}
