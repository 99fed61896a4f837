import Foundation
package import Model

extension Judge {
  /// A referral and its opportunity.
  func judgePair(_ facts: PairFacts) -> Verdict {
    guard let referral = facts.referral, let opportunity = facts.opportunity else { return judgeOpportunity(facts) }
    let face = self.face(referral: referral, opportunity: opportunity)
    func report(_ standing: Standing, _ code: Code, _ reason: String) -> Verdict {
      Verdict(facts.key, standing, face, code: code, reason: reason, isSettled: true)
    }
    guard let category = Category(of: referral) else {
      return report(.quarantined, .categoryUnknown, categoryProblem(referral))
    }
    if skipsAssessment(referral) { return report(.skipped, .assessmentSkipped, Self.assessmentReason) }
    if category == .privateDeal && mapping.settings.privateDeals == .skip {
      return report(.skipped, .privateDealSkipped, "the setting Private deals leaves private deals out")
    }
    guard isTicked(opportunity) || facts.owesTick else {
      return report(.skipped, .untickedPair, "Sync with Partner Center is not ticked on the opportunity")
    }
    let state = ReferralState(status: referral[.status], substatus: referral[.substatus])
    if case .unknown(let status) = state, referral[.status].lowercased() != "active" {
      return report(.quarantined, .statusUnknown, "the status \(status) is not known; nothing is written")
    }
    return merged(facts, referral, opportunity, face, category, state)
  }

  /// What status and stage of a pair ask for, and the merge of its fields that follows from it.
  func merge(
    _ facts: PairFacts, _ referral: Record, _ opportunity: Record, _ category: Category, _ state: ReferralState
  ) -> (status: StatusDecision, fields: FieldMerge) {
    let deal = OpportunityState(of: opportunity, by: mapping)
    let status = StatusTable.decide(
      referral: state, opportunity: deal, wasClosed: facts.base[StatusRows.stageLabel] == "closed",
      closesExpired: mapping.settings.expiredReferral == .close)
    let access = FieldMerge.Access(
      isOnHold: deal == .onHold || status.moves == [.decline], isTerminal: state.isTerminal,
      isFilteredLead: category.isLead && mapping.settings.coSellOnly, ridesWithAccept: status.moves.contains(.accept))
    let fields = FieldMerge(
      mapping: mapping, referral: referral, opportunity: opportunity, base: facts.base, organizationID: organizationID,
      access: access, plan: plans.plan(mapping, referral, opportunity, facts.base))
    return (status, fields)
  }

  private func merged(
    _ facts: PairFacts, _ referral: Record, _ opportunity: Record, _ face: Verdict.Face, _ category: Category,
    _ state: ReferralState
  ) -> Verdict {
    let (status, merge) = merge(facts, referral, opportunity, category, state)
    let moves = status.moves
    var fields = merge.run()
    ListRows(
      mapping: mapping, referral: referral, opportunity: opportunity, base: facts.base, neighbours: facts.neighbours,
      access: merge.access
    ).run(into: &fields)
    if let unreadable = fields.unreadable {
      return Verdict(
        facts.key, .quarantined, face, code: .valueUnreadable, reason: unreadable, isSettled: true)
    }
    let rows = StatusRows(
      mapping: mapping, referral: referral, opportunity: opportunity, category: category, now: now)
    // Acceptance first, the fields with it, then whatever closes the deal.
    var changes = moves.filter { $0 == .accept }.map(rows.row) + fields.changes
    changes += moves.filter { $0 != .accept }.map(rows.row)
    if facts.owesTick { changes.append(TickRow(mapping: mapping).owed(opportunity)) }
    changes += mark(opportunity, changes)
    var agreed = fields.agreed
    if status == .settled { agreed[StatusRows.stageLabel] = state.isTerminal ? "closed" : "open" }
    let microsoft = MicrosoftSide(records: facts.neighbours.connected, referral: referral, now: now)
    if let line = microsoft.line { fields.remarks.append(line) }
    if facts.neighbours.knowsConnected, let line = microsoft.missing(state, mapping) { fields.remarks.append(line) }
    return PairOutcome(
      facts: facts, face: face, state: state, status: status, now: now, changes: changes, notes: fields.notes,
      remarks: fields.remarks, agreed: agreed
    ).verdict
  }

