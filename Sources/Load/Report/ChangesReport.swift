import CSV
package import Ledger
package import Model

/// `changes.csv`: the plan for a person, one row a change.
///
/// Written once with the plan and again after `apply`, when the last five columns say what became of each row. The
/// reviewer edits `decision` and nothing else.
package enum ChangesReport {
  /// The name of the file.
  package static let name = "changes.csv"

  /// The columns, in order; people script against them.
  package static let columns = [
    "run_id", "seq", "action", "direction", "referral_id", "opportunity_id", "name", "field", "base_value",
    "partner_center_value", "salesforce_value", "new_value", "risk", "rule", "reason_code", "reason", "decision",
    "outcome", "error_code", "http_status", "request_id", "applied_at",
  ]

  /// Writes the report of a run from the ledger, a row at a time, and gives what the other reports tell of the rows.
  ///
  /// `see` is shown each row.
  @discardableResult package static func write(
    _ run: RunEntry, from ledger: LedgerFile, to folder: ReportFolder, showing see: (PlanRow) -> Void = { _ in }
  ) throws -> RowSurvey {
    var survey = try RowSurvey(to: folder)
    try folder.writeTable(name) { writer in
      try writer.write(contents: columns)
      try ledger.read { transaction in
        try transaction.eachRow(of: run.number) { row in
          try writer.write(cells(of: row, run: run.id))
          try survey.take(row, in: transaction)
          see(row)
        }
      }
    }
    return survey
  }

  /// The cells of a row, one for each column.
  ///
  /// A value may be a number, which stays one in a spreadsheet; everything else that came from outside is made harmless.
  static func cells(of row: PlanRow, run: RunID) -> [CSVCell] {
    let change = row.change
    let answer = row.answer
    return [
      .text(run.text), .number(String(row.seq)), .text(change.action.rawValue), .text(change.direction.rawValue),
      .text(row.key.referralID), .text(row.key.opportunityID), .text(row.name), .text(change.field),
      .number(change.base), .number(change.partnerCenter), .number(change.salesforce), .number(change.new),
      .text(change.risk.rawValue), .text(change.rule), .text(change.code.rawValue), .text(change.reason),
      .text(row.decision.rawValue), .text(row.outcome.rawValue), .text(answer.code?.rawValue ?? ""),
      answer.status.map { .number(String($0)) } ?? .empty, .text(answer.requestID), .text(answer.at),
    ]
  }
}
