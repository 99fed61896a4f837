import CSV
package import Ledger
import Model

/// `reconciliation.csv`: every record of both snapshots in exactly one row, and where it stands.
package enum ReconciliationReport {
  /// The name of the file.
  package static let name = "reconciliation.csv"

  /// The columns, in order; people script against them.
  package static let columns = [
    "run_id", "status", "referral_id", "opportunity_id", "name", "category", "partner_center_status", "stage",
    "reason_code", "reason", "changes",
  ]

  /// Writes the report of a run from the verdicts that stand, a row at a time.
  package static func write(_ run: RunEntry, from ledger: LedgerFile, to folder: ReportFolder) throws {
    try folder.writeTable(name) { writer in
      try writer.write(contents: columns)
      try ledger.read { transaction in
        try transaction.eachVerdict { line in try writer.write(cells(of: line, run: run.id)) }
      }
    }
  }

  private static func cells(of line: VerdictLine, run: RunID) -> [CSVCell] {
    [
      .text(run.text), .text(line.standing.rawValue), .text(line.key.referralID), .text(line.key.opportunityID),
      .text(line.name), .text(line.category), .text(line.status), .text(line.stage), .text(line.code.rawValue),
      .text(line.reason), .number(String(line.changes)),
    ]
  }
}