  /// The mark row of a pair: behind its other rows, or alone where the mark is wrong.
  private func mark(_ opportunity: Record, _ changes: [Change]) -> [Change] {
    let marks = MarkRow(mapping: mapping)
    guard !changes.isEmpty else { return marks.alone(opportunity).map { [$0] } ?? [] }
    let renamed = changes.last { $0.field == mapping.field(.dealName).label && $0.direction == .toSalesforce }
    let name = renamed.flatMap { $0.action == .conflict ? nil : $0.new } ?? NameMark.strip(opportunity[.name])
    return marks.following(opportunity, name: name).map { [$0] } ?? []
  }

  /// Whether the seller ticked the opportunity (R1); an org without the field ticks everything.
  package func isTicked(_ opportunity: Record) -> Bool {
    guard let column = mapping.field(.syncFlag).salesforceField?.column,
      opportunity.shape.position(of: column) != nil
    else { return true }
    return opportunity.hasTicked(column)
  }

  /// Why a referral fits no category (R9).
  func categoryProblem(_ referral: Record) -> String {
    let inviter = referral[.inviter]
    return "type \(referral["type"]), qualification \(referral["qualification"]) and inviter "
      + "\(inviter.isEmpty ? "none" : inviter) fit no category; it is not guessed"
  }
}

extension OpportunityState {
  /// How far an opportunity has come, by its flags and what the mapping says of its stage.
  init(of opportunity: Record, by mapping: Mapping) {
    let stage = opportunity[.stage]
    self.init(
      stage: stage, isClosed: opportunity.hasTicked(.isClosed), isWon: opportunity.hasTicked(.isWon),
      onHoldStage: mapping.settings.onHoldStage,
      means: mapping.stages.status(ofStage: stage).map { ReferralState(status: $0.status, substatus: $0.substatus) })
  }
}

extension Record {
  /// Whether a box is ticked; a spreadsheet writes `TRUE`.
  func hasTicked(_ column: String) -> Bool { Self.isTicked(self[column]) }

  /// The same of a column that is read of every record.
  func hasTicked(_ column: KnownColumn) -> Bool { Self.isTicked(self[column]) }

  private static func isTicked(_ text: String) -> Bool { text == "true" || text.lowercased() == "true" }
}

/// The standing and reason of a merged pair.
struct PairOutcome {
  let facts: PairFacts
  let face: Verdict.Face
  let state: ReferralState
  let status: StatusDecision
  let now: Date?
  let changes: [Change]
  let notes: [(code: Code, text: String)]
  let remarks: [String]
  let agreed: AgreedValues

  /// The verdict on it.
  var verdict: Verdict {
    let (standing, code, reason) = finding
    return Verdict(
      facts.key, standing, face, code: code,
      reason: ([reason] + notes.map(\.text).filter { $0 != reason } + remarks).joined(separator: "; "),
      changes: changes, agreed: agreed, isSettled: isSettled)
  }

  /// Whether nothing but a change of one of the two records can bring another verdict.
  ///
  /// The catalogue of solutions is put right without either moving.
  private var isSettled: Bool {
    changes.isEmpty && remarks.isEmpty && status != .waiting && !notes.contains { $0.code == .solutionUnknown }
  }

  private var finding: (Standing, Code, String) {
    let others = changes.filter { $0.action != .mark }
    let conflicts = others.filter { $0.action == .conflict }
    if let first = conflicts.first {
      return (.conflict, first.code, "a person decides: \(conflicts.map(\.field).joined(separator: ", "))")
    }
    if let first = others.first(where: { $0.risk.proposal == .apply }) ?? (others.isEmpty ? changes.first : nil) {
      return (.changes, first.code, first.reason)
    }
    if let first = others.first {
      return (.held, first.code, first.reason)
    }
    return quiet
  }

  /// Nothing is to be done: why.
  private var quiet: (Standing, Code, String) {
    switch status {
    case .waiting:
      let deadline = facts.referral.map { Deadlines(referral: $0, now: now).answer } ?? ""
      return (
        .inSync, .waitingOnHold,
        "waits in the on-hold stage until the seller moves it" + (deadline.isEmpty ? "" : "; \(deadline)")
      )
    case .terminalMismatch:
      return (
        .closed, .closedInPartnerCenter, "closed in Partner Center as \(face.status); \(face.stage) is not applied"
      )
    case .expiredFlag:
      return (.closed, .expired, "the referral expired; the setting Expired referral leaves the opportunity as it is")
    case .unknownStatus(let status):
      return (.inSync, .statusUnknown, "the status \(status) is not known; the stage is left as it is")
    case .settled, .moves:
      break
    }
    if let note = notes.first {
      return (state.isTerminal ? .closed : .skipped, note.code, note.text)
    }
    return state.isTerminal
      ? (.closed, .closedOnBothSides, "closed on both sides") : (.inSync, .inSync, "both sides agree")
  }
}
