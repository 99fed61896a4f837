package import Model

/// A row on its way into a plan, in the form in which the ledger stores it.
///
/// It takes no ledger to make one, so that any thread may.
package struct ProposedRow: Sendable {
  /// What is proposed.
  package let change: Change
  let columns: [Query.Argument]

  /// A change as it is stored.
  package init(_ change: Change) throws {
    self.change = change
    columns = try PlanText.columns(of: change)
  }
}
