import Foundation
import JSON
import Testing

/// What a run refuses to take for the whole, or to do at all.
@Suite("Limits of a run")
struct LimitTests {
  @Test("R118: an exported list of just 5,000 deals is not taken for the whole without a person's word")
  func capped() throws {
    let exports = try Exports(referrals: 1, opportunities: 1)
    let workspace = try exports.workspace()
    let one = try String(contentsOf: exports.referrals, encoding: .utf8)
    let referral = try #require(try JSONValue(parsing: one).at("value")?.arrayValue?.first)
    let members = (referral.objectValue ?? []).filter { $0.name != "id" && $0.name != "externalReferenceId" }
    let lines = (1...5000).map { number -> String in
      let id = String(format: "10000000-0000-4000-8000-%012d", number)
      return JSONValue.object([JSONMember("id", .string(id))] + members).text
    }
    try lines.joined(separator: "\n").write(to: exports.referrals, atomically: true, encoding: .utf8)
    let refused = try exports.reconcile(["plan"] + exports.sources, in: workspace)
    #expect(refused.status == 8 && refused.err.contains("E407") && refused.err.contains("5000"), "\(refused)")
    #expect(try exports.reconcile(["plan", "--complete"] + exports.sources, in: workspace).status == 0)
    try lines.dropLast().joined(separator: "\n").write(to: exports.referrals, atomically: true, encoding: .utf8)
    #expect(try exports.reconcile(["plan"] + exports.sources, in: workspace).status == 0)
  }

  @Test("R120: a user who sees only own deals after an admin's night stops the run, which names the rights")
  func restrictedUser() throws {
    let bench = try Workbench(SandboxProcess.Size(referrals: 60, opportunities: 60))
    #expect(try bench.reconcile("plan").status == 0)
    let token = try #require(bench.sandbox.ready.at("partner_center.refresh_token")?.stringValue)
    try bench.write(token + "-referrals-user", to: "secrets/partner-center-refresh-token")
    let result = try bench.reconcile("plan")
    #expect(result.status == 5 && result.err.contains("E404"), "\(result)")
    #expect(result.err.contains("check the account's rights"), "\(result)")
  }

  @Test("R123: a ledger belongs to one organization, and to production or a sandbox")
  func otherOrganization() throws {
    let bench = try Workbench()
    #expect(try bench.reconcile("plan").status == 0)
    let own = try bench.text("reconcile.yaml")
    let line = try #require(own.components(separatedBy: "\n").first { $0.contains("organization_id:") })
    let other = "  organization_id: bbbbbbbb-0000-4000-8000-000000000002"
    try bench.write(own.replacingOccurrences(of: line, with: other), to: "reconcile.yaml")
    let result = try bench.reconcile("plan")
    #expect(result.status == 5 && result.err.contains("E505"), "\(result)")
    try bench.write(own, to: "reconcile.yaml")
    #expect(try bench.reconcile("plan").status == 0)
  }

  @Test("R124: a run stops at the number of requests that it may send: a plan keeps nothing, an apply goes on later")
  func requests() throws {
    let bench = try Workbench()
    bench.environment["RECONCILE_PARTNER_CENTER_MAX_REQUESTS"] = "1"
    let stopped = try bench.reconcile("plan")
    #expect(stopped.status == 5 && stopped.err.contains("E319"), "\(stopped)")
    #expect(try bench.reconcile("runs").lines.isEmpty)
    bench.environment["RECONCILE_PARTNER_CENTER_MAX_REQUESTS"] = nil
    #expect(try bench.reconcile("plan").status == 0)
    bench.environment["RECONCILE_SALESFORCE_MAX_REQUESTS"] = "6"
    let begun = try bench.reconcile("apply")
    #expect(begun.status == 5 && begun.err.contains("E319"), "\(begun)")
    let rows = try bench.changes().rows
    #expect(rows.contains { $0["outcome"] == "not-attempted" })
    bench.environment["RECONCILE_SALESFORCE_MAX_REQUESTS"] = nil
    let resumed = try bench.reconcile("apply", "--resume")
    #expect([0, 4].contains(resumed.status), "\(resumed)")
    #expect(try bench.changes().rows.allSatisfy { $0["decision"] != "apply" || $0["outcome"] == "applied" })
  }
}
