import ArgumentParser
import JSON
import Ledger
import Model

/// `reconcile runs`: every run that the ledger knows, newest first.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List the runs, newest first.",
    discussion: """
      Example:
        reconcile runs
      """)

  @OptionGroup var common: CommonOptions

  func run() throws {
    let console = common.console
    try reporting(console) {
      let ledger = try OpenFolder(common).ledger()
      let (runs, removed) = try ledger.read { (try $0.runs(), try $0.removedRuns()) }
      if console.isJSON {
        for run in runs { console.data(run.json.text) }
      } else {
        let table = TextTable(
          ["run", "kind", "started", "state", "digest"],
          runs.map { [$0.id.text, $0.kind, $0.started, $0.state.rawValue, String($0.digest.prefix(12))] })
        for line in table.lines(width: console.width) { console.data(line) }
        if !removed.isEmpty { console.say("\(removed.count) earlier runs were removed (retention.runs).") }
      }
      return .done
    }
  }
}

extension RunEntry {
  /// The run as a JSON line.
  var json: JSONValue {
    .object([
      JSONMember("run_id", .string(id.text)), JSONMember("kind", .string(kind)),
      JSONMember("started", .string(started)), JSONMember("state", .string(state.rawValue)),
      JSONMember("plan_digest", .string(digest)), JSONMember("mapping_digest", .string(mapping)),
    ])
  }
}
