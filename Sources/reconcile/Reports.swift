import Ledger
import Load
import Model
import Workspace

/// The reports of one run.
struct Reports {
  private let run: RunEntry
  private let ledger: LedgerFile
  private let folder: ReportFolder
  private let measures: SummaryReport.Measures

  /// The reports of a run in its workspace.
  init(_ run: RunEntry, ledger: LedgerFile, workspace: OpenWorkspace, measures: SummaryReport.Measures) throws {
    self.run = run
    self.ledger = ledger
    self.measures = measures
    folder = try ReportFolder(in: workspace.folder.reports, run: run.id)
  }

  /// Where they lie.
  var path: String { folder.path }

  /// Writes all of them, points `reports/latest` at them, and gives the summary.
  ///
  /// `see` is shown each row of the plan, before `warnings` is asked what stands above everything else on the page.
  func write(
    showing see: (PlanRow) -> Void, warnings: () throws -> [ReportPage.Warning]
  ) throws -> SummaryReport {
    folder.removeLeftovers()
    let aside = Aside { [run, ledger, folder] in try ReconciliationReport.write(run, from: ledger, to: folder) }
    let changes = Result { try ChangesReport.write(run, from: ledger, to: folder, showing: see) }
    let reconciliation = Result { try aside.wait() }
    let rows = try changes.get()
    try reconciliation.get()
    try ReportPage.write(run, rows, warnings: warnings(), from: ledger, to: folder)
    let summary = try SummaryReport(run, rows, measures: measures, from: ledger)
    try summary.write(to: folder)
    try folder.becomeLatest()
    return summary
  }

  /// Writes those anew that tell what was decided and done.
  func rewrite() throws {
    folder.removeLeftovers()
    let rows = try ChangesReport.write(run, from: ledger, to: folder)
    try ReportPage.write(run, rows, warnings: [], from: ledger, to: folder)
    try SummaryReport(run, rows, measures: measures.adding(summaryIn: folder), from: ledger).write(to: folder)
  }
}
