import Model
import Wire

/// All rows that write to one referral, as one document: status and substatus must not come apart (R59).
///
/// A referral that is accepted and closed in one plan takes two documents: it is Active before it can be Won or Lost
/// (R62). The second goes under the version that the first one gave.
struct ReferralPatchStep: ApplyStep {
  let journal: ApplyJournal

  private typealias Sending = (row: PlanRow, operations: [PatchOperation])

  func carryOut(_ work: PairWork) throws {
    let open = work.open.compactMap { row, effect -> Sending? in
      guard case .patchReferral(let operations) = effect else { return nil }
      return (row, operations)
    }
    if work.rows.contains(where: { $0.change.action == .accept && $0.change.canBeWritten && !$0.decision.writes }) {
      return try leave(open.filter { $0.row.change.action != .link }.map(\.row.seq), of: work) {
        try write("patch-referral", open.filter { $0.row.change.action == .link }, to: work)
      }
    }
    let acceptance = work.rows.first { $0.change.action == .accept && $0.decision.writes }
    let later = open.filter { acceptance != nil && $0.row.change.action.closes }
    let first = open.filter { entry in !later.contains { $0.row.seq == entry.row.seq } }
    try write("patch-referral", first, to: work)
    if let acceptance, work.row(acceptance.seq)?.outcome != .applied {
      return try journal.settle(later.map(\.row.seq), of: work, Self.ending(after: work.row(acceptance.seq)))
    }
    try write("patch-referral-then", later, to: work)
  }

  /// What goes along with an acceptance that is not wanted is not sent alone: the referral is still new (R58, R59).
  private func leave(_ rows: [Int], of work: PairWork, then rest: () throws -> Void) throws {
    let ending = Ending.without(
      .notAttempted, .notAttempted, "it goes along with the acceptance, which is not decided to be applied")
    if !rows.isEmpty { try journal.settle(rows, of: work, ending) }
    try rest()
  }

  /// The rows but those that would take a referral's last solution: whoever decided may have left out the row that puts
  /// another one in its place (R93).
  private func withoutLastSolution(_ rows: [Sending], of work: PairWork) throws -> [Sending] {
    let shortening = rows.filter { $0.operations.contains { $0.kind == .without } }
    guard !shortening.isEmpty else { return rows }
    let seqs = shortening.map(\.row.seq)
    let referral = try journal.look(for: seqs, of: work) {
      try journal.question { try journal.context.partnerCenter.get(work.referralID) }
    }
    guard let referral else { return rows.filter { !seqs.contains($0.row.seq) } }
    // One that moved meanwhile is stale, which the write tells.
    guard referral.eTag == work.eTag else { return rows }
    let all = rows.flatMap(\.operations)
    let last = try shortening.filter { entry in
      try entry.operations.contains { try all.empty(listOf: $0, in: referral) }
    }.map(\.row.seq)
    try journal.settle(
      last, of: work,
      .without(.failed, .lastSolution, "it is the referral's last solution, and one has to stay"))
    return rows.filter { !last.contains($0.row.seq) }
  }

  private func write(_ step: String, _ rows: [Sending], to work: PairWork) throws {
    let rows = try withoutLastSolution(rows, of: work)
    let operation = Operation(
      step, .partnerCenter, rows: rows.map(\.row.seq), "PATCH referral \(work.referralID)")
    try ReferralWriter(journal: journal).write(operation, rows.flatMap(\.operations), to: work)
  }

  private static func ending(after acceptance: PlanRow?) -> Ending {
    acceptance?.outcome == .stale
      ? .stale : .without(.notAttempted, .notAttempted, "the referral was not accepted")
  }
}

extension Action {
  /// Whether it ends a referral that was accepted.
  fileprivate var closes: Bool {
    switch self {
    case .closeWon, .closeLost: true
    case .createOpportunity, .createLead, .createReferral, .update, .accept, .decline, .raiseVisibility, .requestHelp,
      .addSolution,
      .removeSolution, .addTeamMember, .addNote, .addContact, .link, .mark, .conflict:
      false
    }
  }
}
