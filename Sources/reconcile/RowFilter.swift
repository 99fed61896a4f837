import ArgumentParser
import Model

/// Which rows of a plan are wanted.
struct RowFilter: ParsableArguments {
  @Option(help: "Only rows that write this side: partner-center or salesforce.") var side: Side?

  @Option(help: "Only rows of this outcome or decision: planned, applied, held, stale, hold, apply …")
  var status: [String] = []

  @Option(help: "Only rows of this risk: normal, irreversible, terminal or conflict.") var risk: [Risk] = []

  @Option(help: "Only rows of this action: update, create-opportunity, accept, conflict …") var action: [Action] = []

  @Option(help: ArgumentHelp("Only rows of this field, by its label in fields.csv.", valueName: "label"))
  var field: [String] = []

  @Option(help: "Only rows of this referral or opportunity id.") var id: [String] = []

  func validate() throws {
    let known = Set(Outcome.allCases.map(\.rawValue) + Decision.allCases.map(\.rawValue))
    if let unknown = status.first(where: { !known.contains($0) }) {
      throw ValidationError("unknown status \"\(unknown)\"; it is one of \(known.sorted().joined(separator: ", "))")
    }
  }

  /// Whether a row is wanted.
  func admits(_ row: PlanRow) -> Bool {
    (side == nil || row.change.direction.target == side)
      && (status.isEmpty || status.contains(row.outcome.rawValue) || status.contains(row.decision.rawValue))
      && (risk.isEmpty || risk.contains(row.change.risk)) && (action.isEmpty || action.contains(row.change.action))
      && (field.isEmpty || field.contains { $0.lowercased() == row.change.field.lowercased() })
      && (id.isEmpty || id.contains(where: row.key.isOf))
  }
}

extension Side: ExpressibleByArgument {}
extension Risk: ExpressibleByArgument {}
extension Action: ExpressibleByArgument {}
