import Foundation
import GRDB
import JSON
import Testing
import Wire

/// From an edit in Partner Center to a plan about just that deal.
@Suite("A plan of just what events named")
struct TouchedRunTests {
  /// A settled workspace whose listener hears the sandbox.
  private func withListener(_ body: (Workbench, Listener) throws -> Void) throws {
    let bench = try Workbench()
    try bench.believeSandbox()
    try bench.settle()
    let listener = try Listener(bench)
    let made = try bench.reconcile("webhook", "register", "--url", listener.url)
    #expect(made.status == 0, "\(made)")
    try body(bench, listener)
  }

  @Test("An edit, its event, a plan of just that; the plan of the night agrees and shows nothing new")
  func wholeWay() throws {
    try withListener { bench, _ in
      let pair = try #require(try bench.sandbox.linkedPairs().first)
      let before = try bench.reconciliation().rows
      try bench.sandbox.edit(referral: pair.referral, "details.dealValue", 4321)
      try bench.wait(for: "the event") { try bench.queued()[pair.referral] == 1 }
      try bench.sandbox.emptyLog()

      let plan = try bench.reconcile("plan", "--touched")
      #expect(plan.status == 0, "\(plan)")
      #expect(plan.err.contains("Looked at 1 referral that 1 event named."))
      let rows = try bench.changes().rows
      #expect(rows.contains { $0["field"] == "Deal value" && $0["new_value"] == "4321" })
      #expect(rows.allSatisfy { $0["referral_id"] == pair.referral })
      #expect(try bench.queued().isEmpty)
      let after = try bench.reconciliation().rows
      #expect(after.count == before.count)
      let changed = zip(before, after).filter { old, new in
        ["status", "referral_id", "opportunity_id", "reason_code", "changes"].contains { old[$0] != new[$0] }
      }
      #expect(changed.map(\.1["referral_id"]) == [pair.referral])

      // Few requests, whatever the number of deals, and no list of them.
      let log = try bench.sandbox.log()
      #expect(log.count <= 24, "\(log.map { "\($0["method"]?.stringValue ?? "") \($0["path"]?.stringValue ?? "")" })")
      #expect(log.allSatisfy { $0["write"] != true })
      #expect(!log.contains { $0["query"]?.stringValue?.contains("orderby") == true })
      let singly = log.filter { $0["path"]?.stringValue?.hasSuffix("/referrals/\(pair.referral)") == true }
      #expect(singly.count == 1)

      // No other record was ended or stored anew.
      let ledger = try DatabaseQueue(path: bench.path("state/ledger.sqlite").path)
      let ended = try ledger.read { database in
        try String.fetchAll(
          database, sql: "SELECT id FROM record WHERE end_run = (SELECT max(number) FROM run) AND kind IN (1, 2)")
      }
      try ledger.close()
      #expect(ended == [pair.referral])

      let night = try bench.reconcile("plan")
      #expect(night.status == 0, "\(night)")
      #expect(try bench.changes().rows.map(Self.essence) == rows.map(Self.essence))
      #expect(try bench.reconcile("apply").status == 0)
      let quiet = try bench.reconcile("plan", "--detailed-exitcode")
      #expect(quiet.status == 0, "\(quiet)")
    }
  }

  @Test("The plan is applied like any other, and the event of the own write brings nothing")
  func applied() throws {
    try withListener { bench, _ in
      let pairs = try bench.sandbox.linkedPairs()
      let pair = try #require(pairs.first)
      try bench.sandbox.edit(opportunity: pair.opportunity, "Amount", 7654)
      // Salesforce raises no event; one about the same deal brings its other side along.
      try bench.sandbox.edit(referral: pair.referral, "details.notes", "Seen")
      try bench.wait(for: "the event") { try bench.queued()[pair.referral] == 1 }
      #expect(try bench.reconcile("plan", "--touched").status == 0)
      let apply = try bench.reconcile("apply")
      #expect(apply.status == 0, "\(apply)")
      #expect(try bench.sandbox.referral(pair.referral)?.at("details.dealValue")?.numberText == "7654")
      // The write raised an event of its own.
      try bench.wait(for: "the event of the write") { try bench.queued()[pair.referral] != nil }
      let again = try bench.reconcile("plan", "--touched", "--detailed-exitcode")
      #expect(again.status == 0, "\(again)")
      #expect(try bench.changes().rows.isEmpty)
      #expect(try bench.reconcile("plan", "--detailed-exitcode").status == 0)
    }
  }

