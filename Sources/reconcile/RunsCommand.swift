import ArgumentParser
import JSON
import Ledger
import Model
import Workspace

/// `reconcile runs`: every run that the ledger knows, newest first.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "runs", abstract: "List the runs, newest first.")

  @OptionGroup var common: CommonOptions

  func run() throws {
    let console = common.console
    try reporting(console) {
      let workspace = try WorkspaceFolder.resolve(common.workspace)
      let ledger = try LedgerFile(existingAt: workspace.ledger)
      let runs = try ledger.read { try $0.runs() }
      if console.isJSON {
        runs.forEach { console.data($0.json.text) }
      } else {
        TextTable(
          ["run", "kind", "started", "state", "digest"],
          runs.map { [$0.id.text, $0.kind, $0.started, $0.state.rawValue, String($0.digest.prefix(12))] }
        ).lines(width: console.width).forEach(console.data)
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
