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

  /// Writes the report of a run from the verdicts that stand, a row at a time; another thread may use the ledger meanwhile.
  package static func write(_ run: RunEntry, from ledger: LedgerFile, to folder: ReportFolder) throws {
    let id = Array(run.id.text.utf8)
    try folder.writeTable(name) { writer in
      try writer.write(contents: columns)
      try ledger.readApart { transaction in
        try id.withUnsafeBytes { id in
          try transaction.eachVerdictTexts { line in
            try writer.write(columns.count) { $0 == 0 ? id : line[$0 - 1] }
          }
        }
      }
    }
  }
}
