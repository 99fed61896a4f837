import ArgumentParser
import JSON
import Ledger
import Load
import Model

/// `reconcile show`: the rows of a plan as a table.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print the rows of a plan.",
    discussion: """
      Options of different names narrow the rows down together; one that is given several times lets any of its words \
      through.

      Examples:
        reconcile show
        reconcile show --side salesforce --status hold
        reconcile show 20261102T021500Z-qpez --risk conflict --json
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: ArgumentHelp("The run; the newest by default.", valueName: "run")) var runID: String?

  @OptionGroup var filter: RowFilter

  func run() throws {
    let console = common.console
    try reporting(console) {
      let workspace = try OpenFolder(common)
      let ledger = try workspace.ledger()
      let entry = try workspace.run(runID, in: ledger)
      var rows: [PlanRow] = []
      try ledger.read { transaction in
        try transaction.eachRow(of: entry.number) { row in
          if filter.admits(row) { rows.append(row) }
        }
      }
      if console.isJSON {
        for row in rows { console.data(row.json.text) }
      } else {
        for line in Self.table(rows).lines(width: console.width) { console.data(line) }
        if rows.isEmpty { console.say("Run \(entry.id) has no such rows.") }
        console.say("Plan digest: \(entry.digest)")
      }
      return .done
    }
  }

  /// The rows as a person reads them.
  static func table(_ rows: [PlanRow]) -> TextTable {
    TextTable(
      ["seq", "action", "writes", "deal", "field", "was", "becomes", "risk", "decision", "outcome"],
      rows.map { row in
        let change = row.change
        let old = change.direction == .toSalesforce ? change.salesforce : change.partnerCenter
        let new = change.action == .conflict ? "\(change.partnerCenter) or \(change.salesforce)?" : change.new
        return [
          String(row.seq), change.action.rawValue, change.direction.target.title, row.name, change.field, old, new,
          change.risk.rawValue, row.decision.rawValue, row.outcome.rawValue,
        ]
      })
  }
}

extension PlanRow {
  /// The row as a JSON line.
  var json: JSONValue {
    .object([
      JSONMember("seq", .number(String(seq))), JSONMember("action", .string(change.action.rawValue)),
      JSONMember("direction", .string(change.direction.rawValue)), JSONMember("referral_id", .string(key.referralID)),
      JSONMember("opportunity_id", .string(key.opportunityID)), JSONMember("name", .string(name)),
      JSONMember("field", .string(change.field)), JSONMember("base_value", .string(change.base)),
      JSONMember("partner_center_value", .string(change.partnerCenter)),
      JSONMember("salesforce_value", .string(change.salesforce)), JSONMember("new_value", .string(change.new)),
      JSONMember("risk", .string(change.risk.rawValue)), JSONMember("rule", .string(change.rule)),
      JSONMember("reason_code", .string(change.code.rawValue)), JSONMember("reason", .string(change.reason)),
      JSONMember("decision", .string(decision.rawValue)), JSONMember("outcome", .string(outcome.rawValue)),
      JSONMember("error_code", answer.code.map { .string($0.rawValue) } ?? .null),
      JSONMember("http_status", answer.status.map { .number(String($0)) } ?? .null),
      JSONMember("request_id", .string(answer.requestID)), JSONMember("applied_at", .string(answer.at)),
    ])
  }
}
