package import Foundation
package import Ledger
import Model
package import Wire

/// Everything that `apply` touches outside itself.
package struct ApplyContext {
  /// Where plan, journal and base lie.
  package let ledger: LedgerFile
  package let partnerCenter: PartnerCenterClient
  package let salesforce: SalesforceClient
  /// What the co-sell package's solution objects are called in this org.
  package var names = SalesforceNames()
  /// The ids of the referrals whose `externalReferenceId` is the given text; asked only when a create is in doubt (R20).
  package var findReferrals: (String) throws -> [String]
  /// The clock.
  package var now: () -> Date = { Date() }
  /// Asked between two operations; true ends the run in good order.
  package var shouldStop: () -> Bool = { false }

  /// A context with the real clock, the package's own names, and nobody who interrupts.
  package init(
    ledger: LedgerFile, partnerCenter: PartnerCenterClient, salesforce: SalesforceClient,
    findReferrals: @escaping (String) throws -> [String]
  ) {
    self.ledger = ledger
    self.partnerCenter = partnerCenter
    self.salesforce = salesforce
    self.findReferrals = findReferrals
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
