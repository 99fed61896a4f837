package import Model

/// What an `apply` came to.
package struct ApplyResult: Sendable, Hashable {
  /// How many rows of the plan ended how.
  package let counts: [Outcome: Int]
  /// Whether it was interrupted; `resume` goes on.
  package let isInterrupted: Bool

  /// The result of a run with these outcomes.
  package init(counts: [Outcome: Int], isInterrupted: Bool = false) {
    self.counts = counts
    self.isInterrupted = isInterrupted
  }

  /// How the process ends: a failure counts more than a row that waits.
  package var exit: ExitStatus {
    if isInterrupted { return .interrupted }
    let trouble: [Outcome] = [.failed, .stale, .unknown]
    if trouble.contains(where: { counts[$0, default: 0] > 0 }) { return .someFailed }
    return counts[.held, default: 0] > 0 ? .waiting : .done
  }
}
