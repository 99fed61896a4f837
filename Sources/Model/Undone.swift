/// The applied row of an earlier run that a row of an undo takes back.
package struct Undone: Hashable, Sendable, Codable {
  /// The name of the run.
  package let run: String
  /// The row's place in that run's plan, from 1.
  package let seq: Int
  /// What the row did.
  package let action: Action
  /// The label of its field; empty for rows that are about a whole record.
  package let field: String
  /// What a rejection remembers of it: taken back, it is not proposed again until a value moves.
  package let fingerprint: String
  /// The value that both sides agreed on before it; nil when none is known to have been agreed.
  package let base: String?

  /// What is remembered of a run's row.
  package init(_ row: PlanRow, of run: RunID) {
    self.run = run.text
    seq = row.seq
    action = row.change.action
    field = row.change.field
    fingerprint = row.change.fingerprint
    // A row does not tell an agreed empty value from none. None claims less.
    base = row.change.base.isEmpty ? nil : row.change.base
  }
}
