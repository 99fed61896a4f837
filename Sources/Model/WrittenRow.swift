/// A row of a run that is to be undone, with what journal and earlier undos tell of it.
package struct WrittenRow: Hashable, Sendable {
  /// The run that wrote it.
  package let run: RunID
  /// The row with its outcome.
  package let row: PlanRow
  /// The records that it made on its way, oldest first; also those of a row that failed in the end.
  package var made: [MadeRecord] = []
  /// Whether nobody knows if it was written: its request has no clear answer, or none that was stored.
  package var isInDoubt = false
  /// Whether an undo that was applied, and not undone itself, took it back.
  package var isTakenBack = false

  /// A row of which nothing is known but its outcome.
  package init(_ row: PlanRow, of run: RunID) {
    self.row = row
    self.run = run
  }
}

/// A record that a run made.
package struct MadeRecord: Hashable, Sendable {
  /// What it is, in words: `account`, `contact role`.
  package let what: String
  /// Its id on its own side.
  package let id: String

  /// A record of a kind and an id.
  package init(_ what: String, id: String) {
    self.what = what
    self.id = id
  }
}
