import GRDB
package import Model

/// A referral of the newest snapshot with what the ledger knows of its pair.
package struct StandingReferral: Sendable {
  /// The record.
  package let record: Model.Record
  /// The CRM id that it names; empty when it names none.
  package let named: String
  /// The opportunity that it is linked with; nil when there is none.
  package let linked: String?
  /// What was last agreed on with that.
  package let base: AgreedValues
}

// What judging a pair asks: as few questions as the answers before leave open.
extension LedgerTransaction {
  /// A referral of the newest snapshot, whose base shares these labels; nil when there is none.
  package func standingReferral(_ id: String, sharing labels: AgreedLabels) throws -> StandingReferral? {
    try ask(.standingReferral).first([.text(id)]) { try standingReferral($0, sharing: labels) }
  }

  /// The touched referrals that stand in the newest snapshot, by id, as they are when their turn comes.
  package func eachTouchedReferral(
    sharing labels: AgreedLabels, _ body: (StandingReferral) throws -> Void
  ) throws {
    let query = try Query(
      """
      SELECT record.id, record.shape, record.content, record.partner, link.opportunity, link.base
      FROM touched CROSS JOIN record INDEXED BY record_standing
        ON record.kind = touched.kind AND record.id = touched.id AND record.end_run IS NULL
      LEFT JOIN link ON link.referral = touched.id WHERE touched.kind = 1 ORDER BY touched.id
      """, in: database)
    try query.each([]) { try body(standingReferral($0, sharing: labels)) }
  }

  private func standingReferral(_ row: Query.Row, sharing labels: AgreedLabels) throws -> StandingReferral {
    StandingReferral(
      record: try decode(row), named: row.text(3), linked: row.textIfAny(4),
      base: try base(in: row, 5, sharing: labels))
  }

  /// The touched opportunities of the newest snapshot that have no verdict when their turn comes, by id.
  package func eachTouchedOpportunityAlone(_ body: (Model.Record) throws -> Void) throws {
    let query = try Query(
      """
      SELECT record.id, record.shape, record.content
      FROM touched CROSS JOIN record INDEXED BY record_standing
        ON record.kind = touched.kind AND record.id = touched.id AND record.end_run IS NULL
      WHERE touched.kind = 2 AND NOT EXISTS (SELECT 1 FROM verdict WHERE verdict.opportunity = touched.id)
      ORDER BY touched.id
      """, in: database)
    try query.each([]) { try body(decode($0)) }
  }

  /// Who claims to belong to a referral of the newest snapshot.
  package func claims(on referral: String) throws -> IdentityClaims {
    let named = try partner(of: .referral, referral) ?? ""
    return try claims(on: referral, linked: try opportunity(linkedWith: referral), named: named).claims
  }

  /// The same with the records of the opportunities that claim to.
  package func claims(on referral: StandingReferral) throws -> (claims: IdentityClaims, claimants: [Model.Record]) {
    try claims(on: referral.record.id, linked: referral.linked, named: referral.named)
  }

  private func claims(
    on referral: String, linked: String?, named: String
  ) throws -> (claims: IdentityClaims, claimants: [Model.Record]) {
    let claimants = try records(.opportunity, partner: referral)
    let ids = claimants.map(\.id)
    func isThere(_ opportunity: String) throws -> Bool {
      try ids.contains(opportunity) || isStanding(.opportunity, opportunity)
    }
    let rivals = try referrals(naming: named).filter { $0 != referral }
    let claims = IdentityClaims(
      linked: try linked.map { ($0, try isThere($0)) }, claimants: ids,
      named: (named, try !named.isEmpty && isThere(named)), rivals: rivals)
    var contenders: [String] = []
    for opportunity in claims.present {
      if opportunity != linked, let other = try self.referral(linkedWith: opportunity) { contenders.append(other) }
      if !ids.contains(opportunity), let other = try identifier(of: opportunity, isLinked: opportunity == linked) {
        contenders.append(other)
      }
      contenders += opportunity == named ? rivals : try referrals(naming: opportunity)
    }
    guard contenders.contains(where: { $0 != referral }) else { return (claims, claimants) }
    return (claims.adding(contenders: Set(contenders).subtracting([referral]).sorted()), claimants)
  }

  /// The referral that an opportunity names in its own *Referral Identifier*.
  ///
  /// The identifier of one that is linked counts only when there is such a referral: anything else typed over it is put
  /// back.
  private func identifier(of opportunity: String, isLinked: Bool) throws -> String? {
    guard let identifier = try partner(of: .opportunity, opportunity), !identifier.isEmpty else { return nil }
    return try !isLinked || isStanding(.referral, identifier) ? identifier : nil
  }

  /// The referrals of the newest snapshot that name a CRM id.
  package func referrals(naming opportunity: String) throws -> [String] {
    guard !opportunity.isEmpty else { return [] }
    return try ask(.namers).all([.text(opportunity)]) { $0.text(0) }
  }

  /// Whether the newest snapshot holds a record.
  package func isStanding(_ kind: RecordKind, _ id: String) throws -> Bool { try partner(of: kind, id) != nil }

  /// What others find a record of the newest snapshot by; nil when there is no such record.
  private func partner(of kind: RecordKind, _ id: String) throws -> String? {
    try ask(.partner).first([.number(kind.number), .text(id)]) { $0.text(0) }
  }
}
