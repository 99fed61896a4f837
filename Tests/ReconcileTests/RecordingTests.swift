import Foundation
import JSON
import Testing

/// A conversation with the services is recorded where a problem shows, and replayed where somebody can look into it.
@Suite("Recorded conversations")
struct RecordingTests {
  /// The report's rows by what masking leaves as it is.
  private static func rows(_ report: Report) -> [[String]] {
    let columns = ["status", "referral_id", "opportunity_id", "category", "reason_code", "changes"]
    return report.rows.map { row in columns.map { row[$0] ?? "" } }
  }

  @Test("a recorded plan comes out the same when it is replayed, by pages and by bulk jobs", arguments: ["20000", "1"])
  func replay(threshold: String) throws {
    let bench = try Workbench()
    bench.environment["RECONCILE_SALESFORCE_BULK_READ_FROM"] = threshold
    let folder = bench.path("recording").path
    #expect(try bench.reconcile("plan", "--record", folder).status == 0)
    let recorded = Self.rows(try bench.reconciliation())
    try #require(recorded.count > 20)
    let stage = try Workbench(of: SandboxProcess(replaying: folder))
    try stage.takeMappings(of: bench)
    let plan = try stage.reconcile("plan")
    #expect(plan.status == 0, "\(plan)")
    #expect(Self.rows(try stage.reconciliation()) == recorded)
  }

  @Test func `a recorded apply is replayed with its decisions`() throws {
    let bench = try Workbench()
    #expect(try bench.reconcile("plan", "--record", bench.path("plan").path).status == 0)
    try bench.decide { $0["action"] == "update" && $0["risk"] == "normal" ? "apply" : "hold" }
    let apply = try bench.reconcile("apply", "--record", bench.path("apply").path)
    #expect(apply.status == 4, "\(apply)")
    let outcomes = try bench.changes().rows.map { [$0["action"], $0["decision"], $0["outcome"]] }
    let stage = try Workbench(of: SandboxProcess(replaying: bench.path("plan").path))
    try stage.takeMappings(of: bench)
    #expect(try stage.reconcile("plan").status == 0)
    try stage.decide { $0["action"] == "update" && $0["risk"] == "normal" ? "apply" : "hold" }
    let second = try SandboxProcess(replaying: bench.path("apply").path)
    try stage.pointed(at: second)
    let again = try stage.reconcile("apply")
    #expect(again.status == 4, "\(again)")
    #expect(try stage.changes().rows.map { [$0["action"], $0["decision"], $0["outcome"]] } == outcomes)
  }

  @Test func `nothing personal and nothing secret is in a recording`() throws {
    let bench = try Workbench()
    let pair = try #require(try bench.sandbox.linkedPairs().first)
    try bench.sandbox.edit(referral: pair.referral, "name", .string("Quetzalcoatl Canarywharf"))
    try bench.sandbox.edit(
      referral: pair.referral, "customerProfile.team.0.email", .string("zebulon.canary@whistle.example"))
    try bench.sandbox.edit(opportunity: pair.opportunity, "Description", .string("Quetzalcoatl wants a discount"))
    bench.environment["RECONCILE_SALESFORCE_BULK_READ_FROM"] = "1"
    #expect(try bench.reconcile("plan", "--record", bench.path("recording").path).status == 0)
    let secrets = [
      "partner_center.client_secret", "partner_center.refresh_token", "salesforce.client_secret",
    ].compactMap { bench.sandbox.ready.at($0)?.stringValue }
    let canaries = ["quetzalcoatl", "canarywharf", "zebulon", "whistle.example"] + secrets.map { $0.lowercased() }
    try #require(canaries.count == 7)
    let folder = bench.path("recording")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(files.count > 10)
    for name in files {
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8).lowercased()
      for canary in canaries { #expect(!text.contains(canary), "\(name) holds \(canary)") }
      let mode = try FileManager.default.attributesOfItem(atPath: folder.appendingPathComponent(name).path)
      #expect((mode[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }
  }

  @Test func `a folder that holds something is not recorded into, and one without a recording not replayed`() throws {
    let bench = try Workbench()
    let folder = bench.folder.path
    let plan = try bench.reconcile("plan", "--record", folder)
    #expect(plan.status == 64 && plan.err.contains("E112"), "\(plan)")
    let replay = try bench.reconcile("sandbox", "--replay", folder)
    #expect(replay.status == 64 && replay.err.contains("E112"), "\(replay)")
  }
}
