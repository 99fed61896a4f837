import JSON
import Model
import Wire

/// The solution lines of a pair's opportunity, each for a row of the catalogue.
///
/// They come before the sync flag, which an org may refuse to an opportunity without lines.
struct SolutionStep: ApplyStep {
  let journal: ApplyJournal

  private var names: SalesforceNames { journal.context.names }

  func carryOut(_ work: PairWork) throws {
    let rows = work.open { if case .addSolution = $0 { true } else { false } }
    guard try OpportunityGuard(journal: journal).admits(rows, work) else { return }
    for (row, effect) in work.open {
      guard case .addSolution(let draft) = effect, let solution = try solution(draft, row.seq, work) else { continue }
      try addLine(solution, row.seq, work)
    }
  }

  private func solution(_ draft: SolutionDraft, _ row: Int, _ work: PairWork) throws -> String? {
    if let existing = draft.existing { return existing }
    let operation = Operation.creating(
      "create-solution-\(row)", .salesforce, rows: [row], "POST \(names.catalogue)", isFinal: false)
    // Another deal may be about to make the same row.
    let claim = "Solution " + LookupKey.solution(identifier: draft.fields.claimed(names.catalogueIdentifier))
    return try journal.context.lanes.claiming([claim]) {
      try journal.perform(operation, of: work) {
        if let known = try find(draft) { return Receipt(result: known) }
        return try RecordCreation(journal: journal).create(names.catalogue, draft.fields)
      }
    }?.result
  }

  /// The catalogue's row of that identifier; the field is not unique, and two of them are a person's business.
  private func find(_ draft: SolutionDraft) throws -> String? {
    guard let identifier = try draft.fields.text(names.catalogueIdentifier) else { return nil }
    let found = try journal.records(
      "SELECT Id FROM \(try SOQL.identifier(names.catalogue))"
        + " WHERE \(try SOQL.identifier(names.catalogueIdentifier)) = \(SOQL.literal(identifier)) LIMIT 2")
    guard found.count < 2 else {
      throw Ending.without(
        .failed, .solutionUnknown, "several rows of \(names.catalogue) have the identifier \(identifier)")
    }
    return found.first?.recordID
  }

  private func addLine(_ solution: String, _ row: Int, _ work: PairWork) throws {
    let operation = Operation.creating(
      "add-solution-\(row)", .salesforce, rows: [row], "POST \(names.line) of opportunity \(work.opportunityID)",
      isFinal: true)
    try journal.perform(operation, of: work) {
      let known = try journal.records(
        "SELECT Id FROM \(try SOQL.identifier(names.line))"
          + " WHERE \(try SOQL.identifier(names.lineOpportunity)) = \(SOQL.literal(work.opportunityID))"
          + " AND \(try SOQL.identifier(names.lineSolution)) = \(SOQL.literal(solution)) ORDER BY Id LIMIT 1")
      if let id = known.first?.recordID { return Receipt(result: id) }
      let fields = [
        FieldWrite(names.lineOpportunity, JSONValue.string(work.opportunityID).text),
        FieldWrite(names.lineSolution, JSONValue.string(solution).text),
      ]
      work.willAttach()
      return try RecordCreation(journal: journal).create(names.line, fields)
    }
  }
}
