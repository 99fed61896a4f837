import Foundation
import JSON
import Model
import Testing

/// The commands that look, and the way of a newcomer.
@Suite("Commands")
struct CommandTests {
  @Test("init makes a workspace that checks, plans from exported files, and is not made over")
  func firstSteps() throws {
    let exports = try Exports()
    let made = try exports.reconcile(["init", "my-workspace"], in: exports.folder)
    #expect(made.status == 0, "\(made)")
    #expect(made.lines.contains("reconcile.yaml") && made.lines.contains("mappings/fields.csv"))
    let folder = exports.folder.appendingPathComponent("my-workspace")
    #expect(try exports.reconcile(["mappings", "check"], in: folder).status == 0)
    let plan = try exports.reconcile(["plan"] + exports.sources, in: folder)
    #expect(plan.status == 0, "\(plan)")
    #expect(plan.out.contains("reports/"))
    let again = try exports.reconcile(["init", "my-workspace"], in: exports.folder)
    #expect(again.status == 65 && again.err.contains("E109"))
  }

  @Test("plan reads exported files without reconcile.yaml; a second night has what changed and nothing else")
  func withoutConfiguration() throws {
    let exports = try Exports(referrals: 200, opportunities: 200)
    let workspace = try exports.workspace()
    let first = try exports.reconcile(["plan", "--detailed-exitcode"] + exports.sources, in: workspace)
    #expect(first.status == 0 || first.status == 2, "\(first)")
    let before = try Report(workspace.appendingPathComponent("reports/latest/changes.csv")).rows.count
    try exports.export(referrals: 200, opportunities: 200, night: 2)
    let second = try exports.reconcile(["plan", "--detailed-exitcode"] + exports.sources, in: workspace)
    #expect(second.status == 2, "\(second)")
    let rows = try Report(workspace.appendingPathComponent("reports/latest/changes.csv")).rows
    #expect(rows.count > before)
    let records = try Report(workspace.appendingPathComponent("reports/latest/reconciliation.csv")).rows
    #expect(records.count == 200 && records.allSatisfy { $0["referral_id"]?.isEmpty == false })
    // A plan from files is applied to services only.
    let apply = try exports.reconcile(["apply"], in: workspace)
    #expect(apply.status == 65 && apply.err.contains("E101"), "\(apply)")
  }

  @Test("runs lists every run, newest first, and how far it came")
  func runs() throws {
    let bench = try Workbench()
    #expect(try bench.reconcile("runs").status == 64)
    _ = try bench.reconcile("plan")
    _ = try bench.reconcile("plan")
    _ = try bench.reconcile("apply")
    let lines = try bench.runs().map { try JSONValue(parsing: $0) }
    #expect(lines.map { $0["state"]?.stringValue } == ["applied", "planned"])
    #expect(try lines.first?["run_id"]?.stringValue == bench.changes().rows.first?["run_id"])
    let table = try bench.reconcile("runs").lines
    #expect(table.count == 3 && table[0].hasPrefix("run") && table[1].contains("applied"))
  }

  @Test("show prints the rows of a plan, by side and by status")
  func show() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    let rows = try bench.changes().rows
    func count(_ arguments: String...) throws -> Int {
      let result = try bench.start(["show", "--json"] + arguments).wait()
      #expect(result.status == 0, "\(result)")
      return result.lines.count
    }
    #expect(try count() == rows.count)
    let toPartnerCenter = rows.count { $0["direction"] == "to-partner-center" }
    #expect(toPartnerCenter > 0)
    #expect(try count("--side", "partner-center") == toPartnerCenter)
    #expect(try count("--side", "salesforce") == rows.count - toPartnerCenter)
    let held = rows.count { $0["decision"] == "hold" }
    #expect(held > 0)
    #expect(try count("--status", "hold") == held)
    #expect(try count("--status", "hold", "--status", "apply") == rows.count)
    #expect(try count("--status", "applied") == 0)
    _ = try bench.reconcile("apply")
    #expect(try count("--status", "applied") == rows.count - held)
    #expect(try count("--status", "held") == held)
    #expect(try bench.reconcile("show").lines.count == rows.count + 1)
  }

  @Test("apply --only writes the rows of one record, and --decisions takes a short file")
  func someRows() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    let rows = try bench.changes().rows
    let row = try #require(rows.first { $0["action"] == "create-opportunity" })
    let run = try #require(row["run_id"])
    let only = try #require(row["referral_id"])
    let other = try #require(rows.first { $0["referral_id"] == only && $0["action"] == "add-contact" }?["seq"])
    try bench.write("run_id,seq,decision\n\(run),\(other),hold\n", to: "short.csv")
    let result = try bench.reconcile("apply", "--only", only, "--decisions", bench.path("short.csv").path)
    #expect(result.status == 4, "\(result)")
    for row in try bench.changes().rows where row["outcome"] == "applied" { #expect(row["referral_id"] == only) }
    #expect(try bench.changes().rows.first { $0["seq"] == other }?["outcome"] == "held")
    #expect(try bench.changes().rows.contains { $0["outcome"] == "applied" })
  }

  @Test("explain knows every code, in text and as JSON")
  func explain() throws {
    let folder = try Exports(referrals: 1, opportunities: 1)
    for code in Code.allCases {
      let result = try folder.reconcile(["explain", code.rawValue], in: folder.folder)
      #expect(result.status == 0 && result.out.contains(code.rawValue), "\(code)")
      #expect(result.lines.count >= 4 && result.out.contains("To do:"), "\(code)")
    }
    let json = try folder.reconcile(["explain", "e709", "--json"], in: folder.folder)
    #expect(try JSONValue(parsing: json.out)["code"] == "E709")
  }

  @Test("summary.json counts what the reports hold")
  func summary() throws {
    let bench = try Workbench()
    _ = try bench.reconcile("plan")
    _ = try bench.reconcile("apply")
    let summary = try JSONValue(parsing: bench.text("reports/latest/summary.json"))
    let rows = try bench.changes().rows
    #expect(summary.at("changes.total")?.numberText == "\(rows.count)")
    for outcome in ["applied", "held"] {
      #expect(summary.at("changes.outcome.\(outcome)")?.numberText == "\(rows.count { $0["outcome"] == outcome })")
    }
    #expect(summary.at("requests.salesforce")?.numberText.flatMap { Int($0) } ?? 0 > 0)
    // What plan measured is still there after apply.
    #expect(summary.at("snapshots.referral") != nil)
    for row in try Dictionary(grouping: bench.reconciliation().rows, by: { $0["status"] ?? "" }) {
      #expect(summary.at("status.\(row.key)")?.numberText == "\(row.value.count)")
    }
  }
}
