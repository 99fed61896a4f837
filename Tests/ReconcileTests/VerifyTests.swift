import Foundation
import JSON
import Testing

/// `verify`: a witness against `plan` and `apply`, which uses nothing that they stored.
@Suite("Verify")
struct VerifyTests {
  private static func drifts(_ bench: Workbench, _ options: String...) throws -> (status: Int32, lines: [JSONValue]) {
    let result = try bench.start(["verify", "--json"] + options).wait()
    return (result.status, try result.lines.map { try JSONValue(parsing: $0) })
  }

  @Test("after a settled night nothing differs but what the reports call an error; an edit shows until it is applied")
  func witness() throws {
    let bench = try Workbench()
    let before = try Self.drifts(bench)
    #expect(before.status == 2 && before.lines.count > 3, "the sides differ before the first night")
    try bench.settle()
    let deals = try bench.reconciliation().rows
    let claimed = Set(deals.filter { $0["status"] == "error" }.flatMap { [$0["referral_id"], $0["opportunity_id"]] })

    func unexplained() throws -> [JSONValue] {
      try Self.drifts(bench).lines.filter { line in
        line["message_type"]?.stringValue == "drift" && !claimed.contains(line["opportunity_id"]?.stringValue ?? "")
      }
    }
    #expect(try unexplained() == [])
    #expect(try bench.sandbox.writes().isEmpty, "verify writes nothing")

    let pair = try #require(
      deals.first { $0["status"] == "in-sync" && $0["partner_center_status"] == "Active/Accepted" })
    try bench.sandbox.edit(referral: pair["referral_id"] ?? "", "details.dealValue", 4711)
    let found = try unexplained()
    #expect(found.map { $0["field"]?.stringValue } == ["Deal value"])
    #expect(found.first?["partner_center_value"]?.stringValue == "4711")
    #expect(found.first?["opportunity_id"]?.stringValue == pair["opportunity_id"])
    _ = try bench.reconcile("plan")
    _ = try bench.reconcile("apply")
    #expect(try unexplained() == [])
  }

  @Test("it needs no ledger, leaves one alone, and leaves nothing behind")
  func alone() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("verify")
    func state() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: bench.path("state").path).filter { $0.contains("sqlite") }
    }
    #expect(try state() == [])
    _ = try bench.reconcile("plan")
    let ledger = try Data(contentsOf: bench.path("state/ledger.sqlite"))
    let files = try state()
    let result = try bench.reconcile("verify", "--all")
    #expect(result.out.contains("pairs compared"))
    #expect(try Data(contentsOf: bench.path("state/ledger.sqlite")) == ledger && state().sorted() == files.sorted())
  }

  @Test("from exported files, alike on both sides: 0")
  func exported() throws {
    let exports = try Exports(referrals: 40, opportunities: 40)
    let workspace = try exports.workspace()
    let result = try exports.reconcile(["verify"] + exports.sources, in: workspace)
    #expect(result.status == 0, "\(result)")
    #expect(result.out.contains("40 pairs compared: 40 alike, 0 differ"), "\(result)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: workspace.appendingPathComponent("state").path).isEmpty)
  }

  @Test("a snapshot that fails is an error, and no result")
  func failing() throws {
    let bench = try Workbench()
    try bench.sandbox.faults(["side": "partner-center", "path": "referrals", "times": 1000, "then": ["status": 403]])
    let result = try bench.reconcile("verify")
    #expect(result.status == 7 && result.out.isEmpty, "\(result)")
  }
}
