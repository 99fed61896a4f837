import Foundation
import JSON
import Testing

/// Bad input gives a message that names the place and the fix, and leaves the ledger and both services as they were.
@Suite("Bad input")
struct BadInputTests {
  /// One mistake: where it is made, and what the message must say.
  struct Mistake {
    let file: String
    let old: String
    let new: String
    let status: Int32
    let parts: [String]
  }

  static let mistakes = [
    Mistake(
      file: "mappings/fields.csv", old: "Opportunity.Amount,always,always", new: "Opportunity.Amount,allways,always",
      status: 65, parts: ["E204", "mappings/fields.csv:7:4", "allways", "\"always\""]),
    Mistake(
      file: "mappings/fields.csv", old: "details.notes", new: "details.nots", status: 65,
      parts: ["E207", "mappings/fields.csv:10", "details.nots", "details.notes"]),
    Mistake(
      file: "mappings/fields.csv", old: "on_conflict,on_empty,note", new: "on_conflict,on_empty,remark", status: 65,
      parts: ["E202", "mappings/fields.csv:5", "remark"]),
    Mistake(
      file: "mappings/fields.csv", old: "Opportunity.Amount", new: "Opportunity.Amont__c", status: 65,
      parts: ["E406", "Amont__c"]),
    Mistake(
      file: "mappings/settings.csv", old: "Closed won stage name,Closed Won,",
      new: "Closed won stage name,Closed Woon,",
      status: 65, parts: ["E205", "mappings/settings.csv", "Closed Woon"]),
    Mistake(
      file: "mappings/stages.csv", old: "Active", new: "\"Active", status: 65, parts: ["E201", "mappings/stages.csv"]),
    Mistake(
      file: "reconcile.yaml", old: "scope: all", new: "scoop: all", status: 65,
      parts: ["E103", "reconcile.yaml:17", "salesforce.scoop", "scope"]),
    Mistake(
      file: "reconcile.yaml", old: "min_records: 10", new: "min_records: ten", status: 65,
      parts: ["E104", "reconcile.yaml:19", "safety.min_records", "ten", "whole number"]),
    Mistake(
      file: "reconcile.yaml", old: "  username: integration@fabrikam.example\n", new: "", status: 65,
      parts: ["E105", "salesforce.username"]),
    Mistake(
      file: "reconcile.yaml", old: "file:secrets/partner-center-client-secret", new: "s3cr3t-literal", status: 65,
      parts: ["E106", "reconcile.yaml:7", "client_secret", "env:NAME"]),
    Mistake(
      file: "reconcile.yaml", old: "file:secrets/salesforce.key", new: "file:secrets/nothing-there", status: 65,
      parts: ["E107", "nothing-there"]),
    Mistake(
      file: "reconcile.yaml", old: "login_url: http://127.0.0.1", new: "login_url: http://partner.example", status: 65,
      parts: ["E108", "reconcile.yaml:4", "https://"]),
    Mistake(
      file: "reconcile.yaml", old: "canaries: []", new: "canaries: [", status: 65, parts: ["E102", "reconcile.yaml:"]),
  ]

