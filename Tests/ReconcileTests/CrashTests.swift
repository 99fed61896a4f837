import Foundation
import JSON
import Testing

/// The process of apply ends in the middle: by Ctrl-C in good order, by SIGKILL without any.
@Suite("apply ends early, and --resume goes on")
struct CrashTests {
  @Test("SIGINT ends with 130; --resume finishes, and nothing is written twice")
  func interrupted() throws {
    let bench = try begun()
    try bench.sandbox.faults(["probability": 1, "then": ["delay_ms": 20]])
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
    "SIGKILL while a write is answered: it took effect, and nobody could note it",
    arguments: [
      ("sobjects|composite|referrals", 1), ("sobjects|composite|referrals", 5), ("sobjects|composite|referrals", 10),
      ("sobjects|composite|referrals", 20), ("referrals/", 2), ("referrals", 2), ("sobjects/Opportunity$", 2),
      ("composite", 1), ("sobjects/Contact", 2), ("Microsoft_Solutions__c", 2),
    ])
  func killed(path: String, number: Int) throws {
    let bench = try begun()
    // In the path and not in the query, where a look-up may name the same field.
    try bench.sandbox.faults([
      "path": .string("^[^?]*(\(path))"), "nth": .number("\(number)"), "then": ["delay_ms": 90_000],
    ])
    let apply = try bench.start(["apply"])
    let pattern = try Regex(path)
    try bench.wait(for: "request \(number) to \(path)") {
      let seen = try bench.sandbox.log().filter { $0["path"]?.stringValue?.firstRange(of: pattern) != nil }
      return seen.count >= number || !apply.isRunning
    }
    apply.signal(SIGKILL)
    #expect(try apply.wait().status == -SIGKILL)
    #expect(try !bench.sandbox.writes().isEmpty)
    try resumesAndComesToRest(bench)
  }

  @Test("SIGKILL twice: in apply, and again in its recovery")
  func killedInRecovery() throws {
    let bench = try begun()
    for arguments in [["apply"], ["apply", "--resume"]] {
      try bench.sandbox.emptyLog()
      try bench.sandbox.faults(["method": "POST", "path": "sobjects", "nth": 3, "then": ["delay_ms": 90_000]])
      let apply = try bench.start(arguments)
      try bench.wait(for: "the third creation") {
        try bench.sandbox.writes().filter { $0["method"] == "POST" }.count >= 3 || !apply.isRunning
      }
      apply.signal(SIGKILL)
      #expect(try apply.wait().status == -SIGKILL)
      try bench.sandbox.clearFaults()
    }
    try resumesAndComesToRest(bench)
  }

  @Test("An error that concerns the whole run leaves the rest for --resume or the next plan")
  func signInEnds() throws {
    let bench = try begun()
    try bench.sandbox.faults([
      "side": "salesforce", "path": "sobjects|composite", "nth": 6, "times": 99,
      "then": ["status": 401, "code": "INVALID_SESSION_ID"],
    ])
    let result = try bench.reconcile("apply")
    #expect(result.status == 7 && result.err.contains("E303"), "\(result)")
    let outcomes = Set(try bench.changes().rows.compactMap { $0["outcome"] })
    #expect(outcomes.isSuperset(of: ["applied", "not-attempted"]), "\(outcomes)")
    try bench.sandbox.clearFaults()
    try resumesAndComesToRest(bench)
  }

  /// A workbench whose plan is decided, and whose services take their time.
  private func begun() throws -> Workbench {
    let bench = try Workbench()
    #expect(try bench.reconcile("plan").status == 0)
    try bench.decideAll()
    try bench.sandbox.emptyLog()
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