  @Test("run --touched plans and applies just what events named, and leaves metrics and notices to the night")
  func unattended() throws {
    try withListener { bench, _ in
      let pair = try #require(try bench.sandbox.linkedPairs().first)
      try bench.write(try bench.text("reconcile.yaml") + "\nmetrics:\n  file: metrics.prom\n", to: "reconcile.yaml")
      try bench.sandbox.edit(referral: pair.referral, "details.dealValue", 4321)
      try bench.wait(for: "the event") { try bench.queued()[pair.referral] == 1 }
      let run = try bench.reconcile("run", "--touched")
      #expect(run.status == 0 && run.out.isEmpty && run.err.isEmpty, "\(run)")
      #expect(try bench.sandbox.opportunity(pair.opportunity)?["Amount"]?.numberText?.hasPrefix("4321") == true)
      let outcomes = try bench.changes().rows.map { $0["outcome"] }
      #expect(!outcomes.isEmpty && outcomes.allSatisfy { $0 == "applied" })
      #expect(try bench.queued()[pair.referral] == nil)
      #expect(!FileManager.default.fileExists(atPath: bench.path("metrics.prom").path))
      let idle = try bench.reconcile("run", "--touched")
      #expect(idle.status == 0 && idle.out.isEmpty && idle.err.isEmpty, "\(idle)")
      let night = try bench.reconcile("run")
      #expect(night.status == 0, "\(night)")
      #expect(FileManager.default.fileExists(atPath: bench.path("metrics.prom").path))
    }
  }

  @Test("Nothing waits: no plan, no request, no lock")
  func nothingWaits() throws {
    let bench = try Workbench(.init(referrals: 4, opportunities: 4))
    _ = try bench.reconcile("plan")
    let runs = try bench.runs()
    try bench.sandbox.emptyLog()
    let idle = try bench.reconcile("plan", "--touched")
    #expect(idle.status == 0 && idle.out.isEmpty && idle.err == "No event waits.\n", "\(idle)")
    #expect(try bench.sandbox.log().isEmpty)
    #expect(try bench.runs() == runs)
    #expect(!FileManager.default.fileExists(atPath: bench.path("state/touched.sqlite").path))
  }

  @Test("A full plan covers what waits; an event that came before it is not looked at again")
  func fullPlan() throws {
    try withListener { bench, listener in
      let pair = try #require(try bench.sandbox.linkedPairs().first)
      try bench.sandbox.edit(referral: pair.referral, "name", "Renamed")
      try bench.wait(for: "the event") { try bench.queued()[pair.referral] == 1 }
      #expect(try bench.reconcile("plan").status == 0)
      #expect(try bench.queued().isEmpty)
      listener.stop(SIGTERM)
    }
  }

  @Test("A referral that is not there is told and left alone; a failed run leaves the events where they are")
  func missingAndFailed() throws {
    try withListener { bench, listener in
      let gone = "11111111-2222-4333-8444-000000000404"
      let call = try bench.signed(Workbench.event(referral: gone), to: listener.url)
      try Self.send(call)
      try bench.sandbox.faults(["side": "partner-center", "path": "/referrals/", "times": 100, "then": ["status": 403]])
      let failed = try bench.reconcile("plan", "--touched")
      #expect(failed.status == 7, "\(failed)")
      #expect(try bench.queued() == [gone: 1])
      try bench.sandbox.clearFaults()
      let plan = try bench.reconcile("plan", "--touched")
      #expect(plan.status == 0, "\(plan)")
      #expect(plan.err.contains("The referral \(gone) is not there, or not for this user to see."))
      #expect(try bench.changes().rows.isEmpty && bench.queued().isEmpty)
    }
  }

  @Test("Without a full plan by today's mapping the events stay queued, and the code says what is needed")
  func needsFullPlan() throws {
    try withListener { bench, listener in
      let pair = try #require(try bench.sandbox.linkedPairs().first)
      try Self.send(try bench.signed(Workbench.event(referral: pair.referral), to: listener.url))
      try bench.addStarterMappings()
      let refused = try bench.reconcile("plan", "--touched")
      #expect(refused.status == 5 && refused.err.contains("E643"), "\(refused)")
      #expect(try bench.queued() == [pair.referral: 1])
    }
  }

  @Test("Events about Microsoft's record lead to the own deal")
  func related() throws {
    try withListener { bench, _ in
      let pair = try #require(try bench.sandbox.linkedPairs().first)
      _ = try bench.sandbox.call(.post, "microsoft", ["referral_id": .string(pair.referral), "action": "invite"])
      _ = try bench.reconcile("plan")
      try bench.wait(for: "the events to rest") { try bench.queued().isEmpty || bench.reconcile("plan").status == 0 }
      let accepted: JSONValue = ["referral_id": .string(pair.referral), "action": "accept"]
      let answer = try bench.sandbox.call(.post, "microsoft", accepted)
      let theirs = try #require(answer["id"]?.stringValue)
      try bench.wait(for: "the event") { try bench.queued()[theirs] != nil }
      let plan = try bench.reconcile("plan", "--touched")
      #expect(plan.status == 0, "\(plan)")
      let own = try #require(try bench.reconciliation().rows.first { $0["referral_id"] == pair.referral })
      #expect(own["status"]?.isEmpty == false)
      let rows = try bench.changes().rows.map(Self.essence)
      #expect(try bench.reconcile("plan").status == 0)
      #expect(try bench.changes().rows.map(Self.essence) == rows)
    }
  }

  private static func send(_ call: HookCall) throws {
    let answer = try HookWire.send(call)
    #expect(answer == 200)
  }

  /// A row of a plan without what differs from run to run.
  private static func essence(_ row: Report.Row) -> [String?] {
    ["action", "direction", "referral_id", "opportunity_id", "field", "new_value", "risk", "reason_code", "decision"]
      .map { row[$0] }
  }
}
