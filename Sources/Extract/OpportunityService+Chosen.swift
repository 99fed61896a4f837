import Ledger
import Model
import Wire

// Single opportunities and single neighbours, as a run about a part of both sides reads them.
extension OpportunityService {
  /// The opportunities of the given ids and those that name one of the referrals, as far as they take part, complete with
  /// all that is joined to them.
  func opportunities(
    _ ids: [String], naming referrals: [String], by client: SalesforceClient
  ) throws -> [SnapshotRow] {
    let conditions =
      try SOQL.conditions("Id", isOneOf: ids) + SOQL.conditions(columns.referralField, isOneOf: referrals)
    var found: [String: [String]] = [:]
    let place = own.firstIndex(of: "Id") ?? 0
    for condition in conditions {
      let scoped = SOQL.all(of: try [scope(), condition].compactMap(\.self))
      for texts in try rows(RecordQuery("Opportunity", columns: own, where: scoped), by: client) {
        found[SalesforceID.normalized(texts[place]) ?? texts[place]] = texts
      }
    }
    let row = rower(try joins(of: found.keys.sorted(), by: client))
    return try found.sorted { $0.key < $1.key }.map { try row($0.value) }
  }

  /// The neighbours that deals may need, looked for afresh: what was added since the last full snapshot must be known.
  func neighbours(_ wanted: NeighbourKeys, by client: SalesforceClient) throws -> [SnapshotBatch] {
    var batches = try [
      batch(SnapshotShapes.account, of: "Account", "Name", isOneOf: wanted.accounts, by: client),
      batch(SnapshotShapes.contact, of: "Contact", "Email", isOneOf: wanted.contacts, by: client),
      batch(
        SnapshotShapes.solution, of: "Microsoft_Solution_Detail__c", "Solution_Identifier__c",
        isOneOf: wanted.solutions, by: client),
    ]
    if readsTeams {
      batches.append(try batch(SnapshotShapes.user, of: "User", "Email", isOneOf: wanted.users, by: client))
    }
    if columns.readsLeads {
      batches.append(
        try batch(SnapshotShapes.lead, of: "Lead", "Referral_Identifier__c", isOneOf: wanted.referrals, by: client))
    }
    return batches
  }

  private func batch(
    _ shape: Shape, of object: String, _ field: String, isOneOf keys: [String], by client: SalesforceClient
  ) throws -> SnapshotBatch {
    let found = try SOQL.conditions(field, isOneOf: keys).flatMap { condition in
      try rows(RecordQuery(object, columns: shape.columns, where: condition), by: client)
    }
    return SnapshotBatch(kind: shape.kind, rows: found.map { NeighbourRows().row(shape, $0) })
  }

  private func joins(of opportunities: [String], by client: SalesforceClient) throws -> OpportunityJoins {
    let joins = OpportunityJoins()
    for condition in try SOQL.conditions("OpportunityId", isOneOf: opportunities) {
      let roles = RecordQuery("OpportunityContactRole", columns: Self.roleColumns, where: condition)
      try joins.add(rows(roles, by: client).map(Self.role))
      guard readsTeams else { continue }
      let team = RecordQuery("OpportunityTeamMember", columns: Self.memberColumns, where: condition)
      try joins.add(rows(team, by: client).map(Self.member))
    }
    for condition in try SOQL.conditions("Opportunity__c", isOneOf: opportunities) {
      let lines = RecordQuery("Microsoft_Solutions__c", columns: Self.lineColumns, where: condition)
      try joins.add(rows(lines, by: client).map(Self.line))
    }
    return joins
  }

  /// All rows of a query.
  private func rows(_ query: RecordQuery, by client: SalesforceClient) throws -> [[String]] {
    var reading = try client.begin(query)
    var all: [[String]] = []
    while let rows = try reading.next() { all += rows }
    return all
  }
}
