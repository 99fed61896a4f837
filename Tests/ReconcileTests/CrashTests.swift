import Foundation
import JSON
import Testing

/// The process of apply ends in the middle: by Ctrl-C in good order, by SIGKILL without any.
@Suite("apply ends early, and --resume goes on")
struct CrashTests {
  @Test("SIGINT ends with 130; --resume finishes, and nothing is written twice")
  func interrupted() throws {
    let bench = try begun()
    let apply = try bench.start(["apply"])
    try bench.wait(for: "the third write") { try bench.sandbox.writes().count >= 3 }
    apply.signal(SIGINT)
    let result = try apply.wait()
    #expect(result.status == 130, "\(result)")
    #expect(result.err.contains("--resume"))
    #expect(try bench.changes().rows.contains { $0["outcome"] == "planned" })
    try resumesAndComesToRest(bench)
  }

  @Test(
    "SIGKILL after some writes: --resume and a further plan bring both sides to the approved state",
    arguments: [
      1, 2, 3, 5, 8, 13, 21, 34,
    ])
  func killed(after writes: Int) throws {
    let bench = try begun()
    let apply = try bench.start(["apply"])
    try bench.wait(for: "write \(writes)") { try bench.sandbox.writes().count >= writes || !apply.isRunning }
    apply.signal(SIGKILL)
    #expect(try apply.wait().status == 128 + SIGKILL)
    try resumesAndComesToRest(bench)
  }

  @Test(
    "SIGKILL while an answer is on its way: the write took effect and nobody could note it",
    arguments: [
      ("partner-center", "PATCH", "referrals"), ("partner-center", "POST", "referrals"),
      ("salesforce", "PATCH", "Referral_Identifier__c"), ("salesforce", "POST", "composite$"),
      ("salesforce", "POST", "sobjects/Contact"), ("salesforce", "POST", "Microsoft_Solutions__c"),
    ])
  func answerLost(side: String, method: String, path: String) throws {
    let bench = try begun()
    try bench.sandbox.faults([
      "side": .string(side), "method": .string(method), "path": .string(path), "nth": 2, "then": ["delay_ms": 90_000],
    ])
    let apply = try bench.start(["apply"])
    try bench.wait(for: "the second such write") {
      let seen = try bench.sandbox.writes().filter {
        $0["side"]?.stringValue == side && $0["method"]?.stringValue == method
          && $0["path"]?.stringValue?.contains(path.replacingOccurrences(of: "$", with: "")) == true
      }
      return seen.count >= 2 || !apply.isRunning
    }
    apply.signal(SIGKILL)
    #expect(try apply.wait().status == 128 + SIGKILL)
    try resumesAndComesToRest(bench)
  }

  /// A workbench whose plan is decided, and whose services take their time.
  private func begun() throws -> Workbench {
    let bench = try Workbench(.init(latency: 3))
    #expect(try bench.reconcile("plan").status == 0)
    try bench.decideAll()
    return bench
  }

  private func resumesAndComesToRest(_ bench: Workbench) throws {
    let resumed = try bench.reconcile("apply", "--resume")
    #expect([0, 3].contains(resumed.status), "\(resumed)")
    #expect(try bench.changes().rows.allSatisfy { $0["outcome"] != "planned" })
    // A row whose answer was lost may be unknown or stale: the next plan looks and finishes.
    for _ in 0..<2 where try bench.reconcile("plan", "--detailed-exitcode").status != 0 {
      try bench.decideAll()
      _ = try bench.reconcile("apply")
    }
    let quiet = try bench.reconcile("plan", "--detailed-exitcode")
    let left = try bench.changes().rows
    #expect(quiet.status == 0, "\(left)")
    #expect(try duplicates(bench).isEmpty)
    let records = try bench.sandbox.ownReferrals().count + bench.sandbox.opportunities().count
    #expect(try records == Self.expected.get())
  }

  /// How many records both sides hold after the same decisions without any crash.
  private static let expected = Result {
    let bench = try Workbench()
    try bench.settle()
    return try bench.sandbox.ownReferrals().count + bench.sandbox.opportunities().count
  }

  /// Records that are there twice: contacts, roles, lines and accounts by what tells them apart.
  private func duplicates(_ bench: Workbench) throws -> [String] {
    let state = try bench.sandbox.state()
    func repeated(_ object: String, _ fields: String...) -> [String] {
      let keys = (state.at("salesforce.\(object)")?.arrayValue ?? []).map { record in
        "\(object) " + fields.map { record[$0]?.stringValue ?? "" }.joined(separator: "|")
      }
      return Dictionary(grouping: keys) { $0 }.filter { $0.value.count > 1 }.map(\.key)
    }
    return repeated("Contact", "AccountId", "Email") + repeated("OpportunityContactRole", "OpportunityId", "ContactId")
      + repeated("Microsoft_Solutions__c", "Opportunity__c", "Solution__c")
      + repeated("Account", "Name", "BillingPostalCode", "BillingStreet")
  }
}
