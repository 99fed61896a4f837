import Model

/// Judges what the tool does to the services by what users did and decided, and by nothing that the tool notes down.
final class Oracle {
  /// A row that a reviewer approved.
  struct Approved {
    let run: RunID
    let seq: Int
    let action: Action
    let side: Side
    let field: TrackedField?
    /// The value that it writes.
    let token: Token?
  }

  /// A place in the services that holds a value.
  struct Place: Hashable {
    let record: String
    let field: TrackedField
  }

  var lineage = Lineage()
  private(set) var violations: [Violation] = []
  private(set) var resurrections = 0
  private var approved: [String: [Approved]] = [:]
  private var effects: [RunID: [Int: Int]] = [:]
  private var overwritten: [RunID: Set<Int>] = [:]
  private var lastEffects: [String: [(run: RunID, seq: Int)]] = [:]
  /// Every value that a place ever held.
  private var held: [Place: Set<Token>] = [:]
  /// Records whose counterpart a user deleted, and which therefore must not get a new one.
  private var bereaved: Set<String> = []
  /// Records that a process of the tool came to know while it lived.
  private var known: Set<String> = []
  /// Records that the process made which is at work.
  private var made: Set<String> = []

  func report(_ property: Property, _ text: String) {
    violations.append(Violation(property, text))
  }

  /// Fields of records in which a reviewer wants the two sides to differ.
  private(set) var rejected: Set<Place> = []

  /// Takes in that a reviewer rejected a row: it is not proposed again until a value moves.
  func reject(_ row: PlanRow) {
    guard let field = TrackedField(rawValue: row.change.field) else { return }
    for id in [row.key.referralID, row.key.opportunityID] { rejected.insert(Place(record: id, field: field)) }
  }

  /// Takes in that a process came to its end alive, and whether it read every list: it knows what it made, and what it read.
  ///
  /// A record of which nobody but a dead process knew may be deleted and made again: nothing is left that could tell.
  func ended(_ picture: Picture, readAll: Bool) {
    known.formUnion(made)
    made = []
    guard readAll else { return }
    known.formUnion(picture.referrals.keys)
    known.formUnion(picture.opportunities.keys)
  }

  /// Takes in that a process died.
  func died() { made = [] }

  // MARK: What users do

  /// Takes in what a user did between two pictures.
  func user(_ before: Picture, _ after: Picture) {
    for (now, was) in [(after.referrals, before.referrals), (after.opportunities, before.opportunities)] {
      for (id, deal) in now {
        note(id, deal)
        guard let old = was[id] else { continue }
        for field in TrackedField.allCases {
          guard let new = deal.tokens[field], let old = old.tokens[field], new != old else { continue }
          lineage.replaced(old, by: new)
        }
        if deal != old { overwrite(id) }
      }
    }
    for (id, deal) in before.opportunities where after.opportunities[id] == nil && known.contains(id) {
      if !deal.partner.isEmpty { bereaved.insert(deal.partner) }
      bereaved.formUnion(before.referrals.filter { $0.value.partner == id }.keys)
    }
    for (id, deal) in before.referrals where after.referrals[id] == nil && known.contains(id) {
      if !deal.partner.isEmpty { bereaved.insert(deal.partner) }
      bereaved.formUnion(before.opportunities.filter { $0.value.partner == id }.keys)
    }
  }

  /// Takes in that a reviewer approved a row; of a conflict, that the one value shall stand instead of the other.
  func approve(_ row: PlanRow, of run: RunID) {
    let change = row.change
    let side = change.target(decided: row.decision)
    let field = TrackedField(rawValue: change.field)
    let token = field.map { $0.token(row.writtenText) }
    if change.action == .conflict, let field, let token {
      lineage.replaced(field.token(side == .salesforce ? change.salesforce : change.partnerCenter), by: token)
    }
    let entry = Approved(run: run, seq: row.seq, action: change.action, side: side, field: field, token: token)
    for id in [row.key.referralID, row.key.opportunityID] where !id.isEmpty { approved[id, default: []].append(entry) }
  }

  // MARK: What the tool does

  /// Judges one request of the tool by what it changed; `isLate` says that the tool does not wait for it any more.
  func tool(_ before: Picture, _ after: Picture, run: RunID, isLate: Bool) {
    guard before != after else { return }
    judgeMissing(before, after)
    for (id, deal) in after.referrals {
      judge(id, deal, before.referrals[id], .partnerCenter, run, isLate)
    }
    for (id, deal) in after.opportunities {
      judge(id, deal, before.opportunities[id], .salesforce, run, isLate)
    }
    judgeDuplicates(before, after)
  }

  private func judgeMissing(_ before: Picture, _ after: Picture) {
    for id in before.referrals.keys where after.referrals[id] == nil { report(.wrongDelete, "referral \(id)") }
    for id in before.opportunities.keys where after.opportunities[id] == nil {
      report(.wrongDelete, "opportunity \(id)")
    }
    for (text, count) in before.others where after.others[text, default: 0] < count {
      let isLine = text.hasPrefix("line")
      let owner = text.split(whereSeparator: { " /".contains($0) }).dropFirst().first.map(String.init) ?? ""
      if !isLine || !approvals(of: owner).contains(where: { $0.action == .removeSolution }) {
        report(.wrongDelete, text)
      }
    }
  }

