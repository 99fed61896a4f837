import Foundation
import JSON
import Testing

/// Orgs differ; the same starter mappings must do for all of them.
@Suite("Orgs that are made otherwise")
struct OrgTests {
  struct Org: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let switches: JSONValue
    var environment: [String: String] = [:]
    /// What `plan` says that it uses in place of the files' mapping; nil when it says nothing.
    var note: String?
  }

  static let orgs: [Org] = [
    Org(
      testDescription: "one currency", switches: ["multi_currency": false],
      note: "Opportunity.CurrencyIsoCode does not exist there"),
    Org(
      testDescription: "states and countries as picklists", switches: ["state_country_picklists": true],
      note: "Account.BillingCountryCode is used in place of Account.BillingCountry"),
    Org(
      testDescription: "help types in the older spelling", switches: ["old_help_wording": true],
      note: "How_can_Microsoft_help__c are written as the org spells them"),
    Org(testDescription: "a unique referral identifier", switches: ["unique_referral_identifier": true]),
    Org(testDescription: "a user who does not see all data", switches: ["view_all_data": false]),
    Org(testDescription: "no opportunity teams, small pages", switches: ["opportunity_teams": false, "page_size": 7]),
    Org(
      testDescription: "small result sets in any order", switches: ["bulk_max_records": 5, "shuffle_results": true],
      environment: ["BULK_READ_FROM": "1", "WRITE_GUARD": "reread", "BULK_WRITE_FROM": "1"]),
    Org(
      testDescription: "a session that ends every few seconds", switches: ["session_seconds": 3]),
  ]

  @Test("R86 R81 a night in an org of another make comes to rest like any other", arguments: orgs)
  func night(org: Org) throws {
    let bench = try Workbench()
    for (key, value) in org.environment { bench.environment["RECONCILE_SALESFORCE_" + key] = value }
    try bench.sandbox.org(org.switches)
    var notes = ""
    for _ in 0..<3 {
      let plan = try bench.reconcile("plan")
      try #require(plan.status == 0, "\(plan)")
      notes += plan.err
      guard try !bench.changes().rows.isEmpty else { break }
      try bench.decideAll()
      let apply = try bench.reconcile("apply")
      let failed = try bench.changes().rows.filter { $0["outcome"] == "failed" || $0["outcome"] == "unknown" }
      #expect(failed.isEmpty, "\(apply) \(failed.map { [$0["action"], $0["field"], $0["error_code"], $0["reason"]] })")
    }
    #expect(try bench.changes().rows.isEmpty)
    if let note = org.note { #expect(notes.contains(note), "\(notes)") } else { #expect(notes.isEmpty, "\(notes)") }
  }

  @Test func `R86 a new account gets the country's code, and Salesforce fills in its name`() throws {
    let bench = try Workbench()
    try bench.sandbox.org(["state_country_picklists": true])
    let before = try accounts(bench).count
    _ = try bench.reconcile("plan")
    try bench.decideAll()
    _ = try bench.reconcile("apply")
    let new = try accounts(bench).dropFirst(before)
    try #require(!new.isEmpty)
    #expect(new.allSatisfy { ($0["BillingCountryCode"]?.stringValue ?? "").count == 2 })
    #expect(new.allSatisfy { ($0["BillingCountry"]?.stringValue ?? "").count > 2 })
  }

  @Test func `R97 an edit is tried and confirmed in an org with codes as in any other`() throws {
    let bench = try Workbench()
    try bench.sandbox.org(["state_country_picklists": true])
    try bench.settle()
    let same = try bench.reconcile("plan", "--replan", "latest", "--detailed-exitcode")
    #expect(same.status == 0 && same.out.contains("0 appear, 0 disappear, 0 change"), "\(same)")
    let pair = try #require(
      try bench.reconciliation().rows.first { row in
        ["referral_id", "opportunity_id"].allSatisfy { row[$0]?.isEmpty == false }
      })
    let trial = try bench.reconcile("mappings", "try", pair["opportunity_id"] ?? "")
    let country = trial.out.split(separator: "\n").first { $0.lowercased().contains("country") } ?? ""
    #expect(trial.status == 0 && !country.isEmpty && !country.contains("not in the snapshot"), "\(trial)")
    // Another time zone moves closing dates, and nothing else counts as its work.
    let starter = try String(
      contentsOf: Binary.repository.appendingPathComponent("mappings/settings.csv"), encoding: .utf8)
    let line = try #require(starter.split(separator: "\n").first { $0.hasPrefix("Close date time zone,") })
    var cells = line.components(separatedBy: ",")
    cells[2] = "America/New_York"
    let file = bench.path("mappings/settings.csv")
    let text = try String(contentsOf: file, encoding: .utf8)
    try (text + cells.joined(separator: ",") + "\n").write(to: file, atomically: true, encoding: .utf8)
    #expect(try bench.reconcile("plan").status == 0)
    let rows = try bench.changes().rows.filter { $0["reason_code"] == "N141" }
    #expect(!rows.isEmpty)
    #expect(rows.allSatisfy { $0["field"] == "Closing date" || $0["action"] == "mark" }, "\(rows.map { $0["field"] })")
  }

  private func amount(_ pair: DealPair, _ bench: Workbench) throws -> Double? {
    try bench.sandbox.opportunity(pair.opportunity)?["Amount"]?.numberText.flatMap(Double.init)
  }

  private func accounts(_ bench: Workbench) throws -> [JSONValue] {
    try bench.sandbox.state().at("salesforce.Account")?.arrayValue ?? []
  }

  @Test("R110 a record that is locked for a moment is written all the same", arguments: ["conditional", "reread"])
  func locked(writeGuard: String) throws {
    let bench = try Workbench()
    bench.environment["RECONCILE_SALESFORCE_WRITE_GUARD"] = writeGuard
    try bench.settle()
    let pair = try #require(try bench.sandbox.linkedPairs().first)
    try bench.sandbox.edit(referral: pair.referral, "details.dealValue", .number("7001"))
    _ = try bench.reconcile("plan")
    try bench.decideAll()
    try bench.sandbox.org(["locked_rows": .object([JSONMember(pair.opportunity, .number("2"))])])
    #expect(try bench.reconcile("apply").status == 0)
    #expect(try bench.changes().rows.allSatisfy { $0["outcome"] == "applied" })
    #expect(try amount(pair, bench) == 7001)
  }

  @Test func `a run stops before the org's daily calls are spent, and says how many were left`() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    try bench.decideAll()
    try bench.sandbox.org(["api_used": 79_990, "api_allowed": 100_000])
    try bench.sandbox.emptyLog()
    let apply = try bench.reconcile("apply")
    #expect(apply.status == 5)
    #expect(apply.err.contains("E317") && apply.err.contains("100000"), "\(apply)")
    let calls = try bench.sandbox.log().filter { $0["path"]?.stringValue?.hasPrefix("/services/data/v") == true }
    #expect(calls.count <= 12)
    let plan = try bench.reconcile("plan")
    #expect(plan.status == 5 && plan.err.contains("E317"), "\(plan)")
    bench.environment["RECONCILE_SALESFORCE_MAX_API_USAGE_PERCENT"] = "95"
    #expect([0, 3, 4].contains(try bench.reconcile("apply", "--resume").status))
  }

  @Test func `a bulk job that fails or is aborted is no snapshot`() throws {
    for end in ["failed", "aborted"] {
      let bench = try Workbench()
      bench.environment["RECONCILE_SALESFORCE_BULK_READ_FROM"] = "1"
      try bench.sandbox.org(["bulk_end": .string(end), "bulk_end_after_rows": 10])
      let plan = try bench.reconcile("plan")
      #expect(plan.status == 1 && plan.err.contains("E318"), "\(plan)")
      #expect(try bench.runs().isEmpty)
    }
  }

  @Test func `R112 of a bulk write that ends half-way, each row tells what became of it`() throws {
    let bench = try Workbench()
    bench.environment["RECONCILE_SALESFORCE_WRITE_GUARD"] = "reread"
    bench.environment["RECONCILE_SALESFORCE_BULK_WRITE_FROM"] = "1"
    try bench.settle()
    let pairs = try bench.sandbox.linkedPairs().prefix(4)
    for pair in pairs { try bench.sandbox.edit(referral: pair.referral, "details.dealValue", .number("7001")) }
    _ = try bench.reconcile("plan")
    try bench.decideAll()
    try bench.sandbox.org(["bulk_end": "failed", "bulk_end_after_rows": 2])
    #expect(try bench.reconcile("apply").status == 3)
    let rows = try bench.changes().rows.filter { $0["field"] == "Deal value" }
    let written = try pairs.filter { try amount($0, bench) == 7001 }
    #expect(rows.filter { $0["outcome"] == "applied" }.count == 2 && written.count == 2)
    try bench.sandbox.org(["bulk_end": "complete"])
    try bench.settle()
    #expect(try pairs.allSatisfy { try amount($0, bench) == 7001 })
  }
}
