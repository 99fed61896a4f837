package import Foundation
package import Ledger
package import Model

/// Everything that was found out; what it means is judged from it alone.
package struct DoctorFacts: Sendable {
  /// Whether no service was to be asked.
  package var isOffline = false
  /// The moment of the look.
  package var now: Date
  /// What lies in the workspace.
  package var workspace = WorkspaceFacts()
  /// How things stand in the ledger; known as nil when there is none yet.
  package var ledger: Fact<LedgerLook?> = .unasked
  /// The words of the run that holds the lock; nil when none does.
  package var lock: String?
  /// What Partner Center answered.
  package var partnerCenter = PartnerCenterFacts()
  /// What Salesforce answered.
  package var salesforce = SalesforceFacts()
  /// Seconds by which each service that answered is ahead of this machine.
  package var clocks: [Side: Double] = [:]
  /// Of each record that must be in every snapshot, whether it is there.
  package var canaries: [CanaryFact] = []

  /// Nothing but the moment.
  package init(now: Date) { self.now = now }
}
