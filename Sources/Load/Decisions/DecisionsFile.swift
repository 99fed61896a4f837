import CSV
import Foundation
package import Ledger
package import Model

/// A reviewer's decisions, read back from `changes.csv` or from a file of `run_id`, `seq` and `decision` alone.
///
/// The file is a person's consent to what they saw. So every other cell must still say what the ledger would print, in a
/// report of this very run: whoever changed a value in the report would be told one thing and get another. The file is
/// taken as a whole or refused as a whole, with all its mistakes at once.
package enum DecisionsFile {
  /// Reads the decisions of `file`, by the row's number in the plan.
  ///
  /// Rows that a short file does not name keep the decision they have.
  ///
  /// - Throws: `Failure` with `decisionsAltered` when a cell was changed that is not the reviewer's, `decisionUnknown`
  ///   for every other mistake.
  package static func read(_ file: String, run: RunEntry, ledger: LedgerFile) throws -> [Int: Decision] {
    var complaints = Complaints(file: file)
    let decisions = try ledger.read { transaction in
      do {
        return try rows(of: file, run: run, transaction: transaction, complaints: &complaints)
      } catch let error as CSVError {
        complaints.add(.decisionUnknown, error)
        return [:]
      }
    }
    try complaints.check()
    return decisions
  }

  private static func rows(
    of file: String, run: RunEntry, transaction: LedgerTransaction, complaints: inout Complaints
  ) throws -> [Int: Decision] {
    var options = CSVOptions.table
    options.delimiter = delimiter(of: file)
    var reader = try CSVReader(path: file, options: options)
    guard let first = try reader.next() else { throw CSVError(file: "is empty") }
    guard let header = DecisionsHeader(first, complaints: &complaints) else { return [:] }
    var check = DecisionsCheck(run: run, header: header, transaction: transaction)
    while let row = try reader.next() {
      if row.isBlank { continue }
      try check.take(row, complaints: &complaints)
    }
    try check.finish(endsLine: endsLine(file), complaints: &complaints)
    return check.decisions
  }

  /// Whether the last line has an end: one that was cut off has none.
  private static func endsLine(_ file: String) -> Bool {
    guard let handle = FileHandle(forReadingAtPath: file) else { return false }
    defer { try? handle.close() }
    guard let end = try? handle.seekToEnd(), end > 0, (try? handle.seek(toOffset: end - 1)) != nil else { return false }
    return (try? handle.read(upToCount: 1))?.first.map { $0 == 0x0A || $0 == 0x0D } ?? false
  }

  /// A semicolon where the first line has one and no comma: spreadsheets of many countries save so.
  private static func delimiter(of file: String) -> UInt8 {
    let handle = FileHandle(forReadingAtPath: file)
    defer { try? handle?.close() }
    let start = (try? handle?.read(upToCount: 4096)) ?? Data()
    let line = start.prefix { $0 != 0x0A && $0 != 0x0D }
    return line.contains(0x3B) && !line.contains(0x2C) ? 0x3B : 0x2C
  }
}
