import Ledger
import Model

/// What the reports tell of a plan's rows, gathered in one pass over them.
package struct RowSurvey {
  /// The rows by every aspect.
  private(set) var counts = SummaryReport.Counts()
  /// The rows as the page holds them.
  private(set) var page: PageRows

  /// Nothing seen yet of rows whose reports come into a folder.
  init(to folder: ReportFolder) throws {
    page = PageRows(try Spool(in: folder))
  }

  /// Takes in the next row of the plan.
  mutating func take(_ row: PlanRow, in ledger: LedgerTransaction) throws {
    counts.count(row)
    try page.take(row, in: ledger)
  }
}
