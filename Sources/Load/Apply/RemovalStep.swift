import Model
import Wire

/// Solution lines of a pair's opportunity that were taken off in Partner Center (R93).
struct RemovalStep: ApplyStep {
  let journal: ApplyJournal

  private var names: SalesforceNames { journal.context.names }

  func carryOut(_ work: PairWork) throws {
    let rows = work.open { if case .removeSolution = $0 { true } else { false } }
    guard try OpportunityGuard(journal: journal).admits(rows, work) else { return }
    for (row, effect) in work.open {
      guard case .removeSolution(let named) = effect else { continue }
      let lines = named.compactMap(SalesforceID.normalized)
      guard lines.count == named.count else {
        let ending = Ending.without(
          .failed, .valueUnreadable, "the snapshot does not tell the line's id; take Id into the export")
        try journal.settle([row.seq], of: work, ending)
        continue
      }
      let operation = Operation(
        "remove-\(row.seq)", .salesforce, rows: [row.seq], "DELETE \(names.line) \(lines.joined(separator: " "))")
      try journal.perform(operation, of: work) {
        try known(work).isDisjoint(with: lines) ? .applied(Receipt()) : .untouched
      } send: {
        let known = try known(work)
        // Somebody else was faster; what was wanted is so.
        guard !known.isDisjoint(with: lines) else { return Receipt() }
        guard !known.isSubset(of: lines) else {
          throw Ending.without(.failed, .lastSolution, "it is the opportunity's last solution, and one has to stay")
        }
        work.willAttach()
        for line in lines where known.contains(line) { try delete(line) }
        return Receipt(status: 204)
      }
    }
  }

  /// The lines that the opportunity has now.
  private func known(_ work: PairWork) throws -> Set<String> {
    let found = try journal.records(
      "SELECT Id FROM \(try SOQL.identifier(names.line))"
        + " WHERE \(try SOQL.identifier(names.lineOpportunity)) = \(SOQL.literal(work.opportunityID))")
    return Set(found.compactMap(\.recordID))
  }

  private func delete(_ line: String) throws(ServiceError) {
    do throws(ServiceError) {
      try journal.context.salesforce.delete(names.line, id: line)
    } catch {
      // Where somebody else was faster, what was wanted is so.
      guard error.code == .recordGone else { throw error }
    }
  }
}