  @Test("A mistake in mapping or configuration is named with its place, and nothing comes of it")
  func mistakes() throws {
    let bench = try Workbench()
    try bench.addStarterMappings()
    let undisturbed = try Self.plan(bench)
    for mistake in Self.mistakes {
      let good = try bench.text(mistake.file)
      try bench.replace(mistake.old, with: mistake.new, in: mistake.file)
      let result = try bench.reconcile("plan")
      #expect(result.status == mistake.status, "\(mistake.new): \(result)")
      for part in mistake.parts { #expect(result.err.contains(part), "\(part) is missing in: \(result.err)") }
      #expect(result.out.isEmpty && !result.err.contains("s3cr3t"))
      try bench.write(good, to: mistake.file)
    }
    try Self.isAsBefore(bench, undisturbed)
  }

  @Test("All mistakes come in one pass")
  func allAtOnce() throws {
    let bench = try Workbench()
    try bench.addStarterMappings()
    for mistake in [Self.mistakes[0], Self.mistakes[4], Self.mistakes[6], Self.mistakes[7]] {
      try bench.replace(mistake.old, with: mistake.new, in: mistake.file)
    }
    let result = try bench.reconcile("plan")
    #expect(result.status == 65)
    for code in ["E204", "E205", "E103", "E104"] { #expect(result.err.contains(code), "\(code) is missing") }
    let check = try bench.reconcile("mappings", "check")
    #expect(check.status == 65 && check.err.contains("E204") && check.err.contains("E205"))
  }

  @Test("A service that cannot be reached")
  func unreachable() throws {
    let bench = try Workbench()
    #expect(try bench.reconcile("plan").status == 0)
    let runs = try bench.runs()
    bench.sandbox.stop()
    let result = try bench.reconcile("plan")
    #expect(result.status == 1, "\(result)")
    #expect(result.err.contains("E301") && result.err.contains("127.0.0.1"), "\(result)")
    #expect(try bench.runs() == runs)
    let apply = try bench.reconcile("apply")
    #expect(apply.status == 1 && apply.err.contains("E301"), "\(apply)")
  }

  @Test(
    "Refused sign-in, and a page of HTML where JSON was due",
    arguments: [
      ("login", "token", 7, "E303", ["status": 401, "code": "invalid_client"]),
      ("partner-center", "referrals", 1, "E305", ["html": true]), ("salesforce", "query", 1, "E305", ["html": true]),
      ("login", "token", 1, "E305", ["html": true]),
      ("partner-center", "referrals", 8, "E401", ["cut_after_bytes": 2000]),
    ] as [(String, String, Int32, String, JSONValue)])
  func brokenService(side: String, path: String, status: Int32, code: String, fault: JSONValue) throws {
    let bench = try Workbench()
    let undisturbed = try Self.plan(bench)
    try bench.sandbox.faults(["side": .string(side), "path": .string(path), "times": 99, "then": fault])
    let result = try bench.reconcile("plan")
    #expect(result.status == status, "\(result)")
    #expect(result.err.contains(code), "\(result)")
    #expect(result.err.contains("Partner Center") || result.err.contains("Salesforce"), "\(result)")
    try bench.sandbox.clearFaults()
    try Self.isAsBefore(bench, undisturbed)
  }

  @Test("A referral with an unknown status stands in the report, and all others go on (R56)")
  func unknownStatus() throws {
    let bench = try Workbench()
    try bench.settle()
    let pair = try #require(try bench.sandbox.linkedPairs().first)
    try bench.sandbox.edit(referral: pair.referral, "status", "Limbo")
    try bench.sandbox.edit(opportunity: pair.opportunity, "Amount", 1234)
    #expect(try bench.reconcile("plan", "--detailed-exitcode").status == 0)
    let row = try #require(try bench.reconciliation().rows.first { $0["referral_id"] == pair.referral })
    #expect(row["status"] == "quarantined" && row["reason_code"] == "E702" && row["reason"]?.contains("Limbo") == true)
    #expect(row["opportunity_id"] == pair.opportunity)
  }

  @Test("An opportunity without country is named with what is missing, and no referral is proposed (R26)")
  func withoutCountry() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    let row = try #require(try bench.reconciliation().rows.first { $0["reason_code"] == "E706" })
    #expect(row["status"] == "quarantined" && row["referral_id"]?.isEmpty == true)
    #expect(row["reason"]?.lowercased().contains("country") == true)
    let opportunity = try #require(row["opportunity_id"])
    // The seller is told in the opportunity; nothing goes to Partner Center (R25).
    let own = try bench.changes().rows.filter { $0["opportunity_id"] == opportunity }
    #expect(own.map { $0["action"] } == ["mark"])
    #expect(try bench.sandbox.opportunity(opportunity) != nil)
  }

  // MARK: Before and after

  private static func plan(_ bench: Workbench) throws -> Plan {
    let result = try bench.reconcile("plan", "--json")
    #expect(result.status == 0, "\(result)")
    try bench.sandbox.emptyLog()
    return try Plan(result, reports: bench.path("reports/latest"))
  }

  /// The ledger knows the one earlier run, nothing was written, and the next plan is the same to the byte.
  private static func isAsBefore(_ bench: Workbench, _ undisturbed: Plan) throws {
    #expect(try bench.runs().count == 1)
    #expect(try bench.sandbox.writes().isEmpty)
    #expect(try plan(bench) == undisturbed)
  }
}
