import Ledger
import Load
import Model

/// The person who decides the rows of a plan.
struct Reviewer {
  private let world: World

  init(_ world: World) {
    self.world = world
  }

  /// Decides every row of a run; with `everything`, none is left open.
  func decisions(_ run: RunEntry, everything: Bool) throws -> [Int: Decision] {
    let ledger = try world.openLedger()
    var rows: [PlanRow] = []
    try ledger.read { try $0.eachRow(of: run.number) { rows.append($0) } }
    var decisions: [Int: Decision] = [:]
    for var row in rows {
      let decision = decision(row, Event(.decide, run.number, row.seq), everything)
      decisions[row.seq] = decision
      world.coverage.count("row \(row.change.action.rawValue)")
      world.coverage.count("reason \(row.change.code.rawValue)")
      world.coverage.count("decision \(decision.rawValue)")
      row.decision = decision
      if decision.writes { world.oracle.approve(row, of: run.id) }
      if decision == .reject { world.oracle.reject(row) }
      world.say(
        "  row \(row.seq) \(row.change.action.rawValue) \(row.change.field) \(row.key.referralID) \(row.key.opportunityID) "
          + "[\(row.change.base)|\(row.change.partnerCenter)|\(row.change.salesforce)→\(row.change.new)] \(decision.rawValue)"
      )
    }
    return decisions
  }

  private func decision(_ row: PlanRow, _ event: Event, _ everything: Bool) -> Decision {
    let allowed = row.allowedDecisions
    if allowed.contains(.partnerCenter) || allowed.contains(.salesforce) {
      if !everything, world.dice.fraction(event) < 0.3 { return .hold }
      let sides = [Decision.partnerCenter, .salesforce].filter(allowed.contains)
      return world.dice.pick(event, of: sides, 1) ?? .hold
    }
    guard allowed.contains(.apply) else { return row.decision }
    if everything { return .apply }
    switch world.dice.fraction(event) {
    case ..<0.06: return .hold
    case ..<0.09: return allowed.contains(.reject) ? .reject : .hold
    default: return .apply
    }
  }
}
