package import Foundation
package import Model

/// What one call of `reconcile run` came to: all that a notice or a metric may tell.
///
/// It holds counts, codes and paths, and nothing of a deal or a person but the names in `waitingDeals`. Without a run
/// nobody found out how records stand and what waits.
package struct Night: Sendable {
  /// The run; nil when it ended before it had one.
  package var run: RunID?
  /// When the call began.
  package var started: Date
  /// When it ended.
  package var ended: Date
  /// How the process ends.
  package var exit: ExitStatus
  /// Why it failed or stopped; none when it went through.
  package var failures: [Failure] = []
  /// Lines of `reconciliation.csv` by status.
  package var standings: [String: Int] = [:]
  /// Rows of `changes.csv` by outcome.
  package var outcomes: [String: Int] = [:]
  /// Rows that wait for a person.
  package var waiting = 0
  /// How many of them are conflicts.
  package var conflicts = 0
  /// Since when the oldest open conflict has been open; nil when there is none, or nobody knows.
  package var oldestConflict: Date?
  /// Answers by service and HTTP status; 0 counts requests that got none.
  package var answers: [Side: [Int: Int]] = [:]
  /// Days until Partner Center's refresh token ends unless it is used; nil when nobody knows.
  package var tokenDaysLeft: Int?
  /// A digest for each row that waits, so that a notice knows what is new; nobody can tell from it what the row is about.
  package var waitingRows: Set<String> = []
  /// The names of deals that wait, for those who asked for details and for nobody else.
  package var waitingDeals: [String] = []
  /// The folder of the reports; nil when there are none.
  package var reports: String?

  /// A call that began and ended then, before anything else is known of it.
  package init(started: Date, ended: Date, exit: ExitStatus) {
    self.started = started
    self.ended = ended
    self.exit = exit
  }
}
