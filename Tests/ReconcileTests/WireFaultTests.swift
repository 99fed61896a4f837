import Foundation
import JSON
import Testing

/// What the services do in bad hours: no snapshot comes out short, nothing is created twice.
@Suite("Bad hours of the services")
struct WireFaultTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let rule: JSONValue
    /// What `plan` ends with.
    var status: Int32 = 0
    /// Keys of reconcile.yaml that are laid over, without their prefix.
    var environment: [String: String] = [:]
  }

  private static func rule(_ side: String, _ path: String, _ then: JSONValue, nth: Int = 1, times: Int = 1) -> JSONValue
  {
    [
      "side": .string(side), "path": .string(path), "nth": .number("\(nth)"), "times": .number("\(times)"),
      "then": then,
    ]
  }

  private static let bulk = ["SALESFORCE_BULK_READ_FROM": "1"]

  static let survived: [Fault] = [
    Fault(
      testDescription: "a session that ends between two pages of referrals",
      rule: rule("partner-center", "skiptoken", ["expire_session": true])),
    Fault(
      testDescription: "a session that ends between two objects",
      rule: rule("salesforce", "/query", ["expire_session": true], nth: 3)),
    Fault(
      testDescription: "a session that ends while a job runs",
      rule: rule("salesforce", "/jobs/query/", ["expire_session": true], nth: 2), environment: bulk),
    Fault(
      testDescription: "four refusals for too many requests",
      rule: rule("partner-center", "referrals", ["status": 429, "retry_after": 0], times: 4)),
    Fault(
      testDescription: "a page that breaks off once",
      rule: rule("partner-center", "skiptoken", ["cut_after_bytes": 500])),
    Fault(
      testDescription: "a result set that breaks off once",
      rule: rule("salesforce", "/results", ["cut_after_bytes": 100], nth: 2), environment: bulk),
    Fault(
      testDescription: "an answer that is lost after a job was created",
      rule: rule("salesforce", "/jobs/query/750", ["lose_answer": true]), environment: bulk),
  ]

  @Test("R117 a passing fault leaves the snapshot whole", arguments: survived)
  func survive(fault: Fault) throws {
    let bench = try Workbench(.init(referrals: 130, opportunities: 130))
    for (key, value) in fault.environment { bench.environment["RECONCILE_" + key] = value }
    #expect(try bench.reconcile("plan").status == 0)
    let whole = try bench.reconciliation().rows.map { $0.filter { $0.key != "run_id" } }
    let other = try Workbench(of: bench.sandbox)
    for (key, value) in fault.environment { other.environment["RECONCILE_" + key] = value }
    try bench.sandbox.faults(fault.rule)
    #expect(try other.reconcile("plan").status == 0)
    #expect(try other.reconciliation().rows.map { $0.filter { $0.key != "run_id" } } == whole)
  }

  static let fatal: [Fault] = [
    Fault(
      testDescription: "pages that always break off",
      rule: rule("partner-center", "skiptoken", ["cut_after_bytes": 500], times: 99), status: 8),
    Fault(
      testDescription: "result sets that always break off",
      rule: rule("salesforce", "/results", ["cut_after_bytes": 100], times: 99), status: 8, environment: bulk),
    Fault(
      testDescription: "an HTML page in the place of referrals",
      rule: rule("partner-center", "skiptoken", ["html": true], times: 99), status: 1),
    Fault(
      testDescription: "a service that is down",
      rule: rule("salesforce", "/query", ["status": 503, "retry_after": 0], times: 999), status: 1),
  ]

  @Test("R117 a lasting fault ends the run, and the ledger keeps nothing of it", arguments: fatal)
  func die(fault: Fault) throws {
    let bench = try Workbench(.init(referrals: 130, opportunities: 130))
    for (key, value) in fault.environment { bench.environment["RECONCILE_" + key] = value }
    try bench.sandbox.faults(fault.rule)
    let result = try bench.reconcile("plan")
    #expect(result.status == fault.status, "\(result)")
    #expect(try bench.runs().isEmpty)
  }

  @Test func `R20 a referral whose create lost its answer is found and not created twice`() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    try bench.decide { $0["action"] == "create-referral" ? "apply" : "hold" }
    let wanted = try bench.changes().rows.filter { $0["action"] == "create-referral" }
    try #require(!wanted.isEmpty)
    try bench.sandbox.faults(
      Self.rule("partner-center", "referrals$", ["lose_answer": true]).with("method", "POST"))
    _ = try bench.reconcile("apply")
    let named = try bench.sandbox.ownReferrals().compactMap { $0["externalReferenceId"]?.stringValue }
    for row in wanted {
      #expect(named.filter { $0 == row["opportunity_id"] }.count == 1)
    }
    let rows = try bench.changes().rows.filter { $0["action"] == "create-referral" }
    #expect(rows.allSatisfy { $0["outcome"] == "applied" })
  }

  @Test func `R20 an opportunity whose create lost its answer is found and not created twice`() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    try bench.decide { $0["action"] == "create-opportunity" ? "apply" : "hold" }
    let wanted = try bench.changes().rows.filter { $0["action"] == "create-opportunity" }
    try #require(!wanted.isEmpty)
    try bench.sandbox.faults(
      Self.rule("salesforce", "/sobjects/Opportunity", ["lose_answer": true]).with("method", "POST"))
    _ = try bench.reconcile("apply")
    let claims = try bench.sandbox.opportunities().compactMap { $0["Referral_Identifier__c"]?.stringValue }
    for row in wanted { #expect(claims.filter { $0 == row["referral_id"] }.count == 1) }
    #expect(
      try bench.changes().rows.filter { $0["action"] == "create-opportunity" }.allSatisfy { $0["outcome"] == "applied" }
    )
  }

  @Test func `the summary tells requests, repetitions and waits of each service`() throws {
    let bench = try Workbench()
    try bench.sandbox.faults(
      Self.rule("partner-center", "referrals", ["status": 429, "retry_after": 1], times: 1))
    #expect(try bench.reconcile("plan").status == 0)
    let summary = try JSONValue(parsing: Array(bench.text("reports/latest/summary.json").utf8))
    let log = try bench.sandbox.log()
    let sent = log.filter { $0["side"] == "partner-center" }.count + 1
    #expect(summary.at("requests.partner-center") == .number("\(sent)"))
    #expect(summary.at("repetitions.partner-center") == .number("1"))
    #expect(summary.at("waited_milliseconds.partner-center") == .number("1000"))
  }
}

extension JSONValue {
  /// The object with one more member.
  fileprivate func with(_ name: String, _ value: JSONValue) -> JSONValue {
    .object((objectValue ?? []) + [JSONMember(name, value)])
  }
}
