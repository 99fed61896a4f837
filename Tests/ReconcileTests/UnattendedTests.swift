import Foundation
import JSON
import Testing

/// As cron runs it: nothing on stdin, no HOME, the plain locale, any umask, no terminal.
@Suite("Unattended")
struct UnattendedTests {
  @Test("The same bytes as on a desk, and private files", arguments: ["077", "000", "022"])
  func cron(umask: String) throws {
    let bench = try Workbench()
    let desk = try Plan(bench.reconcile("plan", "--json"), reports: bench.path("reports/latest"))
    let workspace = bench.path("cron")
    try bench.layOut(workspace)
    // What a sanitizer is told is no part of cron's environment, and has to go along where the tests run under one.
    let sanitizer = ProcessInfo.processInfo.environment.filter { $0.key.hasSuffix("SAN_OPTIONS") }
    bench.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "Pacific/Auckland"].merging(sanitizer) { $1 }
    let result = try bench.start(
      ["plan", "--json", "--workspace", workspace.path], in: URL(fileURLWithPath: "/"), shell: "umask \(umask);",
      redirection: "<&-"
    ).wait()
    #expect(result.status == 0, "\(result)")
    let reports = workspace.appendingPathComponent("reports/latest")
    #expect(try Plan(result, reports: reports) == desk)
    for name in ["changes.csv", "reconciliation.csv", "summary.json"] {
      #expect(try Unattended.mode(of: reports.appendingPathComponent(name)) == 0o600, "\(name)")
    }
    for name in ["state/ledger.sqlite", "state/ledger.sqlite.lock"] {
      #expect(try Unattended.mode(of: workspace.appendingPathComponent(name)) == 0o600, "\(name)")
    }
    for name in ["state", "reports", "reports/latest/."] {
      #expect(try Unattended.mode(of: workspace.appendingPathComponent(name)) == 0o700, "\(name)")
    }
    #expect(result.err.isEmpty)
  }

  @Test("--quiet prints nothing when all is well, and errors all the same")
  func quiet() throws {
    let bench = try Workbench()
    let plan = try bench.reconcile("plan", "--quiet")
    #expect(plan.status == 0 && plan.out.isEmpty && plan.err.isEmpty, "\(plan)")
    let apply = try bench.reconcile("apply", "--quiet")
    #expect(apply.status == 4 && apply.out.isEmpty && apply.err.isEmpty, "\(apply)")
    let again = try bench.reconcile("apply", "--quiet")
    #expect(again.status == 5 && again.err.contains("E604"))
  }

  @Test("--json gives one JSON object a line and nothing else, on both streams")
  func jsonLines() throws {
    let bench = try Workbench()
    for arguments in [["plan"], ["show"], ["apply"], ["runs"], ["explain", "E709"], ["mappings", "check"]] {
      let result = try bench.start(arguments + ["--json"]).wait()
      #expect(!result.lines.isEmpty && result.err.isEmpty, "\(arguments) \(result)")
      for line in result.lines { #expect(try JSONValue(parsing: line).objectValue != nil, "\(arguments)") }
    }
    let refused = try bench.reconcile("apply", "--json")
    let line = try JSONValue(parsing: refused.err.trimmingCharacters(in: .newlines))
    #expect(refused.status == 5 && refused.out.isEmpty)
    #expect(line["message_type"] == "error" && line["code"] == "E604" && line["fix"]?.stringValue?.isEmpty == false)
  }

  @Test("Neither colours nor a progress line without a terminal, with and without NO_COLOR", arguments: ["", "1"])
  func plainText(noColor: String) throws {
    let bench = try Workbench()
    bench.environment["NO_COLOR"] = noColor.isEmpty ? nil : noColor
    bench.environment["TERM"] = "xterm-256color"
    for arguments in [["plan"], ["show"], ["explain", "E709"]] {
      let result = try bench.start(arguments).wait()
      #expect(result.status == 0)
      #expect(!(result.out + result.err).contains("\u{1B}") && !(result.out + result.err).contains("\r"))
    }
  }

  @Test("On a terminal there are colours, unless NO_COLOR is set")
  func terminal() throws {
    let bench = try Workbench()
    bench.environment["TERM"] = "xterm-256color"
    bench.environment["NO_COLOR"] = nil
    #expect(try onTerminal(bench).contains("\u{1B}[1m"))
    bench.environment["NO_COLOR"] = "1"
    #expect(try !onTerminal(bench).contains("\u{1B}"))
  }

  /// What `explain` prints on a terminal, which `script` provides.
  private func onTerminal(_ bench: Workbench) throws -> String {
    let shell = "exec /usr/bin/script -qec \"'$0' explain E709\" /dev/null;"
    let result = try bench.start([], shell: shell).wait()
    #expect(result.out.contains("E709"), "\(result)")
    return result.out
  }
}

/// What is looked at besides the reports.
enum Unattended {
  /// The permission bits of a file or folder, a link followed.
  static func mode(of file: URL) throws -> Int {
    let path = file.resolvingSymlinksInPath().path
    let value = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    return try #require((value as? NSNumber)?.intValue)
  }
}
