import JSON
import Ledger
import Model

/// The opportunity's own fields, the sync flag among them, check mark and audit line: one guarded write for each pair.
///
/// It comes last, so that the mark can tell what became of everything else, and so that the tool moves the opportunity's
/// stamp once and not for each row.
struct OpportunityUpdateStage {
  let journal: ApplyJournal

  func carryOut(_ batch: [PairWork]) throws {
    let open = try batch.filter(admits)
    guard !open.isEmpty, let state = try state(of: open) else { return }
    try GuardedWriter(journal: journal).send(try open.compactMap { work in try firstWrite(work, state) })
    try GuardedWriter(journal: journal).send(try open.compactMap { work in try lastWord(work, state) })
    for work in open {
      // What is still open had no stamp to be guarded with: it must not be written.
      try journal.settle(work.open { $0.target == .salesforce && !$0.isMark }, of: work, .stale)
      if let mark = work.mark { try journal.settle([mark.seq], of: work, Self.noMark) }
    }
  }

  private func admits(_ work: PairWork) throws -> Bool {
    if work.isStale(.salesforce) {
      try journal.settle(work.open { $0.target == .salesforce && !$0.isMark }, of: work, .stale)
    }
    if work.referralID.isEmpty {
      let rows = work.open { if case .recordReferral = $0 { true } else { false } }
      try journal.settle(
        rows, of: work, .without(.notAttempted, .notAttempted, "the referral was not created"))
    }
    if let mark = work.mark, work.verdictForMark == nil { try journal.settle([mark.seq], of: work, Self.noMark) }
    return !work.opportunityID.isEmpty && !work.open { $0.target == .salesforce }.isEmpty
  }

  private func state(of batch: [PairWork]) throws -> OpportunityState? {
    do {
      return try OpportunityState(of: batch, journal: journal)
    } catch let ending as Ending {
      try journal.settle(batch.map { ($0, $0.open { $0.target == .salesforce }) }, afterFailedLook: ending)
      return nil
    }
  }

  /// Everything in one: the mark says that it went well, since it is written only if it does.
  private func firstWrite(_ work: PairWork, _ state: OpportunityState) throws -> GuardedWrite? {
    let rows = work.open { $0.target == .salesforce && !$0.isMark }
    let own = work.opportunityFields
    let mark = work.mark
    // A mark alone shares the fate of its request; with other rows, a refusal of theirs leaves it open for the last word.
    var operation = Operation(
      "update-opportunity", .salesforce, rows: rows.isEmpty ? mark.map { [$0.seq] } ?? [] : rows,
      "PATCH opportunity \(work.opportunityID)")
    var fields = own
    if let mark, let verdict = work.verdictForMark {
      fields += try markFields(mark.draft, verdict, own, work, state)
      operation.rowsWhenApplied = [mark.seq]
    }
    // A new name goes out with its mark: what is looked for after a death is what was sent.
    let evidence = own.isEmpty ? fields : own.compactMap { write in fields.last { $0.name == write.name } }
    return guarded(operation, fields, evidence: evidence, work, state)
  }

  /// Mark and audit line alone, when the opportunity's own fields were refused: the seller must see why (R106).
  private func lastWord(_ work: PairWork, _ state: OpportunityState) throws -> GuardedWrite? {
    guard let mark = work.mark, work.verdictForMark == .cross else { return nil }
    let fields = try markFields(mark.draft, .cross, [], work, state)
    let operation = Operation(
      "mark-opportunity", .salesforce, rows: [mark.seq], "PATCH opportunity \(work.opportunityID) mark")
    return guarded(operation, fields, evidence: fields, work, state)
  }

  private func guarded(
    _ operation: Operation, _ fields: [FieldWrite], evidence: [FieldWrite], _ work: PairWork, _ state: OpportunityState
  ) -> GuardedWrite? {
    guard !fields.isEmpty, let stamp = state.stamp(of: work) else { return nil }
    // The audit trail is no evidence: its entry holds the time of the attempt.
    let audit = work.mark?.draft.auditField
    return GuardedWrite(
      operation: operation, work: work, object: "Opportunity", id: work.opportunityID, fields: fields, stamp: stamp,
      evidence: evidence.filter { $0.name != audit })
  }

  private func markFields(
    _ draft: MarkDraft, _ verdict: NameMark, _ own: [FieldWrite], _ work: PairWork, _ state: OpportunityState
  ) throws -> [FieldWrite] {
    var fields: [FieldWrite] = []
    if let field = draft.nameField {
      let current = state.text(field, of: work)
      let name = try own.text(field) ?? (current.isEmpty ? draft.name : current)
      fields.append(FieldWrite(field, JSONValue.string(verdict.added(to: NameMark.strip(name))).text))
    }
    if let field = draft.auditField {
      let entry =
        draft.problem.map { AuditTrail.entry(notShared: $0, run: journal.run.id, at: journal.context.time) }
        ?? AuditTrail.entry(work.tellingRows, run: journal.run.id, at: journal.context.time)
      fields.append(
        FieldWrite(field, JSONValue.string(AuditTrail.adding(entry, to: state.text(field, of: work))).text))
    }
    return fields
  }

  private static let noMark = Ending.without(
    .notAttempted, .notAttempted, "the pair's other rows were not written, so that there is nothing to mark")
}

extension PairWork {
  /// What the opportunity's own rows write, in the plan's order.
  var opportunityFields: [FieldWrite] {
    open.flatMap { _, effect -> [FieldWrite] in
      switch effect {
      case .updateRecord(_, _, let writes):
        return writes
      case .recordReferral(let identifier, let link, let address):
        let id = FieldWrite(identifier, JSONValue.string(referralID).text)
        guard let link else { return [id] }
        return [id, FieldWrite(link, JSONValue.string(address.replacing("{id}", with: referralID)).text)]
      case .patchReferral, .requestHelp, .createOpportunity, .createLead, .recordLead, .addContact, .addSolution,
        .addTeamMember, .addNote, .removeSolution,
        .createReferral,
        .recordOpportunity, .mark:
        return []
      }
    }
  }

  /// The rows of which the mark and the audit line tell: those that were sent, or are about to be.
  fileprivate var tellingRows: [PlanRow] {
    rows.filter { row in
      guard let effect = row.effect, !effect.isMark else { return false }
      switch row.outcome {
      case .applied, .failed, .stale, .unknown: return true
      case .planned: return true
      case .notAttempted, .held, .rejected: return false
      }
    }
  }

  /// Which mark the pair gets; nil when none of its rows was sent, or when it is not known what became of one.
  fileprivate var verdictForMark: NameMark? {
    if mark?.draft.problem != nil { return .cross }
    let outcomes = tellingRows.map(\.outcome)
    if outcomes.isEmpty || outcomes.contains(.stale) || outcomes.contains(.unknown) { return nil }
    return outcomes.contains(.failed) ? .cross : .check
  }
}
