import Foundation
import JSON
import Testing

/// `reconcile run`, as cron calls it.
@Suite("run: the night")
struct NightTests {
  /// A workspace in which both sides agree.
  private func settled() throws -> Workbench {
    let bench = try Workbench()
    try bench.settle()
    return bench
  }

  private func conflict(_ bench: Workbench, _ first: JSONValue = 80_000, _ second: JSONValue = 95_000) throws {
    let pair = try #require(try bench.sandbox.linkedPairs().first)
    try bench.sandbox.edit(referral: pair.referral, "details.dealValue", first)
    try bench.sandbox.edit(opportunity: pair.opportunity, "Amount", second)
  }

  /// Adds a line to the settings.
  private func set(_ line: String, in bench: Workbench) throws {
    try bench.write(bench.text("mappings/settings.csv") + line + "\n", to: "mappings/settings.csv")
  }

  // MARK: What it does

  @Test("0: what needs nobody is applied, and nothing is printed")
  func quiet() throws {
    let bench = try settled()
    let pair = try #require(try bench.sandbox.linkedPairs().first)
    try bench.sandbox.edit(opportunity: pair.opportunity, "Amount", 95_000)
    let first = try bench.night()
    #expect(first.status == 0 && first.isSilent, "\(first)")
    #expect(try bench.sandbox.referral(pair.referral)?.at("details.dealValue")?.numberText == "95000")
    #expect(try bench.changes().rows.allSatisfy { $0["outcome"] == "applied" })
    try bench.sandbox.emptyLog()
    let second = try bench.night()
    #expect(second.status == 0 && second.isSilent, "\(second)")
    #expect(try bench.sandbox.writes().isEmpty && bench.changes().rows.isEmpty)
    #expect(try bench.runStates().suffix(2) == ["applied", "applied"])
  }

