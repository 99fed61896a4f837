import CSV
import Ledger
package import Model

/// Holds each row of a decisions file against the plan.
struct DecisionsCheck {
  let run: RunEntry
  let header: DecisionsHeader
  let transaction: LedgerTransaction
  var decisions: [Int: Decision] = [:]

  init(run: RunEntry, header: DecisionsHeader, transaction: LedgerTransaction) {
    self.run = run
    self.header = header
    self.transaction = transaction
  }

  /// Takes the decision of a row, or complains.
  mutating func take(_ row: CSVRow, complaints: inout Complaints) throws {
    let runID = row.text(header.runID)
    guard runID == run.id.text else {
      return complaints.add(
        .decisionUnknown, row, header.runID, "the row is of the run \"\(runID)\", not of \(run.id)")
    }
    let text = row.text(header.seq)
    guard let seq = Int(text), let known = try transaction.row(seq, of: run.number) else {
      return complaints.add(.decisionUnknown, row, header.seq, "the plan has no row \"\(text)\"")
    }
    guard decisions[seq] == nil else {
      return complaints.add(.decisionUnknown, row, header.seq, "row \(seq) is there twice")
    }
    compare(row, with: known, complaints: &complaints)
    decisions[seq] = decision(in: row, of: known, complaints: &complaints)
  }

  /// Complains when rows may be missing: the whole report came back with fewer, or a short file's last line has no end.
  func finish(endsLine: Bool, complaints: inout Complaints) throws {
    guard !header.isShort else {
      guard !endsLine else { return }
      return complaints.add(
        .decisionUnknown,
        CSVError(file: "was cut off: its last line has no end. If it is all there, end it with a line break"))
    }
    let count = try transaction.rowCount(of: run.number)
    guard decisions.count < count else { return }
    complaints.add(
      .decisionUnknown,
      CSVError(
        file: "has \(decisions.count) of the plan's \(count) rows: it was cut off, or rows were deleted. "
          + "A file of the columns run_id, seq and decision alone may leave rows out"))
  }

  /// Every cell but the reviewer's own must say what the report prints, in any form that a spreadsheet gives it.
  private func compare(_ row: CSVRow, with known: PlanRow, complaints: inout Complaints) {
    let printed = ChangesReport.cells(of: known, run: run.id).map(\.content)
    for (column, name) in header.known where column != header.decision {
      guard let place = ChangesReport.columns.firstIndex(of: name) else { continue }
      let found = row.text(column)
      guard !SpreadsheetForm.isSame(found, as: printed[place]) else { continue }
      complaints.add(
        .decisionsAltered, row, column,
        "row \(known.seq): \(name) was changed from \"\(SpreadsheetForm.plain(printed[place]))\" to "
          + "\"\(SpreadsheetForm.plain(found))\"")
    }
  }

  private func decision(in row: CSVRow, of known: PlanRow, complaints: inout Complaints) -> Decision {
    let text = row.text(header.decision)
    let allowed = known.allowedDecisions
    if let decision = Decision(rawValue: text), allowed.contains(decision) { return decision }
    let choice = allowed.map(\.rawValue).joined(separator: ", ")
    complaints.add(
      .decisionUnknown, row, header.decision,
      "row \(known.seq): \"\(text)\" is no decision for this row; it takes \(choice)")
    return known.decision
  }
}

extension PlanRow {
  /// The decisions that this row allows: of a conflict, only sides that can be written; of a row that only tells what is
  /// left to do, none but to hold it.
  package var allowedDecisions: [Decision] {
    guard change.canBeWritten else { return [.hold] }
    return Decision.allowed(for: change.risk).filter { decision in
      switch decision {
      case .apply, .hold, .reject: true
      case .partnerCenter: change.choices?.partnerCenter != nil
      case .salesforce: change.choices?.salesforce != nil
      }
    }
  }
}
