package import Foundation
package import Ledger
package import Model
package import Wire

/// Everything that `apply` touches outside itself.
package struct ApplyContext {
  /// Where plan, journal and base lie.
  package let ledger: LedgerFile
  package let partnerCenter: PartnerCenterClient
  package let salesforce: SalesforceClient
  /// What the co-sell package's solution objects are called in this org.
  package var names = SalesforceNames()
  /// How an update makes sure that nobody changed the record since the snapshot (R111).
  package var writeGuard = WriteGuard.conditional
  /// How many pairs are under way at a time; one, where nobody says otherwise.
  package var lanes = Lanes(.inTurn, width: 1)
  /// The clock.
  package var now: () -> Date = { Date() }
  /// Asked between two operations; true ends the run in good order.
  package var shouldStop: () -> Bool = { false }

  /// Told every row of the plan that has got its outcome.
  package var onSettled: (PlanRow) -> Void = { _ in }
  /// Called when every row has its outcome and before the run is closed; what it throws leaves the run to `resume`.
  package var beforeClosing: () throws -> Void = {}

  /// A context with the real clock, the package's own names, and nobody who interrupts.
  package init(ledger: LedgerFile, partnerCenter: PartnerCenterClient, salesforce: SalesforceClient) {
    self.ledger = ledger
    self.partnerCenter = partnerCenter
    self.salesforce = salesforce
  }

  var time: String { Timestamp.iso(now()) }
}

/// What the co-sell package's solution objects are called; an org may have them under a namespace.
package struct SalesforceNames: Sendable, Hashable {
  /// The solution lines of an opportunity, with their two lookups.
  package var line = "Microsoft_Solutions__c"
  package var lineOpportunity = "Opportunity__c"
  package var lineSolution = "Solution__c"
  /// The catalogue of solutions, and the field that tells them apart.
  package var catalogue = "Microsoft_Solution_Detail__c"
  package var catalogueIdentifier = "Solution_Identifier__c"

  /// The names as the package brings them.
  package init() {}
}
