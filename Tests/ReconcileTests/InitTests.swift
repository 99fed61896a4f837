import Foundation
import JSON
import Testing

/// `init` as its user meets it: what git would take, and a copy for production.
@Suite("init")
struct InitTests {
  /// Everything that git would commit in a folder, by its path.
  private func committed(in folder: URL) throws -> [String] {
    func git(_ arguments: String...) throws -> String {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      // The machine's own settings and ignored files must not decide.
      process.arguments = ["GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null", "git"] + arguments
      process.currentDirectoryURL = folder
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "git \(arguments)")
      return String(decoding: data, as: UTF8.self)
    }
    _ = try git("init", "--quiet")
    _ = try git("add", "--all")
    return try git("diff", "--cached", "--name-only").split(separator: "\n").map(String.init).sorted()
  }

  private static let described = [
    ".gitignore", "mappings/README.md", "mappings/defaults.csv", "mappings/fields.csv", "mappings/settings.csv",
    "mappings/stages.csv", "mappings/values/close-reasons.csv", "mappings/values/countries.csv",
    "mappings/values/help-types.csv", "mappings/values/sales-stages.csv", "reconcile.yaml",
  ]

  @Test("After nights of use, git takes what describes the workspace, and no secret, state, report or stray file")
  func versionControl() throws {
    let bench = try Workbench()
    let folder = bench.path("new")
    #expect(try bench.reconcile("init", folder.path).status == 0)
    #expect(try committed(in: folder) == Self.described)
    // The same place, after it was filled in and used.
    try bench.layOut(folder)
    for arguments in [["plan"], ["plan", "--record", "recorded"], ["show"], ["verify"]] {
      let result = try bench.start(arguments, in: folder).wait()
      #expect([0, 2].contains(result.status), "\(arguments) \(result)")
    }
    _ = try bench.start(["apply"], in: folder).wait()
    for name in [
      "plan.log", "decisions.csv", "mappings/fields.csv~", "mappings/.~lock.fields.csv#", "mappings/.fields.csv.swp",
      "salesforce.key", ".env", "metrics.prom", "reports/latest/notes.txt",
    ] { try Data("stray".utf8).write(to: folder.appendingPathComponent(name)) }
    for name in [
      "state/ledger.sqlite", "reports/latest/changes.csv", "secrets/salesforce.key", "recorded/recording.json",
    ] {
      #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path), "\(name)")
    }
    #expect(try committed(in: folder) == Self.described)
  }

  @Test("--from takes configuration and mappings over, works once the secrets are there, and says what to look at")
  func from() throws {
    let bench = try Workbench()
    try bench.addStarterMappings()
    try bench.replace("Private deals,sync,,", with: "Private deals,sync,skip,", in: "mappings/settings.csv")
    #expect(try bench.reconcile("plan").status == 0)
    let production = FileManager.default.temporaryDirectory.appendingPathComponent("production-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: production) }

    let made = try bench.reconcile("init", production.path, "--from", bench.folder.path)
    #expect(made.status == 0, "\(made)")
    #expect(made.lines.contains("reconcile.yaml") && made.lines.contains("mappings/settings.csv"))
    #expect(made.err.contains("salesforce.private_key: the secret was not copied; put production's there"))
    #expect(made.err.contains("reconcile.yaml:") && made.err.contains("salesforce.username: copied"))
    for name in ["state", "secrets"] {
      #expect(try FileManager.default.contentsOfDirectory(atPath: production.path + "/" + name).isEmpty, "\(name)")
    }
    #expect(!FileManager.default.fileExists(atPath: production.path + "/reports"))
    #expect(
      try Data(contentsOf: production.appendingPathComponent("mappings/settings.csv"))
        == Data(contentsOf: bench.path("mappings/settings.csv")))

    let early = try bench.reconcile("plan", in: production)
    #expect(early.status == 65 && early.err.contains("E107"), "\(early)")
    for name in try FileManager.default.contentsOfDirectory(atPath: bench.path("secrets").path) {
      try FileManager.default.copyItem(
        at: bench.path("secrets/" + name), to: production.appendingPathComponent("secrets/" + name))
    }
    let plan = try bench.reconcile("plan", in: production)
    #expect(plan.status == 0, "\(plan)")
  }

  @Test("--json gives the files and what to look at as JSON lines; --quiet only the files")
  func outputs() throws {
    let bench = try Workbench()
    let copy = FileManager.default.temporaryDirectory.appendingPathComponent("copy-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: copy) }
    let first = try bench.reconcile("init", copy.path, "--from", bench.folder.path, "--json")
    let lines = try first.lines.map { try JSONValue(parsing: $0) }
    #expect(first.status == 0 && first.err.isEmpty)
    #expect(Set(lines.compactMap { $0["message_type"]?.stringValue }) == ["file", "review"])
    #expect(lines.contains { $0["key"] == "salesforce.username" && $0["line"] != nil })
    let fresh = try bench.reconcile("init", bench.path("fresh").path, "--quiet")
    #expect(fresh.status == 0 && fresh.err.isEmpty && fresh.lines == Self.described)
  }

  @Test("A refused copy writes nothing and ends with the status of its code")
  func refused() throws {
    let bench = try Workbench()
    let target = FileManager.default.temporaryDirectory.appendingPathComponent("refused-\(UUID().uuidString)").path
    for (arguments, status, code) in [
      (["init", target, "--from", "/nonexistent"], 64, "E120"),
      (["init", bench.path("in").path, "--from", "."], 64, "E121"), (["init", ".", "--from", "."], 64, "E121"),
    ] as [([String], Int32, String)] {
      let result = try bench.start(arguments).wait()
      #expect(result.status == status && result.err.contains(code) && result.out.isEmpty, "\(arguments) \(result)")
    }
    try FileManager.default.createDirectory(at: bench.path("mappings"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: bench.path("mappings/fields.csv").path, withDestinationPath: "/etc/passwd")
    let link = try bench.reconcile("init", target, "--from", ".")
    #expect(link.status == 64 && link.err.contains("E122") && !link.err.contains("root:"), "\(link)")
    #expect(!FileManager.default.fileExists(atPath: target))
  }
}
