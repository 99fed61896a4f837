import ArgumentParser
import JSON
import Ledger
import Load
import Model
import Workspace

/// `reconcile vacuum`: old runs out of the ledger and the reports, and the ledger's file as small as it can be.
struct VacuumCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vacuum", abstract: "Remove old runs and their reports, and shrink the ledger.",
    discussion: """
      Removes the runs that `retention.runs` does not keep, as `reconcile run` does after every night, and then writes the \
      ledger anew without the room that became free. What both sides agreed on and the newest snapshot always stay.

      Example:  reconcile vacuum --dry-run
      """)

  @OptionGroup var common: CommonOptions

  @Flag(name: .customLong("dry-run"), help: "Tell what would be freed, and remove nothing.")
  var dryRun = false

  func run() throws {
    let console = common.console
    try reporting(console) {
      let workspace = try OpenWorkspace(common, console: console)
      let lock = try RunLock(beside: workspace.folder.ledger, purpose: "vacuum")
      let ledger = try OpenFolder(workspace).ledger()
      defer { ledger.seal(holding: lock) }
      let before = ledger.bytes
      let old = OldRuns(workspace)
      let freed = try dryRun ? old.rehearse(in: ledger) : old.remove(from: ledger)
      if !dryRun { try ledger.shrink() }
      VacuumReport(
        freed: freed, before: before, after: dryRun ? before - freed.ledger.freeBytes : ledger.bytes,
        isRehearsed: dryRun
      ).print(to: console)
      return .done
    }
  }
}
