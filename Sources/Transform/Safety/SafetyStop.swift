package import Model

/// A limit that a plan goes beyond, with the numbers.
package struct SafetyStop: Sendable, Hashable, Codable {
  /// The limit.
  package let limit: SafetyLimit
  /// How many there are, of how many.
  package let count: Int
  package let deals: Int
  /// What would be done how often, and the limit with its key in `reconcile.yaml`.
  package let message: String
  /// What is most likely behind it.
  package let cause: String

  /// The stop as an error; `run` is the plan that it stops.
  package func failure(of run: RunID) -> Failure {
    Failure(
      .safetyLimit, message,
      fix: "likely cause: \(cause). Look at the rows in changes.csv; if they are meant: apply \(run) \(limit.flag)")
  }
}
