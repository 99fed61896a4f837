import Model
import Wire

/// Some pairs, carried out together, so that their opportunities share requests and none waits for another's answer.
///
/// They are begun in the plan's order, what makes records on either side by turns; how far each has come differs.
struct PairBatch {
  private let journal: ApplyJournal
  private let records: RecordUpdateStage
  private let steps: [any ApplyStep]

  /// How many pairs make a batch: as many records as one request reads, or as a bulk job is worth.
  static func size(_ writeGuard: WriteGuard) -> Int {
    switch writeGuard {
    case .conditional: 2000
    case .reread: 10_000
    }
  }

  init(_ journal: ApplyJournal) {
    self.journal = journal
    records = RecordUpdateStage(journal: journal)
    // Creates come before what hangs on them, new solution lines before old ones go and before the sync flag, since an org
    // may untick an opportunity that has lost its last line, and Partner Center before the
    // opportunity's own fields, whose mark tells what became of it.
    steps = [
      ReferralPatchStep(journal: journal),
      HelpStep(journal: journal),
      ReferralCreateStep(journal: journal),
      LeadStep(journal: journal),
      OpportunityCreateStep(journal: journal),
      ContactStep(journal: journal),
      SolutionStep(journal: journal),
      RemovalStep(journal: journal),
      TeamStep(journal: journal),
      NoteStep(journal: journal),
      StampStep(journal: journal),
      RecordOpportunityStep(journal: journal),
    ]
  }

  /// Carries out every open row of these pairs.
  func carryOut(_ batch: [PairWork]) throws {
    try journal.sideBySide(CreationOrder.byTurns(batch)) { [journal, steps] work in
      try journal.context.lanes.claiming(work.records) {
        try StampStep(journal: journal).recall(work)
        for step in steps {
          try step.carryOut(work)
        }
      }
    }
    try records.carryOut(batch)
    try OpportunityUpdateStage(journal: journal).carryOut(batch)
  }
}
