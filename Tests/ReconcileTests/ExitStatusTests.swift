import Foundation
import JSON
import Testing

/// The numbers that cron jobs and scripts rely on; those of safety stops and bad input have suites of their own.
@Suite("Exit statuses")
struct ExitStatusTests {
  @Test("0 and 2: plan is done, and says with --detailed-exitcode that there are changes")
  func changes() throws {
    let bench = try Workbench()
    #expect(try bench.reconcile("plan").status == 0)
    #expect(try bench.reconcile("plan", "--detailed-exitcode").status == 2)
    try bench.settle()
    #expect(try bench.reconcile("plan", "--detailed-exitcode").status == 0)
    #expect(try bench.reconcile("apply").status == 0)
  }

  @Test("3: the service refused a row; the others are applied, and 3 wins over 4")
  func failed() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    try bench.sandbox.faults([
      "side": "partner-center", "method": "PATCH", "then": ["status": 400, "code": "invalidRequest"],
    ])
    let result = try bench.reconcile("apply")
    #expect(result.status == 3, "\(result)")
    let rows = try bench.changes().rows
    let failed = rows.filter { $0["outcome"] == "failed" }
    #expect(!failed.isEmpty && failed.allSatisfy { $0["error_code"] == "E310" && $0["http_status"] == "400" })
    #expect(rows.contains { $0["outcome"] == "applied" } && rows.contains { $0["outcome"] == "held" })
    // What failed is proposed again, and now it works.
    _ = try bench.reconcile("plan")
    let again = try bench.changes().rows.map { [$0["referral_id"], $0["field"]] }
    for row in failed where row["action"] != "mark" {
      #expect(again.contains([row["referral_id"], row["field"]]), "\(row)")
    }
    #expect(try bench.reconcile("apply").status == 4)
  }

  @Test("4: conflicts or held rows wait for a person")
  func waiting() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    #expect(try bench.reconcile("apply").status == 4)
  }

  @Test("6: another run is at work; it is named, and the lock goes with its process")
  func locked() throws {
    let bench = try Workbench()
    try bench.sandbox.faults(["side": "partner-center", "method": "GET", "then": ["delay_ms": 60_000]])
    let first = try bench.start(["plan"])
    let lock = bench.path("state/ledger.sqlite.lock")
    try bench.wait(for: "the lock") { (try? String(contentsOf: lock, encoding: .utf8))?.contains("pid") == true }
    for command in [["plan"], ["apply"], ["plan", "--replan", "latest"]] {
      let second = try bench.start(command).wait()
      #expect(second.status == 6, "\(second)")
      #expect(second.err.contains("E501") && second.err.contains("plan") && second.err.contains("pid"))
    }
    // Who only reads does not wait for the lock.
    #expect(try bench.reconcile("runs").status == 0 || bench.reconcile("runs").err.contains("E603"))
    first.signal(SIGKILL)
    #expect(try first.wait().status == -SIGKILL)
    #expect(try bench.reconcile("plan").status == 0)
  }

  @Test(
    "7: sign-in or permission refused",
    arguments: [
      "wrong secret", "expired refresh token", "foreign key", "403 on a page",
    ])
  func signIn(_ cause: String) throws {
    let bench = try Workbench()
    switch cause {
    case "wrong secret": try bench.write("not-the-secret", to: "secrets/partner-center-client-secret")
    case "expired refresh token": try bench.write("expired", to: "secrets/partner-center-refresh-token")
    case "foreign key":
      let other = try SandboxProcess(.init(referrals: 1, opportunities: 1))
      try bench.write(other.ready.at("salesforce.private_key_pem")?.stringValue ?? "", to: "secrets/salesforce.key")
    default:
      try bench.sandbox.faults([
        "side": "partner-center", "times": 9, "then": ["status": 403, "code": "accessDenied"],
      ])
    }
    let result = try bench.reconcile("plan")
    #expect(result.status == 7, "\(result)")
    #expect(result.err.contains(/E30[34]/) && result.err.contains("fix:"), "\(result)")
    #expect(result.err.contains(cause == "foreign key" ? "Salesforce" : "Partner Center"))
    #expect(!FileManager.default.fileExists(atPath: bench.path("reports/latest").path))
  }

  @Test(
    "8: a page that breaks off is never taken for the whole list",
    arguments: [
      ("partner-center", "engagements/referrals"), ("salesforce", "FROM(%20|[+])Opportunity(%20|[+])"),
    ])
  func truncatedPage(side: String, path: String) throws {
    let bench = try Workbench()
    #expect(try bench.reconcile("plan").status == 0)
    let runs = try bench.runs()
    try bench.sandbox.faults([
      "side": .string(side), "path": .string(path), "times": 99, "then": ["cut_after_bytes": 3000],
    ])
    let result = try bench.reconcile("plan")
    #expect(result.status == 8, "\(result)")
    #expect(result.err.contains("E401") && result.err.contains("incomplete"), "\(result)")
    #expect(try bench.runs() == runs)
  }

  @Test("8: an exported file that ends early", arguments: ["referrals.json", "Opportunity.csv"])
  func truncatedFile(name: String) throws {
    let exports = try Exports()
    let workspace = try exports.workspace()
    let file = name == "referrals.json" ? exports.referrals : exports.opportunities
    let whole = try Data(contentsOf: file)
    // In the middle of a record: the last byte that stays is within a quoted text or an object.
    let text = String(decoding: whole, as: UTF8.self)
    let end = try #require(text.range(of: name == "referrals.json" ? "\"details\"" : "\"", options: .backwards))
    try Data(text[..<end.lowerBound].utf8).write(to: file)
    let result = try exports.reconcile(["plan"] + exports.sources, in: workspace)
    #expect(result.status == 8, "\(result)")
    #expect(result.err.contains("E402") && result.err.contains(name), "\(result)")
  }

  @Test(
    "64: wrong usage",
    arguments: [
      ["plan", "--bad"], ["plan", "superfluous"], ["frobnicate"], ["show", "--status", "nonsense"],
      ["show", "--side", "left"], ["explain", "E999"], ["apply", "20260101T000000Z-none"], ["sandbox", "--port", "-1"],
      ["sandbox", "--referrals", "-3"], ["apply", "--resume", "--confirm-mapping", "3"],
      ["apply", "--resume", "--only", "006000000000001AAA"], ["apply", "--resume", "--decisions", "changes.csv"],
    ])
  func usage(arguments: [String]) throws {
    let folder = FileManager.default.temporaryDirectory
    let result = try Command(arguments, in: folder, environment: Workbench.environment).wait()
    #expect(result.status == 64, "\(result)")
    #expect(!result.err.isEmpty && result.out.isEmpty)
  }
}
