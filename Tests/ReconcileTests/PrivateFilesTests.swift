import Foundation
import Testing

/// Everything that is written is its owner's alone, and lies in the workspace.
@Suite("Private files")
struct PrivateFilesTests {
  /// Every file and folder below a folder that others may read, enter or change.
  private func open(_ folder: URL) throws -> [String] {
    let names = FileManager.default.enumerator(atPath: folder.path)?.allObjects.compactMap { $0 as? String } ?? []
    #expect(!names.isEmpty)
    return try ([""] + names).compactMap { name in
      let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + name)
      let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
      let wanted = attributes[.type] as? FileAttributeType == .typeDirectory ? 0o700 : 0o600
      if attributes[.type] as? FileAttributeType == .typeSymbolicLink { return nil }
      return mode == wanted ? nil : "\(name) \(String(mode, radix: 8))"
    }
  }

  @Test("Files have the mode 600 and folders 700, whatever the umask", arguments: ["000", "077", "022"])
  func modes(umask: String) throws {
    let bench = try Workbench()
    func run(_ arguments: [String], shell: String = "", _ status: Int32...) throws {
      let result = try bench.start(arguments, shell: "umask \(umask);").wait()
      #expect(status.contains(result.status), "\(arguments) \(result)")
    }
    let fresh = bench.path("fresh/of/all")
    try run(["init", fresh.path], 0)
    #expect(try open(fresh) == [])
    #expect(FileManager.default.fileExists(atPath: fresh.appendingPathComponent("mappings/values/countries.csv").path))
    try FileManager.default.removeItem(at: bench.path("fresh"))
    try run(["plan", "--record", bench.path("recorded").path], 0)
    try run(["show"], 0)
    try bench.decideAll()
    try run(["apply"], 0, 3, 4)
    try run(["plan"], 0)
    try run(["plan", "--replan", "latest"], 0)
    try run(["verify"], 0, 2)
    try run(["mappings", "check"], 0)
    // What the test itself wrote.
    for report in try FileManager.default.subpathsOfDirectory(atPath: bench.path("reports").path)
    where report.hasSuffix("changes.csv") {
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o600], ofItemAtPath: bench.path("reports/" + report).path)
    }
    #expect(try open(bench.folder) == [])
    for name in ["state/describe", "state/ledger.sqlite.seal", "reports/latest/report.html", "recorded/recording.json"]
    {
      #expect(FileManager.default.fileExists(atPath: bench.path(name).path), "\(name)")
    }
  }

  @Test("Links that lead elsewhere are replaced or refused, and nothing is written behind them")
  func links() throws {
    let bench = try Workbench()
    let outside = FileManager.default.temporaryDirectory.appendingPathComponent("outside-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: outside) }
    try FileManager.default.createDirectory(at: outside, withIntermediateDirectories: true)
    let precious = outside.appendingPathComponent("precious")
    try Data("precious".utf8).write(to: precious)
    func isUntouched() throws -> Bool {
      try FileManager.default.contentsOfDirectory(atPath: outside.path) == ["precious"]
        && String(contentsOf: precious, encoding: .utf8) == "precious"
    }
    func link(_ name: String, to target: URL) throws {
      try? FileManager.default.removeItem(at: bench.path(name))
      try FileManager.default.createSymbolicLink(at: bench.path(name), withDestinationURL: target)
    }
    #expect(try bench.reconcile("plan").status == 0)
    try link("reports/latest", to: outside)
    #expect(try bench.reconcile("plan").status == 0)
    #expect(try isUntouched())
    #expect(try bench.changes().header.contains("run_id"))
    try link("state/ledger.sqlite.lock", to: precious)
    let locked = try bench.reconcile("plan")
    #expect(locked.status == 1 && locked.err.contains("E504"), "\(locked)")
    #expect(try isUntouched())
    try FileManager.default.removeItem(at: bench.path("state/ledger.sqlite.lock"))
    // The folder of a run, and the files in it.
    let run = try FileManager.default.destinationOfSymbolicLink(atPath: bench.path("reports/latest").path)
    try bench.decideAll()
    try link("reports/" + run + "/report.html", to: precious)
    try link("reports/" + run + "/summary.json", to: precious)
    #expect([0, 3, 4].contains(try bench.reconcile("apply").status))
    #expect(try isUntouched())
    #expect(try bench.reconcile("plan").status == 0)
    let next = try FileManager.default.destinationOfSymbolicLink(atPath: bench.path("reports/latest").path)
    let changes = try Data(contentsOf: bench.path("reports/\(next)/changes.csv"))
    let aside = bench.path("decisions.csv")
    try changes.write(to: aside)
    try link("reports/" + next, to: outside)
    let applied = try bench.reconcile("apply", "--decisions", aside.path)
    #expect(applied.err.contains("is a link to"), "\(applied)")
    #expect(try isUntouched())
  }

  /// Names that would lead out of the workspace.
  private static let wayward = [
    "../../x", "..", ".", "/etc/passwd", "..%2f..%2fx", "20261102T080000Z-abcd/../../x", "latest/../x", "a\nb", "",
    "20261102T080000Z-abcd\n",
  ]

  @Test("No name of a run or a record leads out of the workspace", arguments: wayward)
  func names(name: String) throws {
    let exports = try Exports()
    let workspace = try exports.workspace()
    let plan = try exports.reconcile(["plan"] + exports.sources, in: workspace)
    #expect(plan.status == 0, "\(plan)")
    let before = try FileManager.default.subpathsOfDirectory(atPath: exports.folder.path).sorted()
    for command in [["show", name], ["apply", name], ["plan", "--replan", name], ["record", name]] {
      let result = try exports.reconcile(command, in: workspace)
      #expect(result.status != 0 && result.out.isEmpty, "\(command) \(result)")
      #expect(!result.err.contains("root:"), "\(command) \(result)")
    }
    let after = try FileManager.default.subpathsOfDirectory(atPath: exports.folder.path).sorted()
    #expect(after == before)
  }

  @Test(
    "A value file is one of the folder values",
    arguments: ["../../etc/passwd", "/etc/passwd", "../fields.csv", "x/../y"])
  func valueFiles(name: String) throws {
    let bench = try Workbench()
    try bench.addStarterMappings()
    try bench.replace("map:help-types.csv", with: "map:" + name, in: "mappings/fields.csv")
    let result = try bench.reconcile("mappings", "check")
    #expect(result.status == 65 && result.err.contains("E208") && !result.err.contains("root:"), "\(result)")
  }
}
