import ArgumentParser
import Foundation
import JSON
import Ledger
import Model

/// `reconcile record ID`: everything that the ledger remembers of one pair.
struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Tell the life of one deal: snapshots, plans, decisions, writes.",
    discussion: """
      Takes the id of a referral or of an opportunity and tells, oldest first, every snapshot in which one of the two \
      records changed, every row that a plan had about them with its decision and outcome, and every request with its id. \
      Reads the ledger alone.

      Example:
        reconcile record 006Sb000000001x
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: "The id of a referral or of an opportunity.") var id: String

  func run() throws {
    let console = common.console
    try reporting(console) {
      let ledger = try OpenFolder(common).ledger()
      let life = try ledger.read { try PairLife(of: id, in: $0) }
      if console.isJSON { printJSON(life, console) } else { print(life, console) }
      if !console.isJSON, life.removedRuns > 0 {
        console.say("\(life.removedRuns) earlier runs were removed (retention.runs), with what they knew of this deal.")
      }
      return .done
    }
  }

  private func print(_ life: PairLife, _ console: Console) {
    let verdict = life.verdict
    let facts = [
      ("name", verdict?.name ?? ""), ("referral", life.key.referralID), ("opportunity", life.key.opportunityID),
      ("standing", verdict.map { "\($0.standing.rawValue) (\($0.code.rawValue))" } ?? "in neither snapshot"),
      ("reason", verdict?.reason ?? ""),
    ]
    for (title, text) in facts where !text.isEmpty {
      console.data(title.padding(toLength: 13, withPad: " ", startingAt: 0) + TextTable.printable(text))
    }
    console.data("")
    let rows = life.events.flatMap { event in Self.rows(event) }
    for line in TextTable(["when", "run", "what", "where", "detail"], rows).lines(width: console.width, widest: 160) {
      console.data(line)
    }
  }

  /// The lines of an event; those of a changed record name one column each.
  private static func rows(_ event: PairLife.Event) -> [[String]] {
    func line(_ what: String, _ side: String, _ detail: String, at time: String? = nil) -> [String] {
      [time ?? event.run.started, event.run.id.text, what, side, detail]
    }
    switch event.what {
    case .appeared(let side): return [line("appears", side.title, "in the snapshot")]
    case .vanished(let side): return [line("is gone", side.title, "from the snapshot")]
    case .changed(let side, let columns):
      return columns.map { line("changed", side.title, "\($0.column): \($0.old) → \($0.new)") }
    case .row(let row):
      let change = row.change
      let text = "\(row.seq) \(change.action.rawValue) \(change.field): \(Self.values(change)) \(change.code.rawValue)"
      let answer = [
        row.answer.code?.rawValue ?? "", row.answer.status.map { "HTTP \($0)" } ?? "", row.answer.message,
      ].filter { !$0.isEmpty }.joined(separator: " ")
      let proposed = line("row", change.direction.target.title, text)
      guard row.outcome != .planned else { return [proposed] }
      return [
        proposed,
        line(
          "\(row.decision.rawValue): \(row.outcome.rawValue)", change.direction.target.title,
          "\(row.seq) \(answer)", at: row.answer.at.isEmpty ? nil : row.answer.at),
      ]
    case .request(let request):
      let outcome = request.outcome?.rawValue ?? "no answer yet"
      return [
        line(
          "request", "", "\(request.what): \(outcome) \(request.requestID)",
          at: request.settled.isEmpty ? request.intended : request.settled)
      ]
    }
  }

  private static func values(_ change: Change) -> String {
    change.action == .conflict
      ? "Partner Center \(change.partnerCenter), Salesforce \(change.salesforce)" : "\(change.base) → \(change.new)"
  }

  private func printJSON(_ life: PairLife, _ console: Console) {
    let agreed = life.agreed.sorted { $0.key < $1.key }.map { JSONMember($0.key, .string($0.value)) }
    console.data(
      JSONValue.object([
        JSONMember("message_type", .string("record")), JSONMember("referral_id", .string(life.key.referralID)),
        JSONMember("opportunity_id", .string(life.key.opportunityID)),
        JSONMember("name", .string(life.verdict?.name ?? "")),
        JSONMember("status", life.verdict.map { .string($0.standing.rawValue) } ?? .null),
        JSONMember("reason_code", life.verdict.map { .string($0.code.rawValue) } ?? .null),
        JSONMember("reason", .string(life.verdict?.reason ?? "")), JSONMember("agreed", .object(agreed)),
      ]).text)
    for event in life.events { console.data(Self.json(event).text) }
  }

  private static func json(_ event: PairLife.Event) -> JSONValue {
    func line(_ what: String, _ members: [JSONMember]) -> JSONValue {
      .object(
        [
          JSONMember("message_type", .string(what)), JSONMember("run_id", .string(event.run.id.text)),
          JSONMember("run_kind", .string(event.run.kind)), JSONMember("started", .string(event.run.started)),
        ] + members)
    }
    switch event.what {
    case .appeared(let side): return line("appeared", [JSONMember("side", .string(side.rawValue))])
    case .vanished(let side): return line("vanished", [JSONMember("side", .string(side.rawValue))])
    case .changed(let side, let columns):
      let changes = columns.map {
        JSONValue.object([
          JSONMember("column", .string($0.column)), JSONMember("old", .string($0.old)),
          JSONMember("new", .string($0.new)),
        ])
      }
      return line("changed", [JSONMember("side", .string(side.rawValue)), JSONMember("columns", .array(changes))])
    case .row(let row): return line("row", row.json.objectValue ?? [])
    case .request(let request):
      return line(
        "request",
        [
          JSONMember("rows", .array(request.rows.map { .number(String($0)) })),
          JSONMember("what", .string(request.what)),
          JSONMember("outcome", request.outcome.map { .string($0.rawValue) } ?? .null),
          JSONMember("request_id", .string(request.requestID)), JSONMember("intended", .string(request.intended)),
          JSONMember("settled", .string(request.settled)),
        ])
    }
  }
}
