package import Model

/// The table of `undo`: from what a run wrote about a pair to the rows that take it back.
///
/// Pure. Each row of the run has exactly one, with its reason; one that is only told has no effect and waits for a person.
///
/// | the run | the record now | the undo |
/// |---|---|---|
/// | wrote a plain value, the stage of an opportunity among them | shows it | writes what stood there before |
/// | the same | shows what stood there before | tells it: nothing is left to do |
/// | the same | shows a third value, is gone or closed | tells it: whoever edited it decides |
/// | added a solution | has it, and others | takes it off |
/// | took a solution off a referral | lacks it | puts it back |
/// | marked the opportunity | any | marks it again behind the rows above, where there are such |
/// | anything else | any | tells what a person can do |
///
/// A plain value whose write got no clear answer is treated like one that was written: the record shows whether it was.
package struct UndoTable: Sendable {
  private let mapping: Mapping
  private let then: PairFacts
  private let now: PairFacts

  /// A table over a pair as the run's snapshots held it, and as today's hold it with what was agreed since.
  package init(mapping: Mapping, then: PairFacts, now: PairFacts) {
    self.mapping = mapping
    self.then = then
    self.now = now
  }

  /// The rows that take back what a run wrote about the pair, in its order; the mark comes last.
  package func changes(for written: [WrittenRow]) -> [Change] {
    let isMade = written.contains { $0.row.change.action.makesRecord && $0.row.outcome == .applied }
    let rows = written.filter { $0.row.change.action != .mark }.map { row in
      change(for: row, isMade: isMade)
    }
    let name = rows.last { $0.effect != nil && $0.field == mapping.field(.dealName).label }?.new
    let isWritten = rows.contains { $0.effect != nil }
    let marks = written.filter { $0.row.change.action == .mark }.map { row in
      let mark = isWritten ? self.mark(row, name: name) : nil
      return mark ?? told(row, obstacle(row) ?? byHand(row))
    }
    return rows + marks
  }

  /// `isMade` tells that the run made a record of the pair, to which the row belongs.
  private func change(for written: WrittenRow, isMade: Bool) -> Change {
    do throws(UndoObstacle) {
      if let obstacle = obstacle(written) { throw obstacle }
      if isMade, !written.row.change.action.makesRecord {
        throw UndoObstacle(.leftByHand, "it belongs to the record that the run made, and stays with it")
      }
      guard let effect = written.row.settlement?.effect else { throw byHand(written) }
      switch written.row.change.action {
      case .update, .conflict, .closeWon, .closeLost:
        guard let field = try WrittenField(effect, label: written.row.change.field, mapping: mapping) else {
          throw byHand(written)
        }
        // Whether a value that is in doubt was written is seen in the record.
        return try change(taking: field, back: written)
      case .addSolution, .removeSolution:
        return try listChange(written)
      case .createOpportunity, .createLead, .createReferral, .accept, .decline, .raiseVisibility, .requestHelp,
        .addContact, .addTeamMember, .addNote, .link, .mark:
        throw byHand(written)
      }
    } catch {
      return told(written, error)
    }
  }

  // MARK: Rows that write

  private func change(taking field: WrittenField, back written: WrittenRow) throws(UndoObstacle) -> Change {
    let record = try field.record(of: now)
    guard let former = field.side == .salesforce ? then.opportunity : then.referral, let old = field.raw(in: former),
      let raw = field.raw(in: record)
    else {
      throw UndoObstacle(.undoBlocked, "the snapshots do not hold what stood there before, or what stands there now")
    }
    let (present, before) = (try field.value(of: raw), try field.value(of: old))
    var values = self.values(of: field, present: present)
    guard present != before else {
      throw UndoObstacle(
        .takenBackAlready, "\(field.side.title) holds \(Self.shown(before)), as before", values: values)
    }
    guard present.text == written.value else {
      throw UndoObstacle(
        .editedSince,
        "the run wrote \(Self.shown(Value(written.value))) and \(field.side.title) now holds \(Self.shown(present)), "
          + "which stays", values: values)
    }
    values.new = before.text
    return change(
      .update, written, values: values, effect: field.effect(writing: old, meaning: before),
      "\(Self.shown(before)) stood in \(field.side.title) before")
  }

  private func values(of field: WrittenField, present: Value) -> Change.Values {
    let other = field.otherValue(in: now)
    let base = now.base[field.label] ?? ""
    return switch field.side {
    case .salesforce: Change.Values(base: base, partnerCenter: other, salesforce: present.text)
    case .partnerCenter: Change.Values(base: base, partnerCenter: present.text, salesforce: other)
    }
  }

  private func list(
    _ action: Action, _ written: WrittenRow, _ effect: Effect, gone: String = "", new: String = "",
    rest: [MadeRecord] = []
  ) -> Change {
    let base = now.base[written.row.change.field] ?? ""
    let values =
      switch written.row.change.direction {
      case .toSalesforce: Change.Values(base: base, salesforce: gone, new: new)
      case .toPartnerCenter: Change.Values(base: base, partnerCenter: gone, new: new)
      }
    let reason = gone.isEmpty ? "it was there before" : "it was not there before"
    let left = rest.map { "; \($0.what) \($0.id), which the run made, stays" }.joined()
    return change(action, written, values: values, effect: effect, reason + left)
  }

  private func listChange(_ written: WrittenRow) throws(UndoObstacle) -> Change {
    guard !written.isInDoubt else { throw byHand(written) }
    let solution = WrittenSolution(label: written.row.change.field, now: now, then: then)
    if written.row.change.action == .addSolution {
      let removal = try solution.removal(of: written)
      return list(.removeSolution, written, removal.effect, gone: removal.shown, rest: removal.rest)
    }
    guard written.row.change.direction == .toPartnerCenter else { throw byHand(written) }
    let addition = try solution.addition()
    return list(.addSolution, written, addition.effect, new: addition.shown)
  }

  /// Mark and audit line that tell of the rows above; nil where both are switched off now, or the opportunity is gone.
  private func mark(_ written: WrittenRow, name: String?) -> Change? {
    guard let opportunity = now.opportunity,
      let row = MarkRow(mapping: mapping).following(opportunity, name: name ?? NameMark.strip(opportunity["Name"])),
      let effect = row.effect
    else { return nil }
    return change(
      .mark, written, values: Change.Values(salesforce: row.salesforce, new: row.new), effect: effect,
      "tells in name and audit trail what was taken back")
  }

  private func change(
    _ action: Action, _ written: WrittenRow, values: Change.Values, effect: Effect, _ reason: String
  ) -> Change {
    Change(
      action, Self.direction(of: written), field: written.row.change.field, values: values,
      because: Change.Grounds(
        .takenBack, rule: written.row.change.rule, "takes back row \(written.row.seq) of \(written.run): \(reason)"),
      effect: effect, undoes: Undone(written.row, of: written.run))
  }

  // MARK: Rows that tell

  /// What keeps any row from being taken back; nil when nothing does.
  private func obstacle(_ written: WrittenRow) -> UndoObstacle? {
    if written.isTakenBack {
      return UndoObstacle(.takenBackAlready, "an earlier undo took it back")
    }
    guard written.row.outcome != .applied, !written.isInDoubt else { return nil }
    return UndoObstacle(.leftByHand, "the row ended as \(written.row.outcome.rawValue), and left something behind")
  }

  private func byHand(_ written: WrittenRow) -> UndoObstacle {
    guard !written.isInDoubt else {
      return UndoObstacle(
        .undoBlocked,
        "nobody knows whether it was written: go on with the run by reconcile apply --resume, or look at the record")
    }
    let side = written.row.change.target(decided: written.row.decision)
    return UndoObstacle(.leftByHand, LeftByHand.advice(written.row.change.action, side))
  }

  private func told(_ written: WrittenRow, _ obstacle: UndoObstacle) -> Change {
    let change = written.row.change
    let made = written.made.map { "\($0.what) \($0.id)" }
    let reason = [obstacle.text, made.isEmpty ? "" : "the run made or found: \(made.joined(separator: ", "))"]
    return Change(
      change.action == .conflict ? .update : change.action, Self.direction(of: written), field: change.field,
      values: obstacle.values,
      because: Change.Grounds(
        obstacle.code, rule: change.rule, risk: Self.risk(of: change, obstacle.code),
        "row \(written.row.seq) of \(written.run): " + reason.filter { !$0.isEmpty }.joined(separator: "; ")),
      effect: nil, undoes: Undone(written.row, of: written.run))
  }

  private static func risk(of change: Change, _ code: Code) -> Risk {
    if change.risk.isForGood { return change.risk }
    return code == .leftByHand && change.action != .mark ? .irreversible : .normal
  }

  private static func direction(of written: WrittenRow) -> ChangeDirection {
    switch written.row.change.target(decided: written.row.decision) {
    case .salesforce: .toSalesforce
    case .partnerCenter: .toPartnerCenter
    }
  }

  private static func shown(_ value: Value) -> String { value.isNone ? "nothing" : "\"\(value.text)\"" }
}

extension WrittenRow {
  /// The canonical text that the row left: of a conflict, the value that was chosen.
  fileprivate var value: String {
    switch row.change.action {
    case .conflict: row.settlement?.settles[row.change.field] ?? ""
    case .createOpportunity, .createLead, .createReferral, .update, .accept, .decline, .closeWon, .closeLost,
      .raiseVisibility, .requestHelp, .addSolution, .removeSolution, .addContact, .addTeamMember, .addNote, .link,
      .mark:
      row.change.new
    }
  }
}

extension Action {
  /// Whether it makes a record that others are about.
  package var makesRecord: Bool {
    switch self {
    case .createOpportunity, .createLead, .createReferral: true
    case .update, .accept, .decline, .closeWon, .closeLost, .raiseVisibility, .requestHelp, .addSolution,
      .removeSolution, .addContact, .addTeamMember, .addNote, .link, .mark, .conflict:
      false
    }
  }
}