  @Test("4: a conflict waits and is told every night until a person has decided it")
  func waiting() throws {
    let bench = try settled()
    try conflict(bench)
    for _ in 0..<2 {
      let night = try bench.night()
      let folder = bench.folder.path
      let run = try bench.newestRun()
      #expect(night.status == 4 && night.err.isEmpty, "\(night)")
      #expect(
        night.out == """
          Run \(run): 2 held
          2 rows wait for a person, 1 of them a conflict.
          Report: \(folder)/reports/\(run)/report.html
          Go on with: reconcile plan --workspace \(folder), decide its rows, then: reconcile apply --workspace \(folder)

          """)
      #expect(try bench.sandbox.writes().isEmpty)
    }
    let quiet = try bench.night("--quiet")
    #expect(quiet.status == 4 && quiet.isSilent, "\(quiet)")
    _ = try bench.reconcile("plan")
    try bench.decide { $0["action"] == "conflict" ? "salesforce" : "apply" }
    #expect(try bench.reconcile("apply").status == 0)
    let after = try bench.night()
    #expect(after.status == 0 && after.isSilent, "\(after)")
  }

  @Test("What cannot be taken back is held, and what a plan before it left open is in the new one")
  func irreversible() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    let held = Set(try bench.changes().rows.filter { $0["decision"] == "hold" }.map(\.subject))
    let night = try bench.night()
    #expect(night.status == 4, "\(night)")
    let rows = try bench.changes().rows
    #expect(rows.contains { $0.isForGood })
    for row in rows where row["risk"] != "normal" { #expect(row["outcome"] == "held", "\(row)") }
    #expect(rows.contains { $0["outcome"] == "applied" })
    #expect(Set(rows.filter { $0["outcome"] == "held" }.map(\.subject)) == held)
    let account = WriteAccount(log: try bench.sandbox.log(), state: try bench.sandbox.state(), rows: rows)
    #expect(account.writesWithoutRow.isEmpty && account.matched > 0, "\(account.writesWithoutRow)")
  }

  @Test("--approve none plans only; the plan waits for apply")
  func planOnly() throws {
    let bench = try settled()
    let pair = try #require(try bench.sandbox.linkedPairs().first)
    #expect(try bench.night("--approve", "none").status == 0)
    try bench.sandbox.edit(opportunity: pair.opportunity, "Amount", 95_000)
    let night = try bench.night("--approve", "none")
    let run = try bench.newestRun()
    let count = try bench.changes().rows.count
    #expect(night.status == 4, "\(night)")
    #expect(
      night.out == """
        Run \(run): \(count) planned
        \(count) rows wait for a person.
        Report: \(bench.folder.path)/reports/\(run)/report.html
        Go on with: reconcile apply \(run) --workspace \(bench.folder.path), when the rows are decided

        """)
    #expect(try bench.sandbox.writes().isEmpty && bench.runStates().last == "planned")
    #expect(try bench.reconcile("apply", run).status == 0)
    #expect(try !bench.sandbox.writes().isEmpty)
  }

  @Test("What a changed mapping brings is held")
  func changedMapping() throws {
    let bench = try settled()
    try set("Close date time zone,UTC,America/New_York,", in: bench)
    let night = try bench.night()
    #expect(night.status == 4, "\(night)")
    let rows = try bench.changes().rows
    #expect(!rows.isEmpty && rows.allSatisfy { $0["outcome"] == "held" })
    #expect(try bench.sandbox.writes().isEmpty)
  }

  @Test("--json prints one line in every case")
  func json() throws {
    let bench = try settled()
    let quiet = try JSONValue(parsing: try bench.night("--json").out.trimmingCharacters(in: .newlines))
    #expect(
      quiet["message_type"] == "run" && quiet["exit"] == 0 && quiet["waiting"] == 0 && quiet["oldest_conflict"] == .null
    )
    try conflict(bench)
    let line = try JSONValue(parsing: try bench.night("--json").out.trimmingCharacters(in: .newlines))
    #expect(line["exit"] == 4 && line["conflicts"] == 1 && line["outcomes"] == ["held": 2], "\(line.text)")
    #expect(line["run_id"]?.stringValue == (try bench.newestRun()))
    let since = try #require(line["oldest_conflict"]?.stringValue)
    let next = try JSONValue(parsing: try bench.night("--json").out.trimmingCharacters(in: .newlines))
    #expect(next["oldest_conflict"]?.stringValue == since)
  }

  @Test("On a terminal a quiet night is told, in one line")
  func terminal() throws {
    let bench = try settled()
    let shell = "exec /usr/bin/script -qec \"'$0' run\" /dev/null;"
    let result = try bench.start([], shell: shell).wait()
    let run = try bench.newestRun()
    #expect(result.out.contains("Run \(run): both sides agree, nothing to do\r\n"), "\(result)")
  }

  // MARK: How it ends

  @Test("3: rows that a service refused are told, and the next night takes them up")
  func failed() throws {
    let bench = try settled()
    let pair = try #require(try bench.sandbox.linkedPairs().first)
    try bench.sandbox.edit(opportunity: pair.opportunity, "Amount", 95_000)
    try bench.sandbox.faults([
      "side": "partner-center", "method": "PATCH", "then": ["status": 400, "code": "invalidRequest"],
    ])
    let night = try bench.night()
    #expect(night.status == 3, "\(night)")
    #expect(night.out.contains(/\d rows? failed, turned stale or have no known outcome; the next run takes them up./))
    try bench.sandbox.clearFaults()
    let next = try bench.night()
    #expect(next.status == 0 && next.isSilent, "\(next)")
    #expect(try bench.sandbox.referral(pair.referral)?.at("details.dealValue")?.numberText == "95000")
  }

  @Test("5: beyond a safety limit nothing is written; the plan waits for whoever lifts the limit")
  func safetyStop() throws {
    let bench = try settled()
    let pairs = try bench.sandbox.linkedPairs()
    try #require(pairs.count >= 3)
    for pair in pairs.prefix(3) { try bench.sandbox.edit(referral: pair.referral, "details.dealValue", 12_345) }
    let night = try bench.night(with: ["RECONCILE_SAFETY_MAX_UPDATE": "2"])
    #expect(night.status == 5 && night.out.isEmpty && night.err.contains("E607"), "\(night)")
    #expect(try bench.sandbox.writes().isEmpty && bench.runStates().last == "planned")
    #expect(try bench.reconcile("apply", "--allow", "update").status == 0)
    #expect(try bench.night().status == 0)
  }

  @Test("6: one lock is held over plan and apply", arguments: ["plan", "apply"])
  func locked(stage: String) throws {
    let bench = try settled()
    let pair = try #require(try bench.sandbox.linkedPairs().first)
    try bench.sandbox.edit(opportunity: pair.opportunity, "Amount", 95_000)
    try bench.sandbox.emptyLog()
    let method = stage == "plan" ? "GET" : "PATCH"
    try bench.sandbox.faults(["side": "partner-center", "method": .string(method), "then": ["delay_ms": 60_000]])
    let first = try bench.startNight()
    try bench.wait(for: "the request") { try bench.sandbox.log().contains { $0["method"]?.stringValue == method } }
    for command in ["run", "plan", "apply", "vacuum"] {
      let second = try bench.reconcile(command)
      #expect(second.status == 6 && second.out.isEmpty, "\(command): \(second)")
      #expect(second.err.contains("E501") && second.err.contains(", run, since "), "\(command): \(second)")
    }
    first.signal(SIGKILL)
    #expect(try first.wait().status == -SIGKILL)
  }

  @Test(
    "7, 8, 64 and 65 say why, and write nothing",
    arguments: [("secret", 7, "E303"), ("page", 8, "E401"), ("word", 64, "--approve"), ("mapping", 65, "E204")])
  func refused(cause: String, status: Int32, code: String) throws {
    let bench = try settled()
    try conflict(bench)
    let runs = try bench.runs()
    var options: [String] = []
    switch cause {
    case "secret": try bench.write("not-the-secret", to: "secrets/partner-center-client-secret")
    case "page":
      try bench.sandbox.faults([
        "side": "partner-center", "path": "referrals", "times": 99, "then": ["cut_after_bytes": 3000],
      ])
    case "word": options = ["--approve", "irreversible"]
    default: try set("Close date time zone,UTC,Atlantis,", in: bench)
    }
    let night = try bench.startNight(options).wait()
    #expect(night.status == status && night.out.isEmpty && night.err.contains(code), "\(night)")
    #expect(try bench.runs() == runs && bench.sandbox.writes().isEmpty)
  }

  @Test("130 while both sides are read: the ledger is as it was")
  func interruptedInPlan() throws {
    let bench = try settled()
    let runs = try bench.runs()
    try bench.sandbox.emptyLog()
    try bench.sandbox.faults(["path": "referrals|query", "then": ["delay_ms": 1500]])
    let night = try bench.startNight()
    try bench.wait(for: "the first request") { try bench.sandbox.log().contains { $0["side"] != "login" } }
    night.signal(SIGTERM)
    let result = try night.wait()
    #expect(result.status == 130 && result.out.isEmpty, "\(result)")
    #expect(
      result.err == "reconcile: E630: interrupted before anything was applied\n  fix: the next run begins anew\n",
      "\(result)")
    #expect(try bench.runs() == runs)
    try bench.sandbox.clearFaults()
    #expect(try bench.night().status == 0)
  }

  // MARK: An earlier run that was not finished

  @Test(
    "130 within apply, or SIGKILL: the next night finishes that run, plans anew, and writes nothing twice",
    arguments: [SIGTERM, SIGKILL])
  func goesOn(signal: Int32) throws {
    let bench = try Workbench()
    try bench.sandbox.faults(["path": "^[^?]*(sobjects|composite|referrals/)", "nth": 4, "then": ["delay_ms": 3_000]])
    let first = try bench.startNight()
    try bench.wait(for: "the fourth write") { try bench.sandbox.writes().count >= 4 || !first.isRunning }
    first.signal(signal)
    let ended = try first.wait()
    #expect(ended.status == (signal == SIGKILL ? -SIGKILL : 130), "\(ended)")
    if signal == SIGTERM { #expect(ended.err.contains("E630") && ended.err.contains("--resume"), "\(ended)") }
    #expect(try bench.runStates() == ["applying"])
    try bench.sandbox.clearFaults()
    let next = try bench.night()
    #expect([3, 4].contains(next.status) && next.err.isEmpty, "\(next)")
    #expect(try bench.runStates() == ["applied", "applied"])
    let third = try bench.night()
    #expect(third.status == 4, "\(third)")
    #expect(try bench.sandbox.state().at("salesforce.Opportunity")?.arrayValue?.count == Self.expected.get())
  }

  /// How many opportunities there are after the same nights without any death.
  private static let expected = Result {
    let bench = try Workbench()
    for _ in 0..<2 { _ = try bench.night() }
    return try bench.sandbox.state().at("salesforce.Opportunity")?.arrayValue?.count
  }

  @Test("A run that somebody planned past is left as it is")
  func overtaken() throws {
    let bench = try Workbench()
    try bench.sandbox.faults(["path": "^[^?]*(sobjects|composite|referrals/)", "nth": 4, "then": ["delay_ms": 60_000]])
    let first = try bench.startNight()
    try bench.wait(for: "the fourth write") { try bench.sandbox.writes().count >= 4 || !first.isRunning }
    first.signal(SIGKILL)
    _ = try first.wait()
    try bench.sandbox.clearFaults()
    #expect(try bench.reconcile("plan").status == 0)
    #expect([3, 4].contains(try bench.night().status))
    #expect(try bench.runStates() == ["applying", "planned", "applied"])
  }
}
