import Model
import Wire

/// Records that hang on a pair's opportunity and go: solution lines that were taken off in Partner Center (R93).
struct RemovalStep: ApplyStep {
  let journal: ApplyJournal

  func carryOut(_ work: PairWork) throws {
    let rows = work.open { if case .removeRecord = $0 { true } else { false } }
    guard try OpportunityGuard(journal: journal).admits(rows, work) else { return }
    for (row, effect) in work.open {
      guard case .removeRecord(let object, let id) = effect else { continue }
      let operation = Operation("remove-\(row.seq)", .salesforce, rows: [row.seq], "DELETE \(object) \(id)")
      try journal.perform(operation, of: work) {
        let found = try journal.records("SELECT Id FROM \(object) WHERE Id = \(SOQL.literal(id))")
        return found.isEmpty ? .applied(Receipt(result: id)) : .untouched
      } send: {
        work.willAttach()
        do throws(ServiceError) {
          try journal.context.salesforce.delete(object, id: id)
        } catch  where error.code == .recordGone {
          // Somebody else was faster; what was wanted is so.
        }
        return Receipt(result: id, status: 204)
      }
    }
  }
}
