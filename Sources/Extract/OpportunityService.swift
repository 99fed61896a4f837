package import Ledger
package import Model
package import Wire

/// Opportunities and their neighbours from Salesforce itself, one query for each object.
///
/// All queries are begun at once, so that large ones prepare their results at the same time. Children are handed over
/// before the opportunities, so that an opportunity is complete when its turn comes.
package struct OpportunityService: SnapshotSource {
  private let client: @Sendable () throws -> SalesforceClient
  let columns: SnapshotShapes
  let opportunity: Shape
  /// The opportunity's columns that its own query brings.
  let own: [String]
  private let tally: RequestTally
  /// What happens while requests are under way.
  package var order = Lanes.Order.together

  /// Salesforce, whose objects have the fields in `org`; `client` is called on the reading thread.
  ///
  /// - Throws: `Failure` with `fieldMissingInOrg` that names every mapped field that the org lacks.
  package init(
    shapes: SnapshotShapes, org: OrgFields, tally: RequestTally,
    client: @escaping @Sendable () throws -> SalesforceClient
  ) throws {
    self.client = client
    self.tally = tally
    columns = shapes
    let missing = shapes.ownColumns.filter { column in
      if column.hasPrefix("Account.") { return org["Account", String(column.dropFirst(8))] == nil }
      return !column.contains(".") && org["Opportunity", column] == nil
    }
    if shapes.readsLeads {
      let lacking = SnapshotShapes.lead.columns.filter { org["Lead", $0] == nil }
      guard lacking.isEmpty else {
        throw Failure(
          .fieldMissingInOrg, "the object Lead of this org has no \(lacking.joined(separator: ", "))",
          fix: "add it, or set Lead target to Opportunity or skip in mappings/settings.csv")
      }
    }
    let hasTeams = org["OpportunityTeamMember", "UserId"] != nil
    opportunity = try shapes.opportunity(
      lacking: missing + (hasTeams ? [] : [SnapshotShapes.teamColumn]),
      in: "the object Opportunity or Account of this org")
    own = opportunity.columns.filter(Set(shapes.ownColumns).contains)
  }

  /// The side that is read: Salesforce.
  package var side: Side { .salesforce }

  /// The kinds that are read, in the columns that are there.
  package var shapes: [Shape] {
    [SnapshotShapes.account, SnapshotShapes.contact, SnapshotShapes.solution]
      + (readsTeams ? [SnapshotShapes.user] : [])
      + (columns.readsLeads ? [SnapshotShapes.lead] : [])
      + [opportunity]
  }

  /// Reads everything, a batch at a time, or throws.
  package func read(recalling _: Recollection, into sink: @escaping (SnapshotBatch) throws -> Void) throws {
    let client = try client()
    defer { tally.add(client.counter, to: .salesforce) }
    do {
      let lanes = Lanes(order)
      let readings = OpportunityReadings(try queries(), client, lanes)
      try readings.read {
        try drain(readings) { batch in try lanes.outside { Result { try sink(batch) } }.get() }
      }
    } catch let error as ServiceError {
      throw error.failure
    }
  }

  /// Whether the org has opportunity teams, and the mapping wants them (R91).
  var readsTeams: Bool { opportunity.position(of: SnapshotShapes.teamColumn) != nil }

  private func queries() throws -> [OpportunityReadings.Part: RecordQuery] {
    var queries: [OpportunityReadings.Part: RecordQuery] = [
      .accounts: RecordQuery("Account", columns: SnapshotShapes.account.columns),
      .contacts: RecordQuery("Contact", columns: SnapshotShapes.contact.columns),
      .solutions: RecordQuery("Microsoft_Solution_Detail__c", columns: SnapshotShapes.solution.columns),
      .roles: RecordQuery("OpportunityContactRole", columns: Self.roleColumns),
      .lines: RecordQuery("Microsoft_Solutions__c", columns: Self.lineColumns),
      .opportunities: RecordQuery("Opportunity", columns: own, where: try scope()),
    ]
    if columns.readsLeads {
      queries[.leads] = RecordQuery(
        "Lead", columns: SnapshotShapes.lead.columns, where: "Referral_Identifier__c != NULL")
    }
    guard readsTeams else { return queries }
    queries[.users] = RecordQuery("User", columns: SnapshotShapes.user.columns, where: "IsActive = TRUE")
    queries[.team] = RecordQuery("OpportunityTeamMember", columns: Self.memberColumns)
    return queries
  }

  private func drain(_ readings: OpportunityReadings, into sink: (SnapshotBatch) throws -> Void) throws {
    let joins = OpportunityJoins()
    for (part, shape) in [
      (.accounts, SnapshotShapes.account), (.contacts, SnapshotShapes.contact), (.solutions, SnapshotShapes.solution),
      (.users, SnapshotShapes.user), (.leads, SnapshotShapes.lead),
    ] as [(OpportunityReadings.Part, Shape)] {
      try readings.drain(part) { records in
        try sink(SnapshotBatch(kind: shape.kind, rows: records.map { NeighbourRows().row(shape, $0) }))
      }
    }
    try readings.drain(.roles) { try joins.add($0.map(Self.role)) }
    try readings.drain(.lines) { try joins.add($0.map(Self.line)) }
    try readings.drain(.team) { try joins.add($0.map(Self.member)) }
    let row = rower(joins)
    try readings.drain(.opportunities) { records in
      try sink(SnapshotBatch(kind: .opportunity, rows: records.map(row)))
    }
  }

  /// What makes a row of the texts of the own columns, with what was gathered of its neighbours.
  func rower(_ joins: OpportunityJoins) -> ([String]) throws -> SnapshotRow {
    let rows = OpportunityRows(shape: opportunity, referralField: columns.referralField, joins: joins)
    let places = own.map { opportunity.position(of: $0) ?? 0 }
    let count = opportunity.columns.count
    return { texts in
      var all = Array(repeating: "", count: count)
      for (text, place) in zip(texts, places) { all[place] = text }
      return try rows.row(all, place: "Salesforce")
    }
  }

  func scope() throws -> String? {
    guard !columns.readsAll else { return nil }
    let sync = try SOQL.identifier(columns.syncField)
    return "\(sync) = TRUE OR \(try SOQL.identifier(columns.referralField)) != NULL"
  }

  static let roleColumns = [
    "Id", "OpportunityId", "ContactId", "IsPrimary", "Contact.FirstName", "Contact.LastName", "Contact.Phone",
    "Contact.Email",
  ]

  static func role(_ texts: [String]) -> OpportunityJoins.ContactRole {
    OpportunityJoins.ContactRole(
      id: texts[0], opportunity: texts[1], contact: texts[2], isPrimary: texts[3] == "true",
      names: (texts[4], texts[5]), phone: texts[6], email: texts[7])
  }

  static let memberColumns = [
    "Id", "OpportunityId", "UserId", "User.FirstName", "User.LastName", "User.Phone", "User.Email",
  ]

  static func member(_ texts: [String]) -> OpportunityJoins.TeamMember {
    OpportunityJoins.TeamMember(
      id: texts[0], opportunity: texts[1], user: texts[2], names: (texts[3], texts[4]), phone: texts[5], email: texts[6]
    )
  }

  static let lineColumns = [
    "Id", "Opportunity__c", "Solution__r.Solution_Identifier__c", "Solution__r.Name", "Solution__r.Type__c",
    "Solution__r.Publisher_Name__c",
  ]

  static func line(_ texts: [String]) -> OpportunityJoins.SolutionLine {
    OpportunityJoins.SolutionLine(
      id: texts[0], opportunity: texts[1], identifier: texts[2], name: texts[3], type: texts[4], publisher: texts[5])
  }
}
