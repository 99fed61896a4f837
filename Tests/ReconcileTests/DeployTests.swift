import Foundation
import JSON
import Testing

/// What `deploy/` and the scripts of the release hold, run where that needs nothing of a registry.
@Suite("Deployment")
struct DeployTests {
  /// A shell script of the repository and how it ended.
  private static func shell(
    _ script: String, _ arguments: [String] = [], environment: [String: String] = [:]
  ) throws -> (status: Int32, out: String) {
    let process = Process()
    (process.executableURL, process.arguments) = UnblockedShell.sh.running(["-c", script, "sh"] + arguments)
    process.currentDirectoryURL = Binary.repository
    process.environment = Workbench.environment.merging(environment) { $1 }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: Binary.repository.appendingPathComponent(path), encoding: .utf8)
  }

  private static let hasSystemd = FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")

  @Test(
    "systemd verifies the units and finds little exposed", .enabled(if: hasSystemd, "systemd-analyze is not installed"))
  func systemd() throws {
    let result = try Self.shell("exec scripts/check-deploy systemd")
    #expect(result.status == 0 && result.out.hasSuffix("check-deploy: all is well\n"), "\(result.out)")
  }

  @Test(
    "One unit and its instances are alike but for the workspace",
    arguments: ["reconcile@.service", "reconcile-touched@.service"])
  func hardening(name: String) throws {
    func confinement(_ text: String) throws -> Substring {
      let start = try #require(text.range(of: "# It reads and writes its workspace"))
      return text[start.lowerBound...].prefix { $0 != "[" }
    }
    let single = try confinement(Self.text("deploy/systemd/reconcile.service"))
    let instance = try confinement(Self.text("deploy/systemd/" + name))
    #expect(single == instance && single.split(separator: "\n").count > 20)
  }

  /// Every command line of the program in the files of `deploy/`, with the file that it stands in.
  static let commands: [(file: String, line: String)] = {
    let folder = Binary.repository.appendingPathComponent("deploy")
    let names = (FileManager.default.enumerator(atPath: folder.path)?.allObjects ?? []).compactMap { $0 as? String }
    return names.sorted().flatMap { name -> [(String, String)] in
      guard let text = try? Self.text("deploy/" + name) else { return [] }
      let services = text.matches(of: #/(?m)^ExecStart=/usr/bin/(reconcile .*)$/#).map { String($0.output.1) }
      let cron = text.matches(of: #/(?m)^\d+ .* reconcile  (reconcile .*)$/#).map { String($0.output.1) }
      let pods = text.matches(of: #/(?m)^ *args: \[(.*)\]$/#).map {
        "reconcile " + $0.output.1.filter { !"\",".contains($0) }
      }
      return (services + cron + pods).map { (name, $0) }
    }
  }()

  @Test("Every command line in deploy/ is one of the program", arguments: commands.map(\.line))
  func commandLines(line: String) {
    #expect(throws: Never.self, "\(line)") {
      try HelpTests.parse(line.replacingOccurrences(of: "${RECONCILE_WEBHOOK_PORT}", with: "8080"))
    }
  }

  @Test("They are found: cron, systemd and Kubernetes")
  func commandsAreFound() {
    let files = Set(Self.commands.map { String($0.file.prefix { $0 != "/" }) })
    #expect(files == ["cron", "kubernetes", "systemd"] && Self.commands.count >= 7)
  }

  // MARK: The scheduler's face

  @Test(
    "reconcile-job: rows that wait are no failure, everything else is what it was",
    arguments: [
      (0, "", 0), (4, "", 0), (3, "", 3), (1, "", 1), (6, "", 6), (6, "4 6", 0), (4, "6", 4), (130, "", 130),
    ])
  func job(status: Int, fine: String, expected: Int32) throws {
    let environment = ["RECONCILE_BINARY": "/bin/sh"].merging(fine.isEmpty ? [:] : ["JOB_SUCCESS_STATUS": fine]) { $1 }
    let result = try Self.shell("exec deploy/container/job -c 'exit \(status)'", environment: environment)
    #expect(result.status == expected)
  }

  @Test("reconcile-job passes a signal on, waits for the end and takes its status")
  func signal() throws {
    let child = "trap 'echo told; exit 130' TERM; echo ready; while :; do sleep 0.05; done"
    let script = """
      exec 3>&1
      RECONCILE_BINARY=/bin/sh deploy/container/job -c "$1" >"$2" &
      job=$!
      until grep -qs ready "$2"; do sleep 0.02; done
      kill -TERM $job
      wait $job
      status=$?
      cat "$2"
      exit $status
      """
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("job-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    let result = try Self.shell(script, [child, file.path])
    #expect(result.status == 130 && result.out == "ready\ntold\n", "\(result)")
  }

  @Test("What a failed unit leaves is told once in the journal and handed to the administrator's program")
  func failed() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("failed-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    func program(_ name: String, _ body: String) throws {
      let file = folder.appendingPathComponent(name)
      try Data("#!/bin/sh\n\(body)\n".utf8).write(to: file)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }
    try program("systemctl", "case $* in *Result*) echo signal ;; *) echo 9 ;; esac")
    try program("journalctl", "echo 'the last line of the log'")
    let path = folder.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    let hook = folder.appendingPathComponent("hook").path
    let environment = ["PATH": path, "RECONCILE_ON_FAILURE": hook]
    let alone = try Self.shell("exec deploy/systemd/failed reconcile@contoso.service", environment: environment)
    #expect(alone.status == 0 && alone.out == "<3>reconcile@contoso.service failed: signal, status 9\n")
    try program("hook", "echo \"told: $1 $2\"; cat")
    let told = try Self.shell("exec deploy/systemd/failed reconcile@contoso.service", environment: environment)
    #expect(
      told.out == """
        <3>reconcile@contoso.service failed: signal, status 9
        told: reconcile@contoso.service 9
        the last line of the log

        """)
  }

  // MARK: Installing

  @Test(
    "make install puts everything below the prefix, and make uninstall leaves nothing",
    arguments: ["/usr", "/opt/tools"])
  func installed(prefix: String) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("install-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let built = folder.appendingPathComponent("built")
    let root = folder.appendingPathComponent("root")
    let prepared = try Self.shell(
      """
      set -e
      mkdir -p "$1" && cp "$2" "$1/reconcile"
      scripts/share "$2" "$(dirname "$2")/manual" "$1/share"
      scripts/lay-out install "$3" "$4"
      """, [built.path, Binary.reconcile.path, prefix, root.path], environment: ["BUILT": built.path])
    #expect(prepared.status == 0, "\(prepared.out)")
    let base = root.path + prefix
    let files = try FileManager.default.subpathsOfDirectory(atPath: base)
    for name in [
      "bin/reconcile", "share/man/man1/reconcile.1", "share/man/man1/reconcile-mappings-check.1",
      "share/bash-completion/completions/reconcile", "share/fish/vendor_completions.d/reconcile.fish",
      "lib/systemd/system/reconcile.service", "lib/reconcile/failed", "share/doc/reconcile/docs/operating.md",
      "share/doc/reconcile/examples/cron/reconcile",
    ] { #expect(files.contains(name), "\(name)") }
    #expect(files.contains { $0.hasPrefix("share/zsh/") && $0.hasSuffix("/_reconcile") })
    let unit = try String(contentsOfFile: base + "/lib/systemd/system/reconcile.service", encoding: .utf8)
    #expect(unit.contains("ExecStart=\(prefix)/bin/reconcile run"))
    #expect(FileManager.default.isExecutableFile(atPath: base + "/lib/reconcile/failed"))

    let removed = try Self.shell(
      "scripts/lay-out uninstall \"$1\" \"$2\" && find \"$2\" -type f", [prefix, root.path],
      environment: ["BUILT": built.path])
    #expect(removed.status == 0 && removed.out.isEmpty, "\(removed.out)")
  }

  @Test("What the build is told of the commit: from git, and in an archive without it")
  func facts() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("facts-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let script = """
      set -e
      mkdir -p "$1/repository/scripts" && cp scripts/facts scripts/commit "$1/repository/scripts/" && cp .gitattributes "$1/repository/"
      cd "$1/repository"
      export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_DATE='1793577600 +0000' GIT_COMMITTER_DATE='1793577600 +0000'
      export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b.example GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b.example
      git init --quiet && git add --all && git commit --quiet --message one
      scripts/facts >../git
      mkdir ../archive && git archive HEAD | tar --extract --directory ../archive
      ../archive/scripts/facts >../archive.facts
      cmp ../git ../archive.facts
      echo more >more && scripts/facts | grep RECONCILE_COMMIT=
      rm -rf .git && scripts/facts
      """
    let result = try Self.shell(script, [folder.path])
    let lines = result.out.split(separator: "\n")
    #expect(result.status == 0 && lines.count == 5, "\(result.out)")
    #expect(lines.first?.wholeMatch(of: #/RECONCILE_COMMIT=[0-9a-f]{12}-dirty/#) != nil)
    #expect(lines.dropFirst().prefix(2) == ["RECONCILE_COMMIT=", "RECONCILE_COMMIT_DATE="])
    let facts = try String(contentsOf: folder.appendingPathComponent("git"), encoding: .utf8)
    #expect(facts.contains("RECONCILE_COMMIT_DATE=2026-11-02\n") && facts.contains("SOURCE_DATE_EPOCH=1793577600\n"))
  }
}
