package import Model

/// What a plan's rows would do, counted the way the limits are stated.
///
/// Rows are counted in the order of the plan, in which those of one pair stand together.
package struct SafetyTally: Sendable, Hashable {
  /// The deals in play, of which shares are taken.
  package let deals: Int
  /// Deals that are updated, by side.
  private(set) var updates: [Side: Int] = [:]
  /// Records that are created, by action.
  private(set) var creates: [Action: Int] = [:]
  /// Deals that are won, lost or declined.
  private(set) var closes = 0
  /// Rows that change a field, by side and label.
  private(set) var fields: [FieldChange: Int] = [:]
  /// Rows that only the changed mapping brings.
  private(set) var fromMapping = 0
  private var last: [Side: PairKey] = [:]
  /// The pair of which a record is created: what its other rows write belongs to the creation.
  private var created: PairKey?

  /// A field of one side.
  struct FieldChange: Hashable, Sendable {
    let side: Side
    let label: String
  }

  /// Nothing counted yet; `standings` tells which deals are in play.
  package init(standings: [Standing: Int]) {
    deals = standings.reduce(0) { sum, entry in
      switch entry.key {
      case .skipped, .closed: sum
      case .inSync, .changes, .conflict, .held, .onlyPartnerCenter, .onlySalesforce, .quarantined, .error:
        sum + entry.value
      }
    }
  }

  /// Counts a row that is decided this way; one that writes nothing does not count.
  package mutating func count(_ row: PlanRow, decided decision: Decision) {
    guard decision.writes else { return }
    let side = row.change.target(decided: decision)
    if row.change.code == .fromChangedMapping { fromMapping += 1 }
    switch row.change.action {
    case .createOpportunity, .createLead, .createReferral:
      creates[row.change.action, default: 0] += 1
      created = row.key
    case .closeWon, .closeLost, .decline:
      closes += 1
    case .update, .conflict:
      guard row.key != created else { break }
      fields[FieldChange(side: side, label: row.change.field), default: 0] += 1
      countUpdate(of: row.key, on: side)
    case .accept, .raiseVisibility, .requestHelp, .addSolution, .removeSolution, .addContact, .addTeamMember, .addNote:
      countUpdate(of: row.key, on: side)
    case .link, .mark:
      break
    }
  }

  private mutating func countUpdate(of key: PairKey, on side: Side) {
    guard last[side] != key, key != created else { return }
    last[side] = key
    updates[side, default: 0] += 1
  }
}
