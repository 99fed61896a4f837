import Foundation
import Testing

/// The whole story, as a newcomer starts it.
@Suite("demo")
struct DemoTests {
  @Test("It tells three nights, exits 0 and leaves nothing behind; --keep leaves a workspace with its reports")
  func keeps() throws {
    let exports = try Exports(referrals: 1, opportunities: 1)
    let folder = exports.folder.appendingPathComponent("kept")
    let result = try exports.reconcile(["demo", "--keep", folder.path], in: exports.folder)
    #expect(result.status == 0, "\(result)")
    for part in [
      "Night 1", "Night 2", "Night 3", "$ reconcile plan", "$ reconcile apply", "conflict", "Nothing to do",
      "reports/latest/changes.csv",
    ] {
      #expect(result.out.contains(part), "\(part) is missing")
    }
    let reports = folder.appendingPathComponent("reports")
    for name in ["changes.csv", "reconciliation.csv", "summary.json"] {
      #expect(FileManager.default.fileExists(atPath: reports.path + "/latest/" + name), "\(name)")
    }
    let runs = try exports.reconcile(["runs", "--json"], in: folder)
    #expect(runs.status == 0 && runs.lines.count == 3)
    let folders = try FileManager.default.contentsOfDirectory(atPath: reports.path).filter { $0 != "latest" }
    #expect(folders.count == 3)
    // The services are gone, and the reports can still be read.
    let shown = try folders.map { try exports.reconcile(["show", $0, "--status", "applied"], in: folder) }
    #expect(shown.allSatisfy { $0.status == 0 } && shown.contains { $0.lines.count > 10 })

    let again = try exports.reconcile(["demo", "--keep", folder.path], in: exports.folder)
    #expect(again.status == 1 && again.err.contains("E109"), "\(again)")
  }

  @Test("Without --keep its folder is gone afterwards")
  func throwAway() throws {
    let exports = try Exports(referrals: 1, opportunities: 1)
    let temporary = exports.folder.appendingPathComponent("tmp")
    try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
    var environment = Workbench.environment
    environment["TMPDIR"] = temporary.path
    let result = try Command(["demo"], in: exports.folder, environment: environment).wait()
    #expect(result.status == 0, "\(result)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path).isEmpty)
  }
}
