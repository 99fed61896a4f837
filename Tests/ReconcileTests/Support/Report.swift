import CSV
import Foundation

/// A report in CSV, its cells by column.
struct Report {
  /// One row; a column that is not there reads as empty.
  typealias Row = [String: String]

  let header: [String]
  var rows: [Row]

  init(_ file: URL) throws {
    try self.init(Array(Data(contentsOf: file)))
  }

  init(_ bytes: [UInt8]) throws {
    var reader = CSVReader(bytes: bytes)
    let header = try reader.next()?.texts ?? []
    var rows: [Row] = []
    while let row = try reader.next() {
      rows.append(Dictionary(zip(header, row.texts)) { first, _ in first })
    }
    self.header = header
    self.rows = rows
  }

  /// Stores it again, as a spreadsheet does.
  func write(to file: URL) throws {
    var writer = CSVWriter()
    writer.writeByteOrderMark()
    try writer.write(contents: header)
    for row in rows { try writer.write(contents: header.map { row[$0] ?? "" }) }
    try Data(writer.bytes).write(to: file)
  }

  /// The rows without the columns that differ between two runs of the same input.
  func comparable(without columns: Set<String> = ["run_id"]) -> [[String]] {
    let kept = header.filter { !columns.contains($0) }
    return rows.map { row in kept.map { row[$0] ?? "" } }
  }
}

extension Report.Row {
  /// Whether the decision lets the row be written.
  var isDecidedToBeWritten: Bool { ["apply", "salesforce", "partner-center"].contains(self["decision"] ?? "") }

  /// Whether what the row does cannot be taken back.
  var isForGood: Bool { ["irreversible", "terminal"].contains(self["risk"] ?? "") }

  /// What a row is about: where it stands, and what it would write there.
  var subject: [String] {
    ["action", "referral_id", "opportunity_id", "field", "partner_center_value", "salesforce_value", "new_value"]
      .map { self[$0] ?? "" }
  }
}
