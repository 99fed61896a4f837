import JSON
import Ledger
import Model

/// What a person is told at the end of `plan`.
struct PlanSummary {
  /// How many rows the plan has.
  let rows: Int
  private let run: RunEntry
  private let standings: [Standing: Int]
  private let decisions: [Decision: Int]
  private let risks: [Risk: Int]
  private let folder: String

  /// Counts the run's plan and the verdicts of its night.
  init(_ run: RunEntry, ledger: LedgerFile, folder: String) throws {
    var rows = 0
    var decisions: [Decision: Int] = [:]
    var risks: [Risk: Int] = [:]
    standings = try ledger.read { transaction in
      try transaction.eachRow(of: run.number) { row in
        rows += 1
        decisions[row.decision, default: 0] += 1
        risks[row.change.risk, default: 0] += 1
      }
      return try transaction.standings()
    }
    self.rows = rows
    self.decisions = decisions
    self.risks = risks
    self.run = run
    self.folder = folder
  }

  /// Prints the summary: a few lines for a person, or one JSON line.
  func print(to console: Console) {
    guard !console.isJSON else {
      console.data(json.text)
      return
    }
    guard !console.isQuiet else { return }
    let counts = Standing.allCases.compactMap { standing in
      standings[standing].map { "\($0) \(standing.rawValue)" }
    }
    console.data("Run \(run.id): \(counts.joined(separator: ", "))")
    if rows == 0 {
      console.data("Nothing to do: both sides agree on everything that may be written.")
    } else {
      let waiting = rows - decisions[.apply, default: 0]
      console.data(
        "Plan: \(rows) rows, \(decisions[.apply, default: 0]) proposed to be applied, \(waiting) held for a decision"
          + (risks[.conflict].map { " (\($0) conflicts)" } ?? "") + ".")
      console.data("Review \(folder)/changes.csv, then: reconcile apply \(run.id)")
    }
    console.data("Plan digest: \(run.digest)")
  }

  private var json: JSONValue {
    func counts<Key: RawRepresentable & Hashable>(_ table: [Key: Int]) -> JSONValue where Key.RawValue == String {
      .object(
        table.sorted { $0.key.rawValue < $1.key.rawValue }.map {
          JSONMember($0.key.rawValue, .number(String($0.value)))
        })
    }
    return .object([
      JSONMember("message_type", .string("plan")), JSONMember("run_id", .string(run.id.text)),
      JSONMember("plan_digest", .string(run.digest)), JSONMember("rows", .number(String(rows))),
      JSONMember("decisions", counts(decisions)), JSONMember("risks", counts(risks)),
      JSONMember("standings", counts(standings)), JSONMember("reports", .string(folder)),
    ])
  }
}
