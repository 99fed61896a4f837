package import Model

/// What left the ledger with its old runs, and what stayed.
package struct Removal: Sendable, Hashable {
  /// The runs that were removed, oldest first.
  package let runs: [RunID]
  /// Runs that are older than those that are kept, and stayed.
  package let staying: [Stay]
  /// How many rows left which table.
  package let rows: [Table: Int]
  /// Bytes of the file that are free for what comes next, or for `shrink` to give back.
  package let freeBytes: Int

  /// A run that stayed.
  package struct Stay: Sendable, Hashable {
    /// Its name.
    package let run: RunID
    /// Why it did.
    package let reason: Retention.Reason
  }

  /// A table that holds what belongs to runs.
  package enum Table: String, Sendable, CaseIterable {
    /// The runs themselves.
    case run
    /// The rows of their plans.
    case change
    /// What was sent for them.
    case journal
    /// Values of records from before a later snapshot.
    case record
  }
}
