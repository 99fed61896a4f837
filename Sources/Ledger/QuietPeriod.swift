package import Foundation
import GRDB
import Model

/// How long a request may still arrive whose answer nobody saw.
///
/// While one is on its way, a look at the services proves nothing: a record that is not there yet would be created a
/// second time. So no run begins before the longest life of a request is over.
package struct QuietPeriod: Sendable {
  private let seconds: Double

  /// A period of so many seconds from the moment in which such a request was about to leave; 0 or more.
  package init(seconds: Double) {
    self.seconds = seconds
  }

  /// Seconds that are left of it; 0 when no request is in doubt, or the last that is has died.
  ///
  /// Never longer than the period, whatever the clock was turned to meanwhile.
  package func remaining(in ledger: LedgerFile, now: Date) throws -> Double {
    guard seconds > 0, let intended = try ledger.read({ try $0.lastIntentInDoubt() }),
      let left = Timestamp.parse(intended)
    else { return 0 }
    return min(seconds, max(0, seconds - now.timeIntervalSince(left)))
  }
}

extension LedgerTransaction {
  /// When the last request was about to leave of which nobody knows what became; nil when there is none.
  package func lastIntentInDoubt() throws -> String? {
    try String.fetchOne(
      database.cachedStatement(sql: "SELECT max(intended) FROM journal WHERE outcome IS NULL OR outcome = ?"),
      arguments: [Outcome.unknown.rawValue])
  }
}
