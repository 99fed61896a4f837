import JSON
import Ledger
import Load
import Model

/// What `vacuum` freed, or would free.
struct VacuumReport {
  let freed: OldRuns.Freed
  /// Bytes of the ledger.
  let before: Int
  let after: Int
  /// Whether nothing was done.
  let isRehearsed: Bool

  /// Prints it: some lines for a person, or one JSON line.
  func print(to console: Console) {
    guard !console.isJSON else { return console.data(json.text) }
    guard !console.isQuiet else { return }
    lines.forEach(console.data)
  }

  private var lines: [String] {
    let runs = freed.ledger.runs
    var lines: [String] = []
    if let first = runs.first, let last = runs.last {
      lines.append("\(isRehearsed ? "Would remove" : "Removed") \(runs.count) runs, from \(first) to \(last):")
      for table in Removal.Table.allCases where table != .run {
        lines.append("  \(freed.ledger.rows[table] ?? 0) \(Self.words(table))")
      }
    } else {
      lines.append("No run is older than those that are kept.")
    }
    for stay in freed.ledger.staying { lines.append("\(stay.run) stays: it \(stay.reason.rawValue).") }
    lines.append("Reports: \(freed.reports.folders) folders, \(freed.reports.bytes) bytes.")
    lines.append("Ledger: \(before) bytes before, \(isRehearsed ? "about " : "")\(after) after.")
    return lines
  }

  private static func words(_ table: Removal.Table) -> String {
    switch table {
    case .run: "runs"
    case .change: "rows of plans"
    case .journal: "entries of the journal"
    case .record: "former values of records"
    }
  }

  private var json: JSONValue {
    let rows = Removal.Table.allCases.map { JSONMember($0.rawValue, .number(String(freed.ledger.rows[$0] ?? 0))) }
    let staying = freed.ledger.staying.map { stay in
      JSONValue.object([
        JSONMember("run_id", .string(stay.run.text)), JSONMember("reason", .string(stay.reason.rawValue)),
      ])
    }
    return .object([
      JSONMember("message_type", .string("vacuum")), JSONMember("dry_run", .bool(isRehearsed)),
      JSONMember("runs", .array(freed.ledger.runs.map { .string($0.text) })), JSONMember("rows", .object(rows)),
      JSONMember("staying", .array(staying)),
      JSONMember("report_folders", .number(String(freed.reports.folders))),
      JSONMember("report_bytes", .number(String(freed.reports.bytes))),
      JSONMember("ledger_bytes_before", .number(String(before))),
      JSONMember("ledger_bytes_after", .number(String(after))),
    ])
  }
}
