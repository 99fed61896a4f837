import Ledger
import Load
import Model

/// The reports of a plan while it is applied: what was decided and what was done.
final class ApplyReports {
  private let entry: RunEntry
  private let ledger: LedgerFile
  private let workspace: OpenWorkspace
  private let measures: () -> SummaryReport.Measures
  private var wasTried = false

  /// The reports of one run; `measures` is asked when they are written.
  init(
    _ entry: RunEntry, ledger: LedgerFile, workspace: OpenWorkspace,
    measures: @escaping () -> SummaryReport.Measures
  ) {
    self.entry = entry
    self.ledger = ledger
    self.workspace = workspace
    self.measures = measures
  }

  /// Writes them when every row has its outcome; the run is closed after that, so that one whose reports are out of date
  /// can be resumed.
  func close() throws {
    wasTried = true
    do {
      try write { $0.closed }
    } catch let failure as Failure {
      throw Failure(
        failure.code, "every row has its outcome in the ledger, and the reports do not tell it: \(failure.message)",
        fix: "free disk space, or make the folder writable; then `reconcile apply \(entry.id) --resume` writes them")
    }
  }

  /// Writes them after an `apply` that ended early: they tell what was written before.
  func end(_ console: Console) {
    guard !wasTried else { return }
    do {
      try write { $0 }
    } catch {
      console.warn("the reports could not be brought up to date: \(error)")
    }
  }

  private func write(as shown: (RunEntry) -> RunEntry) throws {
    let now = shown(try ledger.read { try $0.run(entry.id) } ?? entry)
    switch now.state {
    case .planned: return  // The reviewer's decisions stand in changes.csv, and not in the ledger yet.
    case .applying, .applied: try Reports(now, ledger: ledger, workspace: workspace, measures: measures()).rewrite()
    }
  }
}
