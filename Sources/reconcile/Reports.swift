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
  func write(warning warnings: [ReportPage.Warning]) throws -> SummaryReport {
    folder.removeLeftovers()
    try ChangesReport.write(run, from: ledger, to: folder)
    try ReconciliationReport.write(run, from: ledger, to: folder)
    try ReportPage.write(run, warnings: warnings, from: ledger, to: folder)
    let summary = try SummaryReport(run, measures: measures, from: ledger)
    try summary.write(to: folder)
    try folder.becomeLatest()
    return summary
  }

  /// Writes those anew that tell what was decided and done.
  func rewrite() throws {
    folder.removeLeftovers()
    try ChangesReport.write(run, from: ledger, to: folder)
    try ReportPage.write(run, warnings: [], from: ledger, to: folder)
    try SummaryReport(run, measures: measures.adding(summaryIn: folder), from: ledger).write(to: folder)
  }
}
