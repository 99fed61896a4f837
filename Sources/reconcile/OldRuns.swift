import Foundation
import Ledger
import Load
import Model
import Transform
import Workspace

/// The runs that a workspace does not keep any more, with their reports.
struct OldRuns {
  private let retention: Retention
  private let reports: OldReports
  /// How many runs keep their reports, whether they are in the ledger or not.
  private let keptReports: Int

  /// What was freed, or would be.
  struct Freed {
    let ledger: Removal
    let reports: OldReports.Freed
  }

  /// The old runs of a workspace, as its configuration draws the line.
  init(_ workspace: OpenWorkspace) {
    reports = OldReports(in: workspace.folder.reports)
    var retention = Retention(runs: workspace.configuration?.retainedRuns ?? Self.runsByDefault)
    retention.shown = reports.shown
    retention.completing = workspace.mapping.field(.syncFlag).label
    self.retention = retention
    keptReports = workspace.configuration?.retainedReports ?? 0
  }

  /// How many runs stay where there is no reconcile.yaml.
  private static let runsByDefault = 30

  /// Takes them out of the ledger, then removes their reports.
  ///
  /// A death in between leaves folders that the next call finds: the ledger remembers which runs it gave away.
  func remove(from ledger: LedgerFile) throws -> Freed {
    let removal = try ledger.remove(by: retention, at: Timestamp.iso(Date()))
    let removed = try ledger.read { try $0.removedRuns() }
    return Freed(ledger: removal, reports: try reports.remove(reports.due(removed: removed, keeping: keptReports)))
  }

  /// What `remove` would do; nothing is changed.
  func rehearse(in ledger: LedgerFile) throws -> Freed {
    let removal = try ledger.removal(by: retention)
    let removed = try ledger.read { try $0.removedRuns() } + removal.runs
    return Freed(ledger: removal, reports: reports.size(of: reports.due(removed: removed, keeping: keptReports)))
  }
}
