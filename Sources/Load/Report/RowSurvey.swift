package import Ledger
package import Model

/// What the reports tell of a plan's rows, gathered in one pass over them.
package struct RowSurvey: Sendable {
  /// The rows by every aspect.
  private(set) var counts = SummaryReport.Counts()
  /// The rows as the page holds them.
  private(set) var page = PageRows()

  /// Nothing seen yet.
  package init() {}

  /// The rows of a run.
  package init(of run: RunEntry, in ledger: LedgerFile) throws {
    try ledger.read { transaction in
      try transaction.eachRow(of: run.number) { row in try take(row, in: transaction) }
    }
  }

  /// Takes in the next row of the plan.
  package mutating func take(_ row: PlanRow, in ledger: LedgerTransaction) throws {
    counts.count(row)
    try page.take(row, in: ledger)
  }
}
