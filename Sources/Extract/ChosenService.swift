import JSON
package import Ledger
package import Model
package import Wire

/// Single records from both services themselves; one sign-in to each for a whole run.
package final class ChosenService: ChosenSource {
  private let partnerCenter: PartnerCenterClient
  private let salesforce: SalesforceClient
  private let rows: ReferralRows
  private let referral: Shape
  private let opportunity: OpportunityService
  private let organizationID: String
  private let readsMicrosoft: Bool
  private let tally: RequestTally

  /// Both services in the shapes of a mapping; `organizationID` tells own referrals from others'.
  ///
  /// `readsMicrosoft` says whether Microsoft's records of the deals are read as well (R74).
  package init(
    partnerCenter: PartnerCenterClient, salesforce: SalesforceClient, referral: Shape, opportunity: OpportunityService,
    organizationID: String, readsMicrosoft: Bool, tally: RequestTally
  ) {
    self.partnerCenter = partnerCenter
    self.salesforce = salesforce
    self.referral = referral
    self.opportunity = opportunity
    self.organizationID = organizationID.lowercased()
    self.readsMicrosoft = readsMicrosoft
    self.tally = tally
    rows = ReferralRows(shape: referral)
  }

  /// The kinds that are read, in the columns that are there.
  package var shapes: [Shape] {
    [referral] + (readsMicrosoft ? [SnapshotShapes.connected] : []) + opportunity.shapes
  }

  /// Reads the referrals one by one; of another party's record it takes the engagement, and reads the own ones of it.
  package func referrals(_ ids: [String]) throws -> ChosenReferrals {
    try perform {
      var found = ChosenReferrals()
      var own: [[String]] = []
      var engagements: [String] = []
      for (id, texts) in zip(ids, try partnerCenter.referrals(ids, rows.projector)) {
        guard let texts else {
          found.missing.append(id)
          continue
        }
        if isOwn(texts) {
          own.append(texts)
        } else {
          found.foreign.append(try row(texts))
          engagements.append(text("engagementId", of: texts))
        }
      }
      let related = try partnerCenter.related(engagements.filter { !$0.isEmpty }, rows.projector)
      own += related.filter(isOwn)
      found.own = try own.map(row)
      guard readsMicrosoft else { return found }
      var connected = ConnectedRows(shape: referral)
      for texts in own { connected.note(texts) }
      let projector = RecordProjector(paths: SnapshotShapes.connected.columns)
      found.connected = try partnerCenter.related(connected.engagements, projector).compactMap(ConnectedRows.row)
      return found
    }
  }

  /// Reads the opportunities by a query or two, whatever their number.
  package func opportunities(_ ids: [String], naming referrals: [String]) throws -> [SnapshotRow] {
    try perform { try opportunity.opportunities(ids, naming: referrals, by: salesforce) }
  }

  /// Reads the neighbours, one query for each object of which a key is given.
  package func neighbours(_ keys: NeighbourKeys) throws -> [SnapshotBatch] {
    try perform { try opportunity.neighbours(keys, by: salesforce) }
  }

  /// Adds up what was sent.
  package func end() {
    tally.add(partnerCenter.counter, to: .partnerCenter)
    tally.add(salesforce.counter, to: .salesforce)
  }

  private func isOwn(_ texts: [String]) -> Bool {
    text("organizationId", of: texts).lowercased() == organizationID
  }

  private func text(_ column: String, of texts: [String]) -> String {
    referral.position(of: column).map { texts[$0] } ?? ""
  }

  private func row(_ texts: [String]) throws -> SnapshotRow { try rows.row(texts, place: "Partner Center") }

  private func perform<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as ServiceError {
      throw error.failure
    }
  }
}
