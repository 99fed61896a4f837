import JSON
import Ledger
import Model
import Planning
import Transform

/// What `plan --replan` shows: the rows that today's mapping adds to the last plan, takes from it and changes.
struct ReplanReport {
  private let run: RunEntry
  private let outcome: Replan.Outcome

  /// Plans the run's snapshots again; `latest` is the newest run.
  init(of name: String, _ workspace: OpenWorkspace, ledger: LedgerFile) throws {
    run = try OpenFolder(workspace).run(name == "latest" ? nil : name, in: ledger)
    outcome = try Replan(mapping: workspace.mapping, organizationID: workspace.organizationID).run(run, in: ledger)
  }

  /// Prints the differences.
  func print(to console: Console, tellsChanges: Bool) -> ExitStatus {
    let rows = outcome.differences.map(cells)
    if console.isJSON {
      for row in rows {
        let members = zip(Self.names, row).map { JSONMember($0, .string($1)) }
        console.data(JSONValue.object([JSONMember("message_type", .string("difference"))] + members).text)
      }
      console.data(summary.text)
    } else {
      for line in TextTable(Self.titles, rows).lines(width: console.width) { console.data(line) }
      let counts = Replan.Difference.Kind.allCases.map { kind in "\(count(kind)) \(Self.words(kind))" }
      console.data(
        "Run \(run.id) has \(outcome.before) rows; with today's mapping it would have \(outcome.after): "
          + counts.joined(separator: ", ") + ".")
    }
    return tellsChanges && !rows.isEmpty ? .changes : .done
  }

  private static let names = ["difference", "action", "direction", "name", "field", "before", "after", "reason"]
  private static let titles = ["", "action", "writes", "deal", "field", "in the plan", "today", "why"]

  private func cells(_ difference: Replan.Difference) -> [String] {
    let change = difference.shown
    return [
      difference.kind.rawValue, change?.action.rawValue ?? "", change?.direction.target.title ?? "", difference.name,
      change?.field ?? "", difference.before?.new ?? "", difference.after?.new ?? "", change?.reason ?? "",
    ]
  }

  private func count(_ kind: Replan.Difference.Kind) -> Int {
    outcome.differences.count { $0.kind == kind }
  }

  private static func words(_ kind: Replan.Difference.Kind) -> String {
    switch kind {
    case .appears: "appear"
    case .disappears: "disappear"
    case .changes: "change"
    }
  }

  private var summary: JSONValue {
    .object(
      [
        JSONMember("message_type", .string("replan")), JSONMember("run_id", .string(run.id.text)),
        JSONMember("rows_before", .number(String(outcome.before))),
        JSONMember("rows_after", .number(String(outcome.after))),
      ] + Replan.Difference.Kind.allCases.map { JSONMember($0.rawValue, .number(String(count($0)))) })
  }
}
