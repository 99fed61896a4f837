import Foundation
import JSON
import Testing

@Suite("reconcile mappings")
struct MappingsCommandTests {
  @Test("R88: check asks the org, names the cell of what it lacks, and --offline leaves it out")
  func check() throws {
    let bench = try Workbench()
    let fine = try bench.reconcile("mappings", "check")
    #expect(fine.status == 0 && fine.out.contains("held against the org"), "\(fine)")
    try bench.write(
      try Self.starter("fields.csv").replacingOccurrences(of: "Opportunity.Amount,", with: "Opportunity.Amountt,"),
      to: "mappings/fields.csv")
    let wrong = try bench.reconcile("mappings", "check")
    #expect(wrong.status == 65, "\(wrong)")
    #expect(
      wrong.err.contains(
        "E211: mappings/fields.csv:7:3: Deal value: the org has no field Opportunity.Amountt; did you mean \"Amount\"?"),
      "\(wrong)")
    let offline = try bench.reconcile("mappings", "check", "--offline", "--json")
    #expect(offline.status == 0 && offline.out.contains("\"org_checked\":false"), "\(offline)")
  }

  @Test("check needs no org: a folder without reconcile.yaml is checked by its files")
  func withoutConfiguration() throws {
    let exports = try Exports(referrals: 2, opportunities: 2)
    let folder = try exports.workspace()
    let result = try exports.reconcile(["mappings", "check"], in: folder)
    #expect(result.status == 0 && !result.out.contains("held against the org"), "\(result)")
  }

  @Test("a sign-in that is refused ends the check with 7")
  func signIn() throws {
    let bench = try Workbench()
    try bench.write("-----BEGIN PRIVATE KEY-----\nbm9uZQ==\n-----END PRIVATE KEY-----\n", to: "secrets/salesforce.key")
    let result = try bench.reconcile("mappings", "check")
    #expect(result.status != 0 && result.err.contains("E"), "\(result)")
    #expect(try bench.reconcile("mappings", "check", "--offline").status == 0)
  }

  @Test("R82: try shows a pair field by field as the plan judges it, and a record alone with what keeps it back")
  func tries() throws {
    let bench = try Workbench()
    #expect(try bench.reconcile("mappings", "try", "x").status == 64)
    _ = try bench.reconcile("plan")
    let rows = try bench.changes().rows
    let change = try #require(rows.first { $0["action"] == "conflict" })
    let result = try bench.reconcile("mappings", "try", try #require(change["opportunity_id"]), "--json")
    #expect(result.status == 0, "\(result)")
    let lines = try result.lines.map { try JSONValue(parsing: $0) }
    #expect(lines.first?["status"]?.stringValue == "conflict")
    let field = try #require(lines.first { $0["field"]?.stringValue == change["field"] })
    #expect(field["partner_center_value"]?.stringValue == change["partner_center_value"])
    #expect(field["salesforce_value"]?.stringValue == change["salesforce_value"])
    #expect(field["outcome"]?.stringValue?.hasPrefix("a person decides") == true)
    #expect(lines.count == 22)

    let quarantined = try #require(try bench.reconciliation().rows.first { $0["reason_code"] == "E706" })
    let alone = try bench.reconcile("mappings", "try", try #require(quarantined["opportunity_id"]))
    #expect(alone.status == 0 && alone.out.contains("quarantined E706"), "\(alone)")
    let unknown = try bench.reconcile("mappings", "try", "006000000000001AAA")
    #expect(unknown.status == 64 && unknown.err.contains("E612"), "\(unknown)")
  }

  @Test("show tells what is in force and where it comes from; suggest prints rows that can be pasted")
  func showAndSuggest() throws {
    let bench = try Workbench()
    let show = try bench.reconcile("mappings", "show", "--json")
    let lines = try show.lines.map { try JSONValue(parsing: $0) }
    let agreed = try #require(lines.first { $0["name"]?.stringValue == "Customer agreed to share information" })
    #expect(agreed["value"]?.stringValue == "Yes")
    #expect(agreed["origin"]?.stringValue == "mappings/settings.csv:3")
    #expect(lines.contains { $0["kind"]?.stringValue == "stage" && $0["origin"]?.stringValue == "default" })

    #expect(try bench.reconcile("mappings", "suggest").lines.isEmpty)
    let fields = try Self.starter("fields.csv")
    let own = try #require(fields.components(separatedBy: "\n").first { $0.hasPrefix("Deal value,") })
    try bench.write(
      fields.replacingOccurrences(of: own, with: own.replacingOccurrences(of: "Amount", with: "Worth__c")),
      to: "mappings/fields.csv")
    let suggest = try bench.reconcile("mappings", "suggest")
    let row = try #require(suggest.lines.last)
    #expect(suggest.lines.first?.hasPrefix("# the org has no Opportunity.Worth__c; ") == true, "\(suggest)")
    try bench.write(fields.replacingOccurrences(of: own, with: row), to: "mappings/fields.csv")
    #expect(try bench.reconcile("mappings", "check").status == 0)
    #expect(try bench.reconcile("mappings", "suggest").lines.isEmpty)
  }

  private static func starter(_ name: String) throws -> String {
    try String(contentsOf: Binary.repository.appendingPathComponent("mappings/\(name)"), encoding: .utf8)
  }
}