  private func judge(
    _ id: String, _ deal: Picture.Deal, _ before: Picture.Deal?, _ side: Side, _ run: RunID, _ isLate: Bool
  ) {
    note(id, deal)
    guard let before else { return judgeNew(id, deal, side, run, isLate) }
    for field in TrackedField.allCases {
      guard let new = deal.tokens[field], let old = before.tokens[field], new != old else { continue }
      if !lineage.knows(new, old) { report(.lostUpdate, "\(new) over \(old) in \(id)") }
      let rows = approvals(of: id).filter { $0.side == side && $0.field == field && $0.token == new }
      if rows.isEmpty { report(.prediction, "\(new) over \(old) in \(id), which nobody approved") }
      for row in rows where row.run == run { took(row, id) }
    }
    if deal.state != before.state, !approvals(of: id).contains(where: { $0.side == side && $0.movesState }) {
      report(.prediction, "\(before.state) to \(deal.state) of \(id), which nobody approved")
    }
    if deal.partner != before.partner {
      let isMeant =
        approvals(of: id).contains { $0.isAboutIdentity } || approvals(of: deal.partner).contains { $0.isAboutIdentity }
      if !isMeant { report(.prediction, "\(id) names \(deal.partner), which nobody approved") }
    }
  }

  private func judgeNew(_ id: String, _ deal: Picture.Deal, _ side: Side, _ run: RunID, _ isLate: Bool) {
    if !isLate { made.insert(id) }
    let action: Action = side == .salesforce ? .createOpportunity : .createReferral
    let rows = approvals(of: deal.partner).filter { $0.action == action }
    if rows.isEmpty { report(.prediction, "\(id) was created, which nobody approved") }
    for row in rows where row.run == run { took(row, id) }
    guard bereaved.contains(deal.partner) else { return }
    if isLate { resurrections += 1 } else { report(.undoneDelete, "\(id) stands for what a user deleted") }
  }

  private func judgeDuplicates(_ before: Picture, _ after: Picture) {
    for (now, was, name) in [
      (after.opportunities, before.opportunities, "opportunities"), (after.referrals, before.referrals, "referrals"),
    ] {
      let counts = Dictionary(grouping: now.values.filter { !$0.partner.isEmpty }, by: \.partner).mapValues(\.count)
      for (partner, count) in counts where count > 1 && now.count > was.count {
        if was.values.count(where: { $0.partner == partner }) < count {
          report(.duplicate, "\(count) \(name) of \(partner)")
        }
      }
    }
    for (text, count) in after.others where count > 1 && count > before.others[text, default: 0] {
      report(.duplicate, "\(count) times \(text)")
    }
  }

  // MARK: The report

  /// Holds the outcomes of a run's rows against what was seen to happen; `isOver` says that the run came to its end.
  func compare(_ rows: [PlanRow], of run: RunID, isOver: Bool) {
    for row in rows where row.decision.writes {
      let count = effects[run]?[row.seq] ?? 0
      let place = "row \(row.seq) (\(row.change.action.rawValue) \(row.change.field)) is \(row.outcome.rawValue)"
      switch row.outcome {
      case .applied: if !isTrue(row) { report(.honesty, "\(place), and nothing shows it") }
      case .failed, .notAttempted, .held, .rejected: if count > 0 { report(.honesty, "\(place), and took effect") }
      case .stale:
        if count > 0, overwritten[run]?.contains(row.seq) != true { report(.honesty, "\(place), and took effect") }
      case .planned: if isOver { report(.honesty, "\(place) after the run was over") }
      case .unknown: break
      }
    }
  }

  private func isTrue(_ row: PlanRow) -> Bool {
    let id = row.change.target(decided: row.decision) == .salesforce ? row.key.opportunityID : row.key.referralID
    guard let field = TrackedField(rawValue: row.change.field), !id.isEmpty else { return true }
    return held[Place(record: id, field: field)]?.contains(field.token(row.writtenText)) == true
  }

  // MARK: Notes

  private func approvals(of id: String) -> [Approved] { approved[id] ?? [] }

  private func took(_ row: Approved, _ id: String) {
    effects[row.run, default: [:]][row.seq, default: 0] += 1
    lastEffects[id, default: []].append((row.run, row.seq))
  }

  private func overwrite(_ id: String) {
    for effect in lastEffects.removeValue(forKey: id) ?? [] { overwritten[effect.run, default: []].insert(effect.seq) }
  }

  private func note(_ id: String, _ deal: Picture.Deal) {
    for (field, token) in deal.tokens { held[Place(record: id, field: field), default: []].insert(token) }
  }
}

extension Oracle.Approved {
  /// Whether it may change a status or a stage.
  fileprivate var movesState: Bool {
    switch action {
    case .accept, .decline, .closeWon, .closeLost, .update, .conflict, .createOpportunity, .createReferral: true
    case .createLead, .raiseVisibility, .requestHelp, .addSolution, .removeSolution, .addContact, .addTeamMember,
      .addNote, .link, .mark:
      false
    }
  }

  /// Whether it writes one record's id into the other.
  fileprivate var isAboutIdentity: Bool {
    switch action {
    case .link, .createOpportunity, .createReferral, .update: true
    case .accept, .decline, .closeWon, .closeLost, .conflict, .createLead, .raiseVisibility, .requestHelp, .addSolution,
      .removeSolution, .addContact, .addTeamMember, .addNote, .mark:
      false
    }
  }
}

extension PlanRow {
  /// The value that its decision writes, as the report shows it.
  var writtenText: String {
    switch decision {
    case .partnerCenter: change.partnerCenter
    case .salesforce: change.salesforce
    case .apply, .hold, .reject: change.new
    }
  }
}
