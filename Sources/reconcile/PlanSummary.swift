import JSON
import Ledger
import Load
import Model
import Planning
import Transform

/// What a person is told at the end of `plan`.
struct PlanSummary {
  let run: RunEntry
  let report: SummaryReport
  let mappingChange: MappingChange?
  /// The safety limits at which `apply` will stop.
  let stops: [SafetyStop]
  /// Where the reports lie.
  let folder: String

  /// Prints the summary: a few lines for a person, or one JSON line.
  func print(to console: Console) {
    guard !console.isJSON else {
      console.data(json.text)
      return
    }
    guard !console.isQuiet else { return }
    let counts = Standing.allCases.compactMap { standing in
      report.status[standing.rawValue].map { "\($0) \(standing.rawValue)" }
    }
    console.data("Run \(run.id): \(counts.joined(separator: ", "))")
    let rows = report.changes.total
    if rows == 0 {
      console.data("Nothing to do: both sides agree on everything that may be written.")
    } else if run.kind == RunEntry.undo {
      let applied = report.changes.decision[Decision.apply.rawValue, default: 0]
      console.data(
        "Undo: \(rows) rows, \(applied) proposed to be taken back, \(rows - applied) that cannot be, each with its reason."
      )
      console.data("Review \(folder)/report.html or changes.csv, then: reconcile apply \(run.id)")
    } else {
      let applied = report.changes.decision[Decision.apply.rawValue, default: 0]
      console.data(
        "Plan: \(rows) rows, \(applied) proposed to be applied, \(rows - applied) held for a decision"
          + (report.changes.risk[Risk.conflict.rawValue].map { " (\($0) conflicts)" } ?? "") + ".")
      console.data("Review \(folder)/report.html or changes.csv, then: reconcile apply \(run.id)")
    }
    if let change = mappingChange {
      if change.rows > 0 {
        console.data(
          "Mapping changed: \(change.rows) of \(rows) rows come from it and are held; review them, then: "
            + "reconcile apply --confirm-mapping \(change.rows)")
      }
      if change.dropped > 0 {
        console.data(
          "Mapping changed: \(change.dropped) rows that the earlier mapping brings are not proposed any more.")
      }
    }
    for stop in stops {
      console.data(
        "Safety: \(stop.message). Likely cause: \(stop.cause). apply stops unless \(stop.limit.flag) is given.")
    }
    if rows == 0 { console.data("Reports: \(folder)") }
    console.data("Plan digest: \(run.digest)")
  }

  private var json: JSONValue {
    func counts(_ table: [String: Int]) -> JSONValue {
      .object(table.sorted { $0.key < $1.key }.map { JSONMember($0.key, .number(String($0.value))) })
    }
    return .object([
      JSONMember("message_type", .string("plan")), JSONMember("kind", .string(run.kind)),
      JSONMember("run_id", .string(run.id.text)),
      JSONMember("plan_digest", .string(run.digest)), JSONMember("rows", .number(String(report.changes.total))),
      JSONMember("decisions", counts(report.changes.decision)), JSONMember("risks", counts(report.changes.risk)),
      JSONMember("standings", counts(report.status)), JSONMember("reports", .string(folder)),
      JSONMember("safety", .array(stops.map(json))),
      JSONMember("rows_from_changed_mapping", .number(String(mappingChange?.rows ?? 0))),
      JSONMember("rows_dropped_by_changed_mapping", .number(String(mappingChange?.dropped ?? 0))),
    ])
  }

  private func json(_ stop: SafetyStop) -> JSONValue {
    .object([
      JSONMember("limit", .string(stop.limit.rawValue)), JSONMember("count", .number(String(stop.count))),
      JSONMember("deals", .number(String(stop.deals))), JSONMember("message", .string(stop.message)),
      JSONMember("cause", .string(stop.cause)),
    ])
  }
}
